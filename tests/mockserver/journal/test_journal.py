"""The journal of calls: what is in it, and how much."""

from __future__ import annotations

import gc
from datetime import datetime
from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.journal import Caller, Entry, Journal


def test_a_call_is_noted(odoo: FakeOdoo) -> None:
    """With who called what, and what came of it."""
    result = odoo.dispatch.call_kw(Call("jsonrpc", "odoo", 2, "res.partner", "read", [[1]], {"fields": ["name"]}))
    (entry,) = odoo.journal
    assert (entry.protocol, entry.database, entry.user) == ("jsonrpc", "odoo", 2)
    assert (entry.model, entry.method, entry.args, entry.kwargs) == ("res.partner", "read", [[1]], {"fields": ["name"]})
    assert (entry.result, entry.error, entry.state) == (result, None, "done")
    assert entry.duration > 0


def test_a_failing_call_is_noted_too(odoo: FakeOdoo) -> None:
    """With its error, which keeps nothing of the call alive."""
    with pytest.raises(AccessError):
        odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "_search", [[]]))
    error = odoo.journal[-1].error
    assert isinstance(error, AccessError)
    assert (str(error), odoo.journal[-1].state) == (
        "Private methods (such as 'res.partner._search') cannot be called remotely.",
        "failed",
    )
    assert (error.__traceback__, error.__context__) == (None, None)


def test_calls_can_be_picked(odoo: FakeOdoo) -> None:
    """By model and method."""
    odoo.env["res.partner"].search([])
    odoo.env["res.country"].search([])
    assert [entry.model for entry in odoo.journal.calls()] == ["res.partner", "res.country"]
    assert len(odoo.journal.calls("res.partner", "search")) == 1
    assert odoo.journal.calls("res.partner", "read") == []


def test_calls_from_python(odoo: FakeOdoo) -> None:
    """Have their arguments as `execute_kw` takes them, and the line they come from."""
    odoo.env["res.partner"].browse(3).write({"name": "Ada"})
    odoo.env["res.partner"].search([("name", "=", "Ada")], limit=1)
    write, search = odoo.journal
    assert (write.args, search.args, search.kwargs) == (
        [[3], {"name": "Ada"}],
        [[], [("name", "=", "Ada")]],
        {"limit": 1},
    )
    assert write.caller is not None
    assert (Path(write.caller.path), write.caller.function) == (Path(__file__), "test_calls_from_python")


def _entry(result: Any = None, *args: Any) -> Entry:
    entry = Entry(Call("jsonrpc", "odoo", 2, "res.partner", "read", [*args]))
    entry.result, entry.at = result, datetime(2026, 1, 1)
    return entry


def test_bounded_in_number() -> None:
    """The oldest calls go, and are counted."""
    journal = Journal(calls=10)
    for number in range(15):
        journal.add(_entry(number))
    assert ([entry.result for entry in journal], journal.dropped) == ([*range(5, 15)], 5)


def test_bounded_in_bytes() -> None:
    """So that a hundred large calls do not fill the memory."""
    journal = Journal(bytes=100_000)
    for _ in range(100):
        journal.add(_entry("x" * 10_000))
    assert 5 < len(journal) < 10
    journal.clear()
    journal.add(_entry("y"))
    assert (len(journal), journal.dropped) == (1, 0)


@pytest.mark.parametrize(
    "huge", ["x" * 5000, [{"name": f"{n:0400}"} for n in range(100)], [b"x" * 5000], {"a": {"b": ["x" * 5000]}}]
)
def test_huge_values_are_cut(huge: Any) -> None:
    """In arguments and results; what is kept says how long it was."""
    journal = Journal(largest=3000)
    journal.add(_entry(huge))
    journal.add(_entry(None, huge))
    for entry, kept in zip(journal, (journal[0].result, journal[1].args), strict=True):
        assert entry.size < 30_000
        assert "in all)" in repr(kept)


def test_moderate_values_are_kept_as_they_are() -> None:
    """The journal holds references, and of long lists their values, pairs as pairs."""
    few, many = [{"id": number} for number in range(8)], [{"id": number, "of": (1, "é")} for number in range(500)]
    journal = Journal()
    for result in (few, many):
        journal.add(_entry(result))
    assert journal[0].result is few
    assert journal[1].result == many
    assert journal[1].size < 30_000


def test_any_depth() -> None:
    """Values nested too deeply for recursion are noted all the same."""
    deep: Any = b"x" * 5000
    for _ in range(3000):
        deep = [deep]
    journal = Journal(largest=3000)
    journal.add(_entry(deep))
    assert repr(journal[0].result).strip("[]") == "'…'"


def test_a_failed_call_frees_its_frames() -> None:
    """What was in them goes."""

    class Held:
        pass

    def fail(held: Held) -> None:
        raise ValueError("no")

    journal, held = Journal(), Held()
    gone, entry = ref(held), _entry()
    try:
        fail(held)
    except ValueError as error:
        entry.error = error
        journal.add(entry)
    del held
    gc.collect()
    assert gone() is None
    assert str(journal[0].error) == "no"


def test_a_witness_says_where_calls_come_from() -> None:
    """If one is set."""
    journal = Journal()

    def witness(entry: Entry) -> None:
        entry.caller = Caller(f"{entry.model}.py", 7, "sync")

    journal.witnesses.append(witness)
    journal.add(_entry())
    assert str(journal[0].caller) == "res.partner.py:7"
