"""Stubs in the place of methods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import NotSimulated

MODEL, METHOD = "res.partner", "action_view_opportunity"


@pytest.fixture
def odoo() -> Iterator[FakeOdoo]:
    """A fake Odoo that no server listens for."""
    fake = FakeOdoo()
    yield fake
    fake.close()


def call(odoo: FakeOdoo, method: str = METHOD, *args: Any) -> Any:
    """A remote call on partner 1."""
    return odoo.dispatch.call_kw(Call("jsonrpc", odoo.db, 2, MODEL, method, [[1], *args]))


def test_a_method_that_is_not_simulated_says_how_to_stub_it(odoo: FakeOdoo) -> None:
    """The error names model, method and the call to make."""
    with pytest.raises(NotSimulated, match=r"not simulated.*res\.partner\.enrich_by_.*odoo\.stub\("):
        odoo.env[MODEL].browse(1).enrich_by_domain("x")


def test_a_stub_answers(odoo: FakeOdoo) -> None:
    """Remote calls and the test's own get the answer; the stub remembers them."""
    stub = odoo.stub(MODEL, METHOD, returns={"type": "ir.actions.act_window"})
    assert call(odoo) == {"type": "ir.actions.act_window"}
    assert odoo.env[MODEL].browse(1).action_view_opportunity() == {"type": "ir.actions.act_window"}
    assert [one.ids for one in stub.calls] == [[1], [1]]


def test_a_stub_can_be_a_function(odoo: FakeOdoo) -> None:
    """The function gets the records, in the caller's transaction."""
    odoo.stub(MODEL, METHOD, calls=lambda records: records.write({"city": "Ghent"}))
    call(odoo)
    assert odoo.env[MODEL].browse(1).city == "Ghent"


def test_a_stub_replaces_a_simulated_method_until_it_is_removed(odoo: FakeOdoo) -> None:
    """At the end of the block the method is the old one."""
    with odoo.stub(MODEL, "address_get", returns={"contact": 42}):
        assert call(odoo, "address_get") == {"contact": 42}
    assert call(odoo, "address_get") == {"contact": 1}


def test_a_reset_removes_stubs(odoo: FakeOdoo) -> None:
    """The next test finds the server as just started."""
    odoo.stub(MODEL, "address_get", returns={"contact": 42})
    odoo.reset()
    assert call(odoo, "address_get") == {"contact": 1}


@pytest.mark.parametrize(("model", "method"), [("no.such", "x"), (MODEL, "no_such_method")])
def test_what_does_not_exist_cannot_be_stubbed(odoo: FakeOdoo, model: str, method: str) -> None:
    """A stub of something a real Odoo lacks would be kinder than the real thing."""
    with pytest.raises(ValueError, match="unknown model|no method"):
        odoo.stub(model, method)


def test_arguments_still_have_to_fit(odoo: FakeOdoo) -> None:
    """A call that the real method would refuse is refused."""
    odoo.stub(MODEL, METHOD, returns=1)
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        call(odoo, METHOD, "too much")
