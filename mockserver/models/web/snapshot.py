"""The values of a form at a moment, to be compared with those of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver.orm.commands import Command
from fauxdoo.mockserver.orm.new_id import NewId

__all__ = ["Snapshot"]


class Snapshot:
    """The fields of a specification as a record in memory has them now; lines are snapshots themselves."""

    def __init__(self, record: Any, specification: Mapping[str, Any]) -> None:
        self.record = record
        self.specification = {name: spec for name, spec in specification.items() if name in record._fields}
        self.values: dict[str, Any] = {}
        for name in self.specification:
            if name != "id":
                self.fetch(name)

    def fetch(self, name: str) -> None:
        """Note the present value of a field. Raises KeyError for lines that the specification leaves out, as Odoo."""
        field = self.record._fields[name]
        if field.is_x2many:
            fields = self.specification[name].get("fields") or {}
            self.values[name] = {line._ids[0]: Snapshot(line, fields) for line in self.record[name]}
        else:
            self.values[name] = field.cached(self.record)

    def has_changed(self, name: str) -> bool:
        """Whether the field of the record has another value by now."""
        if name not in self.values:
            return True
        field = self.record._fields[name]
        if not field.is_x2many:
            return bool(self.values[name] != field.cached(self.record))
        lines = self.values[name]
        present = self.record[name]
        if list(lines) != list(present._ids):
            return True
        return any(snapshot.has_changed(each) for snapshot in lines.values() for each in snapshot.values)

    def difference(self, other: Snapshot, everything: bool = False) -> dict[str, Any]:
        """What a form has to show anew, given that it shows `other`; or all of it."""
        result: dict[str, Any] = {}
        for name, value in self.values.items():
            field = self.record._fields[name]
            if field.is_x2many:
                known = {} if everything else other.values.get(name) or {}
                commands = self._commands(name, value, known)
                if commands or everything:
                    result[name] = commands
            elif everything or other.values.get(name) != value:
                result[name] = self._formatted(name, value)
        return result

    def _formatted(self, name: str, value: Any) -> Any:
        field = self.record._fields[name]
        if field.type != "many2one":
            return field.to_read(value, self.record)
        id = value.origin if isinstance(value, NewId) else value
        if not id:
            return False
        specification = self.specification[name]
        if "fields" not in specification:
            return id
        comodel = self.record.env[field.comodel_name].with_context(**(specification.get("context") or {}))
        return comodel.browse(id).sudo().web_read(specification["fields"])[0]

    def _commands(self, name: str, lines: dict[Any, Snapshot], known: dict[Any, Snapshot]) -> list[Any]:
        """The commands that turn the lines a form shows into the present ones."""
        field = self.record._fields[name]
        gone = Command.DELETE if field.type == "one2many" else Command.UNLINK
        commands: list[Any] = [(gone, _shown(id), 0) for id in known if id not in lines]
        for id, line in lines.items():
            if id in known:
                changes = line.difference(known[id])
                if changes:
                    commands.append((Command.UPDATE, _shown(id), changes))
            elif isinstance(id, NewId) and id.origin is None:
                commands.append((Command.CREATE, _shown(id), line.difference(line, everything=True)))
            else:
                commands.append(self._link(name, line, getattr(id, "origin", id)))
        return commands

    def _link(self, name: str, line: Snapshot, id: int) -> Any:
        fields = self.specification[name].get("fields") or {}
        shown = line.record.browse(id).web_read(fields)[0] if fields else {"id": id}
        return (Command.LINK, id, shown)


def _shown(id: Any) -> Any:
    """What a client calls a line."""
    return (id.origin or id.ref or 0) if isinstance(id, NewId) else id
