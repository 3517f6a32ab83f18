"""Exporting: records as rows of cells, in the form `load` takes them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError

__all__ = ["Base"]

_NAMES = ("display_name", "name")


@dataclass(slots=True)
class _Column:
    """A field to export: the cells it fills itself, and the fields of its records."""

    cells: list[int] = field(default_factory=list)
    below: dict[str, _Column] = field(default_factory=dict)


class Base(models.BaseModel):
    """`export_data` of all models."""

    _name = "base"

    def export_data(self, fields_to_export: list[str]) -> dict[str, list[list[Any]]]:
        """`datas`: a row per record, more for the lines of one2many fields; paths such as `country_id/code`.

        `id` is the xmlid, made where there is none, `.id` the id as text; selections show labels, many2many fields
        the names of all records in one cell. Raises ValueError for an unknown field, MissingError for a missing
        record, UserError for a user who may not export.
        """
        if not (self.env.su or self.env.access.in_group(self.env, self.env.uid, "base.group_allow_export")):
            raise UserError("You don't have the rights to export data. Please contact an Administrator.")
        columns = _columns(fields_to_export)
        self.check_access("read")
        self._check_columns(columns)
        rows = [row for record in self for row in record._export_rows(columns)]
        width = len(fields_to_export)
        return {"datas": [[row.get(cell, "") for cell in range(width)] for row in rows]}

    def _check_columns(self, columns: dict[str, _Column]) -> None:
        for name, column in columns.items():
            if name in ("id", ".id"):
                continue
            if name not in self._fields:
                raise ValueError(f"Invalid field {name!r} on {self._name!r}")
            self.check_field_access_rights("read", [name])
            if column.below and self._fields[name].is_relational:
                self.env[self._fields[name].comodel_name]._check_columns(column.below)

    def _export_rows(self, columns: dict[str, _Column]) -> list[dict[int, Any]]:
        """The rows of one record, cells by number."""
        first: dict[int, Any] = {}
        rows = [first]
        for name, column in columns.items():
            if name in ("id", ".id"):
                value = str(self.id) if name == ".id" else self._export_xmlid()
                first.update(dict.fromkeys(column.cells, value))
            elif not self._fields[name].is_relational:
                first.update(dict.fromkeys(column.cells, self._export_cell(name)))
            elif self._fields[name].type == "many2many":
                first.update(self[name]._export_joined(column))
            else:
                lines = [row for record in self[name] for row in record._export_line(column)]
                first.update(lines[0] if lines else {})
                rows += lines[1:]
        return rows

    def _export_line(self, column: _Column) -> list[dict[int, Any]]:
        if column.below:
            self.check_access("read")
        rows = self._export_rows(column.below)
        rows[0].update(dict.fromkeys(column.cells, self.display_name))
        return rows

    def _export_joined(self, column: _Column) -> dict[int, str]:
        """All records of a many2many in the first of its cells: xmlids if those are asked for, else names."""
        if column.below:
            self.check_access("read")
        if "id" in column.below:
            xmlids = ",".join(record._export_xmlid() for record in self)
            return dict.fromkeys(column.below["id"].cells, xmlids)
        wanted = next((name for name in _NAMES if name in column.below), None)
        cells = column.cells or [cell for each in column.below.values() for cell in each.cells]
        cell = column.below[wanted].cells[0] if wanted else cells[0]
        return {cell: ",".join(record[wanted or "display_name"] or "" for record in self)}

    def _export_cell(self, name: str) -> Any:
        kind, value = self._fields[name].type, self[name]
        if kind == "selection" and value:
            return dict(self._fields[name].describe(self.env)["selection"]).get(value, value)
        if kind in ("boolean", "integer", "float", "monetary"):
            return value
        if kind == "datetime" and value:
            return value.strftime("%Y-%m-%d %H:%M:%S")
        return (value if isinstance(value, str) else str(value)) if value else ""

    def _export_xmlid(self) -> str:
        """The record's xmlid, `__export__.…` made for one that has none."""
        known = self.get_external_id()[self.id]
        if known:
            return str(known)
        token = md5(f"{self._name},{self.id}".encode(), usedforsecurity=False).hexdigest()[:8]
        name = f"{self._table}_{self.id}_{token}"
        values = {"module": "__export__", "name": name, "model": self._name, "res_id": self.id}
        self.env["ir.model.data"].sudo().create([values])
        return f"__export__.{name}"


def _columns(paths: Iterable[str]) -> dict[str, _Column]:
    """The fields to export as a tree."""
    tree: dict[str, _Column] = {}
    for cell, path in enumerate(paths):
        *above, last = path.split("/")
        level = tree
        for name in above:
            level = level.setdefault(name, _Column()).below
        level.setdefault(last, _Column()).cells.append(cell)
    return tree
