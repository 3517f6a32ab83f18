"""The one2many: records that point here, and what commands do to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.commands import Command, parse
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.x2many import X2many
from fauxdoo.mockserver.orm.new_id import NewId

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["One2many"]


class One2many(X2many):
    """The records whose `inverse_name` points here."""

    type = "one2many"

    def __init__(
        self,
        comodel_name: str | None = None,
        inverse_name: str | None = None,
        string: str | None = None,
        **attributes: Any,
    ) -> None:
        self.inverse_name = inverse_name or ""
        super().__init__(comodel_name, string, **attributes)
        if inverse_name:
            self._explicit["inverse_name"] = inverse_name

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        super().take_facts(facts)
        self.inverse_name = facts.get("inverse", "")

    def describe(self, env: Environment) -> dict[str, Any]:
        return {**super().describe(env), "relation_field": self.inverse_name}

    def _to_draft(self, record: Recordset) -> dict[str, Any]:
        inverse = self._inverse(record.env)
        if inverse is None or inverse.type != "many2one" or not any(isinstance(id, NewId) for id in record._ids):
            return {}
        return {self.inverse_name: record._ids[0]}

    def as_draft(self, ids: Iterable[Any], record: Recordset) -> tuple[Any, ...]:
        """Lines of a record in memory are in memory too."""
        parent = self._to_draft(record)
        if not parent:
            return super().as_draft(ids, record)
        comodel = self.comodel(record.env)
        present = self.bucket(record).get(record._ids[0], ())
        known = {entry.origin: entry for entry in present if isinstance(entry, NewId) and entry.origin}
        for id in ids:
            if not isinstance(id, NewId) and id not in known:
                known[id] = comodel.new(parent, origin=id)._ids[0]
        return tuple(dict.fromkeys(id if isinstance(id, NewId) else known[id] for id in ids))

    def _inverse(self, env: Environment) -> Field | None:
        return env.registry[self.comodel_name]._fields.get(self.inverse_name)

    def _lines_domain(self, env: Environment, model: str) -> list[Any]:
        """What all lines of records of a model have in common."""
        domain: list[Any] = [*self.domain] if isinstance(self.domain, list) else []
        inverse = self._inverse(env)
        if inverse is not None and inverse.type == "many2one_reference":
            domain.append((inverse.model_field or "res_model", "=", model))
        return domain

    def load(self, records: Recordset) -> None:
        bucket = records.env.bucket(self)
        found: dict[Any, list[int]] = {id: [] for id in records._ids}
        inverse = self._inverse(records.env)
        if inverse is not None and inverse.is_column:
            lines = self._lines(records.env)
            domain = self._lines_domain(records.env, records._name)
            for line, parent in lines._search_pairs(domain, self.inverse_name, records._ids):
                if parent in found:
                    found[parent].append(line)
        elif inverse is not None and inverse.inherited:
            lines, domain = self._lines(records.env), self._lines_domain(records.env, records._name)
            for id in records._ids:
                found[id] = lines.search([*domain, (self.inverse_name, "=", id)]).ids
        for id, lines_ids in found.items():
            bucket[id] = tuple(lines_ids)

    def write_commands(self, records: Recordset, value: Any, creating: bool = False) -> None:
        commands = parse(self, value)
        if not commands or (not self.store and not self.inverse_name):
            return
        _One2manyWriter(self, records, creating).run(commands)


class _One2manyWriter:
    """Commands on the lines of several parents: creations and links wait, so that a later clear spares them."""

    def __init__(self, field: One2many, records: Recordset, creating: bool) -> None:
        self.field, self.records = field, records
        context = {key: value for key, value in records.env.context.items() if not key.startswith("default_")}
        self.lines = records.with_context({**context, **field.context}).env[field.comodel_name]
        self.inverse = field.inverse_name
        self.may_remove = not creating
        self.new: list[dict[str, Any]] = []
        self.links: dict[int, list[int]] = defaultdict(list)

    def run(self, commands: list[tuple[Command, Any, Any]]) -> None:
        for command, id, payload in commands:
            if command is Command.CREATE:
                self.new += [{**payload, **self._to_parent(parent)} for parent in self.records._ids]
                self.may_remove = False
            elif command is Command.UPDATE:
                self.lines.browse(id).write(payload)
            elif command is Command.DELETE:
                self.lines.browse(id).unlink()
            elif command is Command.UNLINK:
                self._release(self.lines.browse(id))
            elif command is Command.LINK:
                self.links[self.records._ids[-1]].append(id)
                self.may_remove = False
            else:
                self._replace(payload if command is Command.SET else [])
        self._flush()

    def _to_parent(self, parent: int) -> dict[str, Any]:
        values: dict[str, Any] = {self.inverse: parent}
        inverse = self.field._inverse(self.records.env)
        if inverse is not None and inverse.type == "many2one_reference":
            values[inverse.model_field or "res_model"] = self.records._name
        return values

    def _replace(self, ids: Iterable[int]) -> None:
        ids = list(ids)
        if self.may_remove:
            own = (self.inverse, "in", list(self.records._ids))
            domain = self.field._lines_domain(self.records.env, self.records._name)
            self._release(self.lines.search([own, *domain, ("id", "not in", ids)]))
        if ids:
            self.links[self.records._ids[-1]] += ids

    def _release(self, lines: Recordset) -> None:
        if not lines:
            return
        inverse = self.field._inverse(self.records.env)
        if getattr(inverse, "ondelete", None) == "cascade":
            lines.unlink()
        else:
            lines.write({self.inverse: False})

    def _flush(self) -> None:
        if self.new:
            self.lines.create(self.new)
        for parent, ids in self.links.items():
            lines = self.lines.browse(list(dict.fromkeys(ids)))
            moved = lines.browse(line.id for line in lines if not self._hangs_on(line, parent))
            if moved:
                moved.write(self._to_parent(parent))

    def _hangs_on(self, line: Recordset, parent: int) -> bool:
        inverse = self.field._inverse(self.records.env)
        return inverse is not None and inverse.type == "many2one" and line[self.inverse].id == parent
