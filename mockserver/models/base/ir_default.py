"""ir.default: values that new records start with, and the fallbacks of company-dependent fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field

__all__ = ["IrDefault"]


_BOUND = 2**31
_OUT_OF_BOUNDS = "is out of bounds (integers should be between -2,147,483,648 and 2,147,483,647)"


class IrDefault(models.Model):
    """A row holds a JSON value for a field, for everybody or for a user, for all companies or for one."""

    _inherit = "ir.default"

    @api.model
    def set(
        self,
        model_name: str,
        field_name: str,
        value: Any,
        user_id: Any = False,
        company_id: Any = False,
        condition: Any = False,
    ) -> bool:
        """Keep a default of a field: for everybody, or for a user (True: the current one) and a company.

        Raises ValidationError for an unknown field and a value that does not fit.
        """
        user = self.env.uid if user_id is True else user_id
        company = self.env.company.id if company_id is True else company_id
        text = self._checked_value(model_name, field_name, value)
        field = self.env["ir.model.fields"].sudo()._id_of(model_name, field_name)
        scope = {"user_id": user, "company_id": company, "condition": condition}
        domain = [("field_id", "=", field), *((name, "=", known) for name, known in scope.items())]
        known = self.search(domain, limit=1)
        if known:
            known.write({"json_value": text})
        else:
            self.create([{"field_id": field, "json_value": text, **scope}])
        return True

    def _checked_value(self, model: str, name: str, value: Any) -> str:
        """The value as JSON, after the conversion a write would do."""
        field = self.env[model]._fields.get(name) if model in self.env else None
        if field is None:
            raise ValidationError(f"Invalid field {model}.{name}")
        try:
            parsed = None if field.is_x2many else field.to_cache(value, self.env[model])
            text = json.dumps(value, ensure_ascii=False)
        except (TypeError, ValueError):
            raise ValidationError(f"Invalid value for {model}.{name}: {value}") from None
        if field.type == "integer" and not -_BOUND < (parsed or 0) < _BOUND - 1:
            raise ValidationError(f"Invalid value for {model}.{name}: {value} {_OUT_OF_BOUNDS}")
        return text

    @api.constrains("json_value", "field_id")
    def _check_json_format(self) -> None:
        for default in self:
            described = default.sudo().field_id
            field = self.env[described.model]._fields[described.name]
            try:
                value = json.loads(default.json_value)
                if not field.is_x2many:
                    field.to_cache(value, self.env[described.model])
            except json.JSONDecodeError:
                raise ValidationError("Invalid JSON format in Default Value field.") from None
            except (TypeError, ValueError):
                raise ValidationError(
                    f"Invalid value in Default Value field. Expected type '{described.ttype}' "
                    f"for '{described.model}.{described.name}'."
                ) from None

    @api.model
    def discard_values(self, model_name: str, field_name: str, values: Iterable[Any]) -> bool:
        """Delete the defaults of a field that hold one of the values."""
        field = self.env["ir.model.fields"].sudo()._id_of(model_name, field_name)
        texts = [json.dumps(value, ensure_ascii=False) for value in values]
        return bool(self.search([("field_id", "=", field), ("json_value", "in", texts)]).unlink())

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make defaults that hold at once."""
        defaults = super().create(vals_list)
        self.env.transaction.memo.clear()
        return defaults

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values that hold at once."""
        super().write(vals)
        self.env.transaction.memo.clear()
        return True

    def unlink(self) -> bool:
        """Delete defaults."""
        super().unlink()
        self.env.transaction.memo.clear()
        return True

    def _model_defaults(self, model: str) -> Mapping[str, Any]:
        """Field → value for new records of a model, as the current user and company get them; the ORM asks this."""
        memo = self.env.transaction.memo
        key = ("defaults", model, self.env.uid, self.env.context_key)
        if key not in memo:
            first: dict[str, str] = {}
            for name, user, company, value in self._rows_of(model):
                if user in (None, self.env.uid) and company in (None, self.env.company.id):
                    first.setdefault(name, value)
            memo[key] = {name: json.loads(value) for name, value in first.items()}
        found: Mapping[str, Any] = memo[key]
        return found

    def _company_default(self, field: Field) -> Any:
        """The value a company-dependent field falls back to in the current company."""
        for name, user, company, text in self._rows_of(field.model_name):
            if name == field.name and user is None and company in (None, self.env.company.id):
                return json.loads(text)
        return None

    def _rows_of(self, model: str) -> list[tuple[str, int | None, int | None, str]]:
        """(field, user, company, JSON) of every default of a model, without conditions; the first that fits holds:
        of the user, then of the company, then of the lowest id."""
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
        return self.env.cr.execute(SQL(f"{text} ORDER BY user_id NULLS LAST, company_id NULLS LAST, id"))

    def _field_named(self, id: int) -> tuple[str, str]:
        """Model and name of the field with this ir.model.fields id."""
        try:
            return self.env.registry.catalogue.field_at(id)
        except IndexError:
            field = self.env["ir.model.fields"].sudo().browse(id)
            return field["model"], field["name"]
