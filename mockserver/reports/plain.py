"""The page of a model that has no layout of its own: its name and what is filled in."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.reports.base import Layout, footer, sender
from fauxdoo.mockserver.reports.document import Column, Document

__all__ = ["Plain"]

_TYPES = ("char", "text", "selection", "date", "datetime", "integer", "float", "monetary", "many2one")
_TECHNICAL = ("id", "create_uid", "create_date", "write_uid", "write_date", "display_name")
_COLUMNS = (Column("", 1), Column("", 2))


class Plain(Layout):
    """For labels, badges, and models of your own."""

    key = ""

    def document(self, record: Any, report: Any) -> Document:
        return Document(
            title=f"{report.name}: {record.display_name}",
            sender=sender(record),
            columns=_COLUMNS,
            rows=_rows(record),
            footer=footer(record),
        )


def _rows(record: Any) -> tuple[tuple[str, str], ...]:
    allowed = record.env.access.field_allowed
    shown = {
        name: field
        for name, field in sorted(record._fields.items())
        if field.store and field.type in _TYPES and name not in _TECHNICAL and allowed(record, field)
    }
    values = record.read([*shown])[0]
    return tuple((field.string, _text(values[name])) for name, field in shown.items() if values[name])


def _text(value: Any) -> str:
    return str(value[1] if isinstance(value, tuple | list) else value)
