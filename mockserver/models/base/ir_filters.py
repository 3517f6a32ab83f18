"""Saved searches of users."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import DatabaseError, ValidationError

__all__ = ["IrFilters"]


class IrFilters(models.Model):
    """A filter belongs to the users it names, or to everybody."""

    _inherit = "ir.filters"
    _columns_before = ("name",)
    _sql_messages = {
        "ir_filters_check_res_id_only_when_embedded_action": "Constraint to ensure that the embedded_parent_res_id is"
        " only defined when a top_action_id is defined.",
        "ir_filters_check_sort_json": "Invalid sort definition",
    }

    model_id = fields.Selection(selection="_all_models")
    """Any name is taken (recorded in config/filters)."""

    @api.model
    def _all_models(self) -> list[tuple[str, str]]:
        return [(name, self.env[name]._description) for name in self.env]

    @api.constrains("sort")
    def _check_sort_json(self) -> None:
        """What a constraint of the database sees: a list, in JSON."""
        for record in self.filtered("sort"):
            try:
                ordered = isinstance(json.loads(record.sort), list)
            except ValueError:
                text = "invalid input syntax for type json"
                raise DatabaseError(f"{text}\n", "psycopg2.errors.InvalidTextRepresentation") from None
            if not ordered:
                raise ValidationError("The operation cannot be completed: Invalid sort definition")

    @api.model
    def create_filter(self, vals: dict[str, Any]) -> Self:
        """Make a filter; a default one takes that away from the others of its users."""
        return self.create([vals])

    @api.model
    def get_filters(
        self,
        model: str,
        action_id: int | None = None,
        embedded_action_id: int | None = None,
        embedded_parent_res_id: int | None = None,
    ) -> list[dict[str, Any]]:
        """The filters of a model the user may choose from."""
        domain = [("model_id", "=", model), ("user_ids", "in", [self.env.uid, False])]
        domain.append(("action_id", "in", [action_id, False] if action_id else [False]))
        names = ["name", "is_default", "domain", "context", "user_ids", "sort", "embedded_action_id"]
        rows: list[dict[str, Any]] = self.search_read(domain, [*names, "embedded_parent_res_id"])
        return rows

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        for record, values in zip(self, copies, strict=True):
            values["name"] = f"{record.name} (copy)"
            if not values.get("embedded_parent_res_id"):
                values.pop("embedded_parent_res_id", None)
        return copies
