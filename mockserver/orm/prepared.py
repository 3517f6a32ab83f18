"""Reads that come again: what was found out the first time, rights and rules among it, is not looked for once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.orm.loading import json_ids
from fauxdoo.mockserver.orm.reading import Reading, Rows, form_of
from fauxdoo.mockserver.orm.reads import Reads, Row
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores.base import Cursor
from fauxdoo.mockserver.trace import Trace

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["PreparedRead", "Question"]

_INERT = frozenset(("lang", "tz", "uid"))
"""Keys of a context that no column depends on, as long as the language is the source's."""
_INTEGERS, _TEXTS = {int}, {str}
_SOURCE = (None, False, "", "en_US")


@dataclass(frozen=True, slots=True)
class PreparedRead:
    """How plain columns of records are read by a user, as long as rights, rules and models stay."""

    model: type[Any]
    """The class of the registry that it was made for."""
    text: str
    """The statement; the ids are its first parameter."""
    params: tuple[Any, ...]
    """Those that follow."""
    row: Callable[..., dict[str, Any]]

    def holds(self, registry: Registry) -> bool:
        """Whether the model is still read so."""
        model = self.model
        return not registry.custom.stale and registry[model._name] is model and model.read is Reading.read

    def has_tables(self, registry: Registry, tables: Set[str]) -> bool:
        """Whether all that is read from is among these tables, which are those of a transaction."""
        return registry.complete_in.get(self.model._name) is tables

    def run(self, cursor: Cursor, ids: list[int]) -> dict[int, Row]:
        """The rows of those records that are found, by their ids."""
        rows = cursor.execute(SQL.raw(self.text, (json_ids(ids), *self.params)))
        return {row[0]: row for row in rows}

    def answer(self, rows: Mapping[int, Row], ids: list[int], trace: Trace) -> Rows | None:
        """What `read` answers; None where a record is not among the rows, for then it has to be said why."""
        try:
            answer = Rows([self.row(*rows[id]) for id in ids])
        except KeyError:
            return None
        trace.touch("read", self.model._name, ids)
        return answer


class Question:
    """A call of `read` that gives ids and fields, and in its context nothing that columns depend on."""

    __slots__ = ("ids", "key")

    def __init__(self, call: Call, ids: list[int], fields: list[str]) -> None:
        self.ids = ids
        self.key: tuple[Any, ...] = (call.uid, call.model, *fields)

    @staticmethod
    def of(call: Call) -> Question | None:
        """The question of a call, None for any other."""
        args, kwargs = call.args, call.kwargs
        if call.method != "read" or type(call.model) is not str or type(args) is not list:
            return None
        ids, rest = (args[0], args[1:]) if call.ids is None and args else (call.ids, args)
        fields = rest[0] if rest else kwargs.get("fields")
        if type(ids) is not list or type(fields) is not list or len(rest) + len(kwargs) - ("context" in kwargs) != 1:
            return None
        if {*map(type, ids)} != _INTEGERS or {*map(type, fields)} != _TEXTS or not _is_inert(kwargs.get("context")):
            return None
        return Question(call, ids, fields)

    def prepare(self, env: Environment, reads: Reads) -> None:
        """Keep among `reads` how it was done, now that it was, where it is the same for any records at any time."""
        _uid, name, *asked = self.key
        records = env[name]
        model = type(records)
        fields = tuple([records._fields[name] for name in dict.fromkeys(asked)])
        form, rules = form_of(fields), env.access.rule_domain(records, "read")
        statement = env.registry.fetches.find((model._name, form.held), rules)
        if statement is None or not (form.held and form.is_plain) or any(field.groups for field in fields):
            return
        known = PreparedRead(model, statement.text, statement.params[1:], form.row)
        tables = env.transaction.store.tables
        if model._keeps_from_user() or not (known.holds(env.registry) and known.has_tables(env.registry, tables)):
            return
        reads.keep(self.key, known)


def _is_inert(context: Any) -> bool:
    """Whether a context says no more than who asks, and for texts as their source has them."""
    if not context:
        return True
    return type(context) is dict and context.keys() <= _INERT and context.get("lang") in _SOURCE
