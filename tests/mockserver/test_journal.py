"""The journal of calls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import AccessError


@pytest.fixture(scope="module")
def _shared() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo()
    yield odoo
    odoo.close()


@pytest.fixture
def odoo(_shared: FakeOdoo) -> FakeOdoo:
    """A server as just started."""
    _shared.reset()
    return _shared


def test_a_call_is_noted(odoo: FakeOdoo) -> None:
    """With who called what, and what came of it."""
    result = odoo.dispatch.call_kw(Call("jsonrpc", "odoo", 2, "res.partner", "read", [[1]], {"fields": ["name"]}))
    (entry,) = odoo.journal
    assert (entry.protocol, entry.database, entry.user) == ("jsonrpc", "odoo", 2)
    assert (entry.model, entry.method, entry.args, entry.kwargs) == ("res.partner", "read", [[1]], {"fields": ["name"]})
    assert (entry.result, entry.error) == (result, None)
    assert entry.duration > 0


def test_a_failing_call_is_noted_too(odoo: FakeOdoo) -> None:
    """With its error."""
    with pytest.raises(AccessError):
        odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "_search", [[]]))
    assert isinstance(odoo.journal[-1].error, AccessError)


def test_calls_can_be_picked(odoo: FakeOdoo) -> None:
    """By model and method."""
    odoo.env["res.partner"].search([])
    odoo.env["res.country"].search([])
    assert [entry.model for entry in odoo.journal.calls()] == ["res.partner", "res.country"]
    assert len(odoo.journal.calls("res.partner", "search")) == 1
    assert odoo.journal.calls("res.partner", "read") == []


def test_the_journal_is_bounded(odoo: FakeOdoo) -> None:
    """The oldest calls go."""
    for _ in range(1005):
        odoo.journal.add(odoo.journal[0] if len(odoo.journal) else _entry(odoo))
    assert len(odoo.journal) == 1000


def _entry(odoo: FakeOdoo) -> object:
    odoo.env["res.partner"].search([], limit=1)
    return odoo.journal[-1]
