"""A state machine of an Odoo, for Hypothesis: records are made, changed, found and deleted; a model keeps watch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from fauxdoo.harness.strategies import Values, records

__all__ = ["OdooMachine"]


class OdooMachine(RuleBasedStateMachine):
    """What an integration may do to the records of one model, in any order; subclass it.

    A subclass names the `model` and the `fields` that are written, answers a server from `connect`, and adds rules and
    invariants of its own: `TestShop = MyMachine.TestCase` is what pytest runs. `known` has what every record should
    hold by its id; `kept` says how a value comes back that is written.
    """

    model: ClassVar[str] = "res.partner"
    fields: ClassVar[tuple[str, ...]] = ("name", "ref")
    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[int, Values] = {}

    def connect(self) -> Any:
        """The server to work on: anything with `env`, a FakeOdoo or what the fixture `odoo` gives."""
        raise NotImplementedError

    def kept(self, field: Mapping[str, Any], value: Any) -> Any:
        """What is read of a value that was written: the same, unless a subclass knows better."""
        return value

    @initialize()
    def start(self) -> None:
        """A server, and what it says of the fields."""
        self.odoo = self.connect()
        self.records = self.odoo.env[self.model]
        self.described = self.records.fields_get([*self.fields])
        self.strategy = records(self.described, *self.fields)

    @rule(target=ids, data=st.data())
    def create(self, data: st.DataObject) -> int:
        """Make a record."""
        vals = data.draw(self.strategy)
        made = self.records.create(vals)
        self.known[made.id] = {name: self._expected(name, vals[name]) for name in vals}
        return int(made.id)

    @rule(id=ids, data=st.data())
    def write(self, id: int, data: st.DataObject) -> None:
        """Change a record."""
        vals = data.draw(self.strategy)
        self.records.browse(id).write(vals)
        self.known[id] |= {name: self._expected(name, vals[name]) for name in vals}

    @rule(id=consumes(ids))
    def unlink(self, id: int) -> None:
        """Delete a record."""
        self.records.browse(id).unlink()
        del self.known[id]

    @rule(id=ids, data=st.data())
    def find(self, id: int, data: st.DataObject) -> None:
        """A search for what one record holds finds it, and nothing that holds anything else.

        What is empty is found by any other way to be empty: `=` with False finds an empty text, as on a real Odoo.
        """
        name = data.draw(st.sampled_from(sorted(self.known[id]) or ["id"]))
        wanted = self.known[id].get(name, id)
        found = self.records.search([(name, "=", wanted), ("id", "in", [*self.known])]).ids
        assert id in found
        held = [self.known[each].get(name, each) for each in found if name in self.known[each]]
        assert all(value == wanted or not (value or wanted) for value in held)

    @invariant()
    def holds_what_was_written(self) -> None:
        """Every record is there with its values."""
        for row in self.records.browse([*self.known]).read([*self.fields]) if self.known else ():
            known = self.known[row["id"]]
            assert {name: row[name] for name in known} == known

    def _expected(self, name: str, value: Any) -> Any:
        return self.kept(self.described[name], value)
