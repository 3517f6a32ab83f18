"""Importing: rows of texts become records, or messages that say which cell is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.base.import_values import CellError, value_of

__all__ = ["Base"]

_PREFIX = "The operation cannot be completed: "
_MISSING = re.compile(r"Missing required value for the field '.*' \((\w+)\)")
_OWN_IDS = ("id", ".id")


@dataclass(slots=True)
class _Record:
    """A record to save: the rows it stands in, its ids as given, and its values."""

    first: int
    last: int
    xmlid: str = ""
    dbid: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    lines: list[tuple[str, list[_Record]]] = field(default_factory=list)


class Base(models.BaseModel):
    """`load` of all models."""

    _name = "base"

    @api.model
    def load(self, fields: list[str], data: list[list[Any]]) -> dict[str, Any]:
        """Create or update a record per row, or per group of rows with lines of a one2many field.

        Answers `ids` (False if anything is wrong: then nothing is saved), `messages`, and `nextrow` where the context
        limits the rows (`_import_limit`). Raises ValueError for an unknown column.
        """
        paths = [path.split("/") for path in fields]
        self._check_paths(paths)
        groups = list(_groups(self, paths, data))
        limit = self.env.context.get("_import_limit")
        nextrow = groups[int(limit)][0] if limit and len(groups) > int(limit) else 0
        messages: list[dict[str, Any]] = []
        records = []
        for number, (first, rows) in enumerate(groups[: int(limit)] if limit else groups):
            known = {"rows": {"from": first, "to": first + len(rows) - 1}, "type": "error", "record": number}
            records.append(self._converted(paths, first, rows, known, messages))
        ids = [] if messages else self._saved(records, messages)
        return {"ids": False if messages else ids, "messages": messages, "nextrow": 0 if messages else nextrow}

    def _check_paths(self, paths: list[list[str]]) -> None:
        for path in paths:
            name, model = path[0], self
            for position, name in enumerate(path):
                if name not in _OWN_IDS and name not in model._fields:
                    raise ValueError(f"Invalid field name {name!r}")
                if position + 1 < len(path) and name not in _OWN_IDS:
                    model = self.env[model._fields[name].comodel_name]

    # ---------------------------------------------------------------- from texts to values

    def _converted(
        self, paths: list[list[str]], first: int, rows: list[list[Any]], known: dict[str, Any], messages: list[Any]
    ) -> _Record:
        """One record of its rows; what is wrong is added to `messages`."""
        record = _Record(first, first + len(rows) - 1)
        done: set[str] = set()
        for position, path in enumerate(paths):
            name, cell = path[0], _cell(rows[0], position)
            if name == "id":
                record.xmlid = str(cell or "").strip()
            elif name == ".id":
                record.dbid = self._checked_id(cell, known, messages)
            elif self._fields[name].type == "one2many" and len(path) > 1:
                if name not in done:
                    done.add(name)
                    record.lines.append((name, self._converted_lines(name, paths, first, rows, known, messages)))
            else:
                try:
                    record.values[name] = value_of(self, name, path[1:], cell)
                except CellError as error:
                    messages.append({**known, "field": name, "message": str(error), **error.details})
        return record

    def _checked_id(self, cell: Any, known: dict[str, Any], messages: list[Any]) -> int | None:
        if not cell:
            return None
        if str(cell).isdigit() and self.browse(int(cell)).exists():
            return int(cell)
        messages.append({**known, "field": ".id", "message": f"Unknown database identifier '{cell}'"})
        return None

    def _converted_lines(
        self, name: str, paths: list[list[str]], first: int, rows: list[list[Any]], known: Any, messages: list[Any]
    ) -> list[_Record]:
        comodel = self.env[self._fields[name].comodel_name]
        places = [position for position, path in enumerate(paths) if path[0] == name and len(path) > 1]
        below = [paths[position][1:] for position in places]
        cut = [[_cell(row, position) for position in places] for row in rows]
        found = []
        for start, group in _groups(comodel, below, cut):
            if any(cell not in ("", None, False) for row in group for cell in row):
                found.append(comodel._converted(below, first + start, group, known, messages))
        return found

    # ---------------------------------------------------------------- saving

    def _saved(self, records: list[_Record], messages: list[dict[str, Any]]) -> list[int]:
        """Save all at once, or one by one to find what is wrong; nothing stays where something is."""
        cr = self.env.cr
        try:
            with cr.savepoint():
                return self._save(records)
        except Exception:
            self._forget_cached()
        try:
            with cr.savepoint():
                self._save_each(records, messages)
                raise _Undo
        except _Undo:
            self._forget_cached()
        return []

    def _forget_cached(self) -> None:
        transaction = self.env.transaction
        transaction.pending.clear()
        transaction.dirty.clear()
        transaction.invalidate()

    def _save_each(self, records: list[_Record], messages: list[dict[str, Any]]) -> None:
        for number, record in enumerate(records):
            known = {"rows": {"from": record.first, "to": record.last}, "type": "error", "record": number}
            try:
                with self.env.cr.savepoint():
                    self._save([record])
            except Exception as error:
                self._forget_cached()
                messages.append({**known, **self._explained(error)})

    def _explained(self, error: Exception) -> dict[str, Any]:
        """The message of an error, with the field it speaks of."""
        if not isinstance(error, UserError):
            return {"message": f"Unknown error during import: {type(error)}: {error}"}
        message = str(error).removeprefix(_PREFIX)
        missing = _MISSING.match(message)
        if missing:
            return {"message": message, "field": missing[1]}
        for constraint in self._sql_constraints:
            if len(constraint.columns) == 1 and self._sql_messages.get(constraint.name) == message:
                return {"message": message, "field": constraint.columns[0]}
        return {"message": message}

    def _save(self, records: list[_Record]) -> list[int]:
        """Write the records that exist, create the others in one go; answers all ids in order."""
        ids = [record.dbid or self._known_id(record.xmlid) for record in records]
        for record, id in zip(records, ids, strict=True):
            if id:
                self.browse(id)._save_over(record)
        fresh = [record for record, id in zip(records, ids, strict=True) if not id]
        made = self.create([{**record.values, **self._line_commands(record)} for record in fresh])
        for record, one in zip(fresh, made, strict=True):
            one._name_record(record.xmlid)
            one._name_lines(record, {})
        self.env.flush()
        rest = iter(made.ids)
        return [id or next(rest) for id in ids]

    def _save_over(self, record: _Record) -> None:
        before = {name: set(self[name].ids) for name, _lines in record.lines}
        self.write({**record.values, **self._line_commands(record)})
        self._name_record(record.xmlid)
        self._name_lines(record, before)

    def _known_id(self, xmlid: str) -> int | None:
        if not xmlid:
            return None
        found = self.env.ref(_full(xmlid), raise_if_not_found=False)
        return found.id if found is not None and found._name == self._name and found.exists() else None

    def _line_commands(self, record: _Record) -> dict[str, list[Any]]:
        commands: dict[str, list[Any]] = {}
        for name, lines in record.lines:
            comodel = self.env[self._fields[name].comodel_name]
            commands[name] = []
            for line in lines:
                id = line.dbid or comodel._known_id(line.xmlid)
                values = {**line.values, **comodel._line_commands(line)}
                commands[name] += [(4, id, 0), (1, id, values)] if id else [(0, 0, values)]
        return commands

    def _name_record(self, xmlid: str) -> None:
        """Keep the xmlid a row gave its record."""
        if xmlid and self._known_id(xmlid) is None:
            module, _, name = _full(xmlid).partition(".")
            values = {"module": module, "name": name, "model": self._name, "res_id": self.id}
            self.env["ir.model.data"].sudo().create([values])

    def _name_lines(self, record: _Record, before: Mapping[str, set[int]]) -> None:
        """New lines have ids in the order of their rows."""
        for name, lines in record.lines:
            new = sorted(id for id in self[name].ids if id not in before.get(name, ()))
            comodel = self.env[self._fields[name].comodel_name]
            unnamed = [line for line in lines if not (line.dbid or comodel._known_id(line.xmlid))]
            for line, id in zip(unnamed, new, strict=False):
                comodel.browse(id)._name_record(line.xmlid)


class _Undo(Exception):
    """Takes back what was saved to find errors."""


def _full(xmlid: str) -> str:
    """With the module that clients who name none import into."""
    return xmlid if "." in xmlid else f"__import__.{xmlid}"


def _cell(row: list[Any], position: int) -> Any:
    return row[position] if position < len(row) else ""


def _groups(model: Any, paths: list[list[str]], data: list[list[Any]]) -> Iterator[tuple[int, list[list[Any]]]]:
    """(number of its first row, rows) of each record: a row with nothing but lines belongs to the one before."""
    own = [
        position
        for position, path in enumerate(paths)
        if len(path) == 1 or path[0] in _OWN_IDS or model._fields[path[0]].type != "one2many"
    ]
    has_lines = len(own) < len(paths)
    start = 0
    rows: list[list[Any]] = []
    for number, row in enumerate(data):
        starts = not has_lines or any(_cell(row, position) not in ("", None, False) for position in own)
        if rows and starts:
            yield start, rows
            start, rows = number, []
        rows.append(row)
    if rows:
        yield start, rows
