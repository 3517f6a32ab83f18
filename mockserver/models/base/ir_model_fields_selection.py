"""Values of selection fields as records: those of the catalogue, and those users add to fields of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.base.ir_model_fields import OF_MODULES
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["IrModelFieldsSelection"]


class IrModelFieldsSelection(models.Model):
    """One record per value of a selection field."""

    _inherit = "ir.model.fields.selection"
    _sql_messages = {
        "ir_model_fields_selection_selection_field_uniq": "Selections values must be unique per field",
    }

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """A record per selection value of the catalogue."""
        catalogue, records = registry.catalogue, []
        for model in catalogue.names:
            places: dict[str, int] = {}
            for number, field, value, label in catalogue.xmlids.selections(model):
                place = places[field] = places.get(field, -1) + 1
                known = {"id": number, "field_id": catalogue.field_id(model, field)}
                records.append({**known, "value": value, "name": label, "sequence": place})
        return records

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make values, which can be chosen at once."""
        fields = self.env["ir.model.fields"].browse({vals["field_id"] for vals in vals_list})
        if any(field.state != "manual" for field in fields):
            raise UserError(OF_MODULES)
        values = super().create(vals_list)
        self.env.registry.custom.changed(self.env)
        return values

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; records that have the old one get the new one."""
        renamed = [each for each in self if "value" in vals and each.value != vals["value"]]
        for each in renamed:
            each._replace(vals["value"])
        super().write(vals)
        self.env.registry.custom.changed(self.env)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_if_manual(self) -> None:
        if any(each.field_id.state != "manual" for each in self):
            raise UserError(OF_MODULES)

    def unlink(self) -> bool:
        """Delete values; records that have one are without."""
        for each in self.exists().filtered(lambda value: value.field_id.state == "manual"):
            each._replace(None)
        super().unlink()
        self.env.registry.custom.changed(self.env)
        return True

    def _replace(self, value: str | None) -> None:
        """Give the records that have this value another one."""
        field = self.field_id
        known = field._in_registry()
        if known is not None and known.is_column:
            self.env.flush()
            names = SQL.identifier(self.env[field.model]._table), SQL.identifier(field.name)
            text = "UPDATE %s SET %s = %s WHERE %s = %s"
            self.env.cr.execute(SQL(text, *names, value, names[1], self.value))
            self.env.transaction.invalidate()
