"""What tests say about calls, and what they are told where it is not so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call


@pytest.fixture
def ada(odoo: FakeOdoo) -> int:
    """Three calls of a client over three protocols: Ada is made, renamed, and something goes wrong."""
    do = odoo.dispatch.call_kw
    values = {"name": "Ada", "email": "ada@example.com"}
    partner: int = do(Call("xmlrpc", "odoo", 2, "res.partner", "create", [values]))
    do(Call("json2", "odoo", 2, "res.partner", "write", [], {"vals": {"name": "Augusta"}}, [partner]))
    with suppress(ValueError):
        do(Call("jsonrpc", "odoo", 2, "res.partner", "search", [[["nope", "=", 1]]], {"limit": 1}))
    return partner


def _told(assertion: Callable[..., None], *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(AssertionError) as raised:
        assertion(*args, **kwargs)
    return str(raised.value).splitlines()


def test_called_once(odoo: FakeOdoo, ada: int) -> None:
    """Arguments are given as over `execute_kw` or by name, whatever protocol the call came over."""
    odoo.calls.of("res.partner", "create").assert_called_once({"name": "Ada"})
    odoo.calls.of("res.partner", "create").assert_called_once(vals_list=[{"email": "ada@example.com"}])
    odoo.calls.of("res.partner", "write").assert_called_once([ada], {"name": "Augusta"})
    odoo.calls.of("res.partner", "write").assert_called_once(ids=ada, vals={"name": "Augusta"})
    odoo.calls.of("res.partner", "search").assert_called_once(domain=[["nope", "=", 1]], limit=1)


def test_called_with_something_else(odoo: FakeOdoo, ada: int) -> None:
    """The nearest call is shown, with the difference."""
    assert _told(odoo.calls.of("res.partner", "create").assert_called_once, {"name": "Eve", "phone": "1"}) == [
        "res.partner.create(vals_list={'name': 'Eve', 'phone': '1'}) was to be called once and was not.",
        "The nearest of 1 call:",
        "  xmlrpc res.partner.create(vals_list={'name': 'Ada', 'email': 'ada@example.com'}) answered " + str(ada),
        "      vals_list.name: wanted 'Eve', got 'Ada'",
        "      vals_list.phone: wanted '1', absent",
    ]


def test_the_nearest_come_first(odoo: FakeOdoo) -> None:
    """The call that differs least leads, further ones are left out."""
    for name, city in [("Ada", "Rome"), ("Eve", "Turin"), ("Ada", "Turin"), ("Bob", "Oslo"), ("Bob", "Oslo")]:
        odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "create", [{"name": name, "city": city}]))
    wanted = {"name": "Ada", "city": "Turin", "zip": "1"}
    told = _told(odoo.calls.of("res.partner", "create").assert_called, wanted)
    assert told[1] == "The nearest of 5 calls:"
    assert [line.partition("(")[2].partition(")")[0] for line in told if "xmlrpc" in line] == [
        "vals_list={'name': 'Ada', 'city': 'Turin'}",
        "vals_list={'name': 'Ada', 'city': 'Rome'}",
        "vals_list={'name': 'Eve', 'city': 'Turin'}",
    ]


def test_not_called_at_all(odoo: FakeOdoo, ada: int) -> None:
    """Calls with a like name are shown, or that there was none."""
    told = _told(odoo.calls.of("res.partners", "create").assert_called_once)
    assert told[0] == "res.partners.create() was to be called once and was not. Calls like it:"
    assert told[1].startswith("  xmlrpc res.partner.create(")
    odoo.journal.clear()
    assert _told(odoo.calls.of("res.partner").assert_called) == [
        "res.partner.*() was to be called and was not; nothing was called at all."
    ]


def test_called_too_often(odoo: FakeOdoo, ada: int) -> None:
    """Each of the calls is shown."""
    odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "create", [{"name": "Ada"}]))
    create = odoo.calls.of("res.partner", "create")
    create.assert_called_times(2, {"name": "Ada"})
    create.assert_called_once({"name": "Ada", "email": "ada@example.com"})
    told = _told(create.assert_called_once)
    assert (told[0], len(told)) == ("res.partner.create() was to be called once and was called 2 times:", 3)


def test_not_called(odoo: FakeOdoo, ada: int) -> None:
    """Says what was called all the same."""
    odoo.calls.of("res.partner", "unlink").assert_not_called()
    odoo.calls.of("res.partner", "write").assert_not_called(vals={"name": "Eve"})
    told = _told(odoo.calls.of("res.partner", "write").assert_not_called)
    assert told[0] == "res.partner.write() was not to be called and was called once:"


def test_no_errors(odoo: FakeOdoo, ada: int) -> None:
    """Shows each call that failed, with its error."""
    odoo.calls.of(method="create").assert_no_errors()
    head, line = _told(odoo.calls.assert_no_errors)
    assert head == "1 of 3 calls failed:"
    assert "res.partner.search(domain=[['nope', '=', 1]], limit=1) raised ValueError: Invalid field" in line


def test_sequences(odoo: FakeOdoo, ada: int) -> None:
    """In this order, with others between them or without."""
    odoo.calls.assert_sequence("res.partner.create", "res.partner.search")
    odoo.calls.assert_sequence("res.partner.write", "res.partner.search", gaps=False)
    told = _told(odoo.calls.assert_sequence, "res.partner.create", "res.partner.search", gaps=False)
    assert told[0] == "Step 2 of 2, res.partner.search, did not come: it was called, but not then."
    assert [line[:5] for line in told[2:]] == ["   1 ", "   - ", "   - "]
    told = _told(odoo.calls.assert_sequence, "res.partner.write", "res.partner.unlink")
    assert told[0] == "Step 2 of 2, res.partner.unlink, did not come: it was not called."
    with pytest.raises(ValueError, match=r"write 'sale.order.create'"):
        odoo.calls.assert_sequence("create")


def test_what_the_test_did_itself_does_not_count(odoo: FakeOdoo) -> None:
    """Records made by `odoo.env` are preparation; they stand in the journal."""
    odoo.env["res.partner"].create({"name": "Ada"})
    assert (len(odoo.calls), len(odoo.journal)) == (0, 1)


def test_picking(odoo: FakeOdoo, ada: int) -> None:
    """By model, method, or anything else; a pick is a sequence of calls."""
    assert [call.method for call in odoo.calls] == ["create", "write", "search"]
    assert [call.method for call in odoo.calls.where(lambda call: call.protocol == "json2")] == ["write"]
    assert odoo.calls.of("res.partner")[-1].state == "failed"
    assert repr(odoo.calls.of("res.partner", "write")) == "<1 calls of res.partner.write>"
    (write,) = odoo.calls.of(method="write")
    assert odoo.calls.arguments(write) == {"ids": [ada], "vals": {"name": "Augusta"}}


def test_undone_calls_say_so(odoo: FakeOdoo) -> None:
    """So that nobody looks for their records."""

    def fail(_env: object) -> None:
        odoo.dispatch.call_kw(Call("rest", "odoo", 2, "res.partner", "create", [{"name": "Ada"}]))
        raise ZeroDivisionError

    with suppress(ZeroDivisionError):
        odoo.dispatch.together(Call("rest", "odoo", 2, "res.partner", "create"), fail)
    assert _told(odoo.calls.of("res.partner", "create").assert_not_called)[1].endswith(", undone by a rollback")


def test_secrets_stay_out_of_messages(odoo: FakeOdoo) -> None:
    """A failing test's output ends up in logs."""
    user = {"name": "Una", "login": "una", "password": "hunter2"}
    odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.users", "create", [user]))
    assert "hunter2" not in "".join(_told(odoo.calls.of("res.users", "create").assert_not_called))
