"""ir.default: values that new records start with, and the fallbacks of company-dependent fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field

__all__ = ["IrDefault"]


class IrDefault(models.Model):
    """A row holds a JSON value for a field, for everybody or for a user, for all companies or for one."""

    _inherit = "ir.default"

    def _model_defaults(self, model: str) -> Mapping[str, Any]:
        """Field → value for new records of a model, as the current user and company get them; the ORM asks this."""
        memo = self.env.transaction.memo
        key = ("defaults", model, self.env.uid, self.env.context_key)
        if key not in memo:
            memo[key] = {
                name: json.loads(value)
                for name, user, company, value in sorted(
                    self._rows_of(model), key=lambda row: (row[1] or 0, row[2] or 0)
                )
                if user in (None, self.env.uid) and company in (None, self.env.company.id)
            }
        found: Mapping[str, Any] = memo[key]
        return found

    def _company_default(self, field: Field) -> Any:
        """The value a company-dependent field falls back to in the current company."""
        value = None
        for name, user, company, text in self._rows_of(field.model_name):
            if name == field.name and user is None and company in (None, self.env.company.id):
                value = json.loads(text)
        return value

    def _rows_of(self, model: str) -> list[tuple[str, int | None, int | None, str]]:
        """(field, user, company, JSON) of every default of a model, without conditions."""
        memo = self.env.transaction.memo
        if "all defaults" not in memo:
            by_model: dict[str, list[tuple[str, int | None, int | None, str]]] = {}
            for field, user, company, value in self._all_rows():
                owner, name = self._field_named(field)
                by_model.setdefault(owner, []).append((name, user, company, value))
            memo["all defaults"] = by_model
        found: list[tuple[str, int | None, int | None, str]] = memo["all defaults"].get(model, [])
        return found

    def _all_rows(self) -> list[tuple[Any, ...]]:
        self._ensure_table()
        self.env.write_dirty()
        text = "SELECT field_id, user_id, company_id, json_value FROM ir_default WHERE condition IS NULL"
        return self.env.cr.execute(SQL(text))

    def _field_named(self, id: int) -> tuple[str, str]:
        """Model and name of the field with this ir.model.fields id."""
        try:
            return self.env.registry.catalogue.field_at(id)
        except IndexError:
            field = self.env["ir.model.fields"].sudo().browse(id)
            return field["model"], field["name"]
