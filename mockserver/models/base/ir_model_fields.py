"""Fields as records: those of the catalogue, and those users add."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.safe_eval import evaluate

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Kind

__all__ = ["OF_MODULES", "IrModelFields"]

OF_MODULES = (
    "Properties of base fields cannot be altered in this manner! "
    "Please modify them through Python code, preferably through a custom addon!"
)
_KINDS: dict[str, Kind] = {
    **{"integer": "integer", "many2one": "integer", "boolean": "boolean", "float": "float", "monetary": "float"},
    **{"date": "date", "datetime": "datetime", "binary": "binary", "json": "json"},
}


class IrModelFields(models.Model):
    """One record per field, numbered as the catalogue does."""

    _inherit = "ir.model.fields"
    _sql_messages = {
        "ir_model_fields_name_unique": "Field names must be unique per model.",
        "ir_model_fields_size_gt_zero": "Size of the field cannot be negative.",
        "ir_model_fields_name_manual_field": "Custom fields must have a name that starts with 'x_'!",
    }

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """A record per field of the catalogue."""
        catalogue = registry.catalogue
        records = []
        for model, entry in catalogue.index["models"].items():
            fields, model_id = catalogue.model(model)["fields"], catalogue.model_id(model)
            for place, name in enumerate(sorted(fields)):
                known = {"id": entry["field_id"] + place, "model": model, "model_id": model_id, "name": name}
                records.append({**known, **_described(fields[name])})
        return records

    @classmethod
    def _is_there_for_good(cls, registry: Registry, id: int) -> bool:
        """Fields of the catalogue cannot be deleted."""
        last = registry.catalogue.names[-1]
        first: int = registry.catalogue.index["models"][last]["field_id"]
        return 0 < id < first + len(registry.catalogue.model(last)["fields"])

    def _id_of(self, model: str, name: str) -> int:
        """The id of a field's record; the table is asked only for fields of users."""
        if model in self.env.registry.catalogue and name in self.env.registry.catalogue.model(model)["fields"]:
            return self.env.registry.catalogue.field_id(model, name)
        return int(self.search([("model", "=", model), ("name", "=", name)], limit=1).id)

    def _compute_display_name(self) -> None:
        for field in self:
            field.display_name = f"{field.field_description} ({field.model})"

    @api.compute("modules")
    def _compute_modules(self) -> None:
        for field in self:
            catalogue = self.env.registry.catalogue
            facts = catalogue.model(field.model) if field.model in catalogue else {}
            own = facts.get("fields", {}).get(field.name, {}).get("module")
            field.modules = own or next(iter(facts.get("modules") or ()), "")

    @api.compute("selection")
    def _compute_selection(self) -> None:
        for field in self:
            listed = field.ttype in ("selection", "reference")
            values = field.selection_ids.sorted(lambda each: (each.sequence, each.id))
            pairs = [(each.value, each.name) for each in values] or self._pairs(field.model, field.name)
            field.selection = str([tuple(pair) for pair in pairs]) if listed else False

    @api.inverse("selection")
    def _inverse_selection(self) -> None:
        for field in self:
            pairs = ast.literal_eval(field.selection or "[]")
            kept = field.selection_ids.filtered(lambda each, pairs=pairs: each.value in dict(pairs))
            (field.selection_ids - kept).unlink()
            known = {each.value: each for each in kept}
            for place, (value, label) in enumerate(pairs):
                about = {"name": label, "sequence": place}
                if value in known:
                    known[value].write(about)
                else:
                    kept.create([{"field_id": field.id, "value": value, **about}])

    @api.compute("copied")
    def _compute_copied(self) -> None:
        for field in self:
            field.copied = field.ttype != "one2many" and not (field.related or field.compute)

    @api.compute("relation_field_id")
    def _compute_relation_field_id(self) -> None:
        for field in self:
            back = field.state == "manual" and field.relation and field.relation_field
            field.relation_field_id = self._id_of(field.relation, field.relation_field) if back else False

    @api.compute("related_field_id")
    def _compute_related_field_id(self) -> None:
        for field in self:
            field.related_field_id = field._end() if field.state == "manual" and field.related else False

    # ---------------------------------------------------------------- checks

    @api.constrains("name")
    def _check_name(self) -> None:
        for field in self:
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$]{0,62}", field.name):
                raise ValidationError("Field names can only contain characters, digits and underscores (up to 63).")

    @api.constrains("domain")
    def _check_domain(self) -> None:
        for field in self:
            evaluate(field.domain or "[]")

    @api.constrains("related")
    def _check_related(self) -> None:
        for field in self.filtered(lambda each: each.state == "manual" and each.related):
            end = field._end()
            if end.ttype != field.ttype:
                raise ValidationError(f"Related field “{field.related}” does not have type “{field.ttype}”")
            if end.relation and end.relation != field.relation:
                raise ValidationError(f"Related field “{field.related}” does not have comodel “{field.relation}”")

    def _end(self) -> Any:
        """The field that the path of a related one leads to."""
        model, steps, found = self.model, self.related.split("."), self
        for place, name in enumerate(steps, 1):
            found = self.browse(self._id_of(model, name) or [])
            if not found:
                raise UserError(f"Unknown field name “{name}” in related field “{self.related}”")
            if place < len(steps) and not found.relation:
                raise UserError(f"Non-relational field name “{name}” in related field “{self.related}”")
            model = found.relation
        return found

    @api.constrains("depends")
    def _check_depends(self) -> None:
        for field in self.filtered("depends"):
            for path in field.depends.split(","):
                if not path.strip():
                    raise UserError(f"Empty dependency in “{field.depends}”")
                self._check_path(field.model, path.strip())

    def _check_path(self, model: str, path: str) -> None:
        steps = path.split(".")
        for place, name in enumerate(steps, 1):
            if name == "id":
                raise UserError("Compute method cannot depend on field 'id'")
            field = self.env[model]._fields.get(name)
            if field is None:
                raise UserError(f"Unknown field “{name}” in dependency “{path}”")
            if place < len(steps) and not field.is_relational:
                raise UserError(f"Non-relational field “{name}” in dependency “{path}”")
            model = field.comodel_name

    @api.model
    def get_field_string(self, model_name: str) -> dict[str, str]:
        """The label of every field of a model."""
        return {name: field.string or name for name, field in self.env[model_name]._fields.items()}

    @api.model
    def get_field_help(self, model_name: str) -> dict[str, Any]:
        """The help text of every field of a model, False without one (the catalogue has none)."""
        return {name: field.help or False for name, field in self.env[model_name]._fields.items()}

    @api.model
    def get_field_selection(self, model_name: str, field_name: str) -> list[list[str]]:
        """The [value, label] pairs of a field."""
        return self._pairs(model_name, field_name)

    def _pairs(self, model: str, name: str) -> list[list[str]]:
        field = self.env[model]._fields.get(name) if model in self.env else None
        described = field.describe(self.env) if field is not None else {}
        return [list(pair) for pair in described.get("selection") or ()]

    # ---------------------------------------------------------------- fields of users

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make fields; their columns are there at once."""
        models = self.env["ir.model"]
        named = [{"model": models.browse(vals.get("model_id") or []).model, **vals} for vals in vals_list]
        known = {vals["model"] for vals in named} & {*self.env}
        for model in known:
            self.env[model]._ensure_table()
        fields = super().create(named)
        for vals in named:
            self._check_relation(vals)
        self.env.registry.custom.changed(self.env)
        for field in fields:
            if field.model in known:
                field._add_column()
            else:
                self.env[field.model]._ensure_table()
        return fields

    def _check_relation(self, vals: dict[str, Any]) -> None:
        relation = vals.get("relation")
        if relation and relation not in self.env and not self.env["ir.model"].sudo()._id_of(relation):
            raise UserError(f"Model {relation} does not exist!")
        if vals.get("ttype") == "one2many" and vals.get("store", True) and not vals.get("related"):
            name = vals["relation_field"]
            field = self.env[vals["relation"]]._fields.get(name) if relation in self.env else None
            if field is None or field.type != "many2one":
                raise UserError(f"Many2one {name} on model {relation} does not exist!")

    def _add_column(self) -> None:
        field = self._in_registry()
        if field is None:
            return
        if field.is_column:
            kind = self.env.cr.dialect.types["json" if field.company_dependent else _KINDS.get(self.ttype, "text")]
            for column in (self.name, *([f"{self.name}__lang"] if self.translate else [])):
                table = self.env[self.model]._table
                self.env.cr.execute(SQL.raw(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}', ()))
            if field.recomputed:
                records = self.env[self.model].sudo().with_context(active_test=False).search([])
                records._schedule(field, records.ids)
        elif field.type == "many2many":
            self.env[self.model]._ensure_table()

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values of fields of users, which hold at once; a new name goes with the column."""
        if vals and not all(self._fields[name].translate for name in vals if name in self._fields):
            self._check_fixed(vals)
        vals = {name: value for name, value in vals.items() if name not in ("model_id", "model", "state")}
        renamed = [(field, field.name) for field in self if vals.get("name", field.name) != field.name]
        columns = [(self.env[field.model]._table, old) for field, old in renamed if field._has_column()]
        if len(columns) > 1:
            raise UserError("Can only rename one field at a time!")
        self.env.flush()
        super().write(vals)
        for table, old in columns:
            text = f'ALTER TABLE "{table}" RENAME COLUMN "{old}" TO "{vals["name"]}"'
            self.env.cr.execute(SQL.raw(text, ()))
        self.env.registry.custom.changed(self.env)
        self.env.transaction.invalidate()
        return True

    def _check_fixed(self, vals: dict[str, Any]) -> None:
        for field in self:
            if field.state != "manual":
                raise UserError(OF_MODULES)
            if vals.get("model_id", field.model_id.id) != field.model_id.id:
                raise UserError("Changing the model of a field is forbidden!")
            if vals.get("ttype", field.ttype) != field.ttype:
                raise UserError(
                    "Changing the type of a field is not yet supported. Please drop it and create it again!"
                )

    def unlink(self) -> bool:
        """Delete fields of users with their columns."""
        columns = [(self.env[field.model]._table, field.name) for field in self if field._has_column()]
        super().unlink()
        self.env.registry.custom.changed(self.env)
        for table, column in columns:
            self.env.cr.execute(SQL.raw(f'ALTER TABLE "{table}" DROP COLUMN "{column}"', ()))
        return True

    def _in_registry(self) -> Field | None:
        """The field itself, None where it or its model is not there."""
        return self.env[self.model]._fields.get(self.name) if self.model in self.env else None

    def _has_column(self) -> bool:
        """Whether it is a field of users that a column holds."""
        field = self._in_registry()
        return self.state == "manual" and field is not None and field.is_column

    @api.ondelete(at_uninstall=False)
    def _unlink_if_manual(self) -> None:
        if any(field.state != "manual" for field in self):
            raise UserError("This column contains module data and cannot be removed!")


def _described(facts: dict[str, Any]) -> dict[str, Any]:
    """The columns of `ir_model_fields` for an entry of the catalogue."""
    computed = bool(facts.get("compute") or facts.get("related"))
    linked = facts["type"] == "many2many" and facts.get("store", True)
    return {
        "field_description": facts["string"],
        "ttype": facts["type"],
        "state": "base",
        "relation": facts.get("relation"),
        "relation_field": facts.get("inverse"),
        "relation_table": facts.get("table") if linked else None,
        "column1": facts.get("column1") if linked else None,
        "column2": facts.get("column2") if linked else None,
        "on_delete": facts.get("ondelete") if facts["type"] == "many2one" else None,
        "required": bool(facts.get("required")),
        "readonly": bool(facts.get("readonly")),
        "store": facts.get("store", True),
        "index": bool(facts.get("index")),
        "copied": facts.get("copy", not computed and facts["type"] != "one2many"),
        "size": facts.get("size") or 0,
        "translate": "standard" if facts.get("translate") else None,
        "related": facts.get("related"),
        "company_dependent": bool(facts.get("company_dependent")),
        "currency_field": facts.get("currency_field"),
        "selectable": True,
    }
