"""Models as records: what the catalogue says of each model, field, selection value and external id."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Kind

__all__ = ["IrModel", "IrModelFields", "IrModelFieldsSelection"]

_MIXIN_FLAGS = {
    "is_mail_thread": "mail.thread",
    "is_mail_activity": "mail.activity.mixin",
    "is_mail_blacklist": "mail.thread.blacklist",
}
_KINDS: dict[str, Kind] = {
    **{"integer": "integer", "many2one": "integer", "boolean": "boolean", "float": "float", "monetary": "float"},
    **{"date": "date", "datetime": "datetime", "binary": "binary", "json": "json"},
}


class IrModel(models.Model):
    """One record per model, numbered as the catalogue does."""

    _inherit = "ir.model"
    _sql_messages = {"ir_model_obj_name_uniq": "Each model must have a unique name."}

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """A record per model of the catalogue."""
        catalogue = registry.catalogue
        return [
            {
                "id": catalogue.model_id(name),
                "model": name,
                "name": entry["label"],
                "order": "id",
                "state": "base",
                "abstract": entry["abstract"],
                "transient": entry["transient"],
                **{flag: mixin in entry["mixins"] for flag, mixin in _MIXIN_FLAGS.items()},
            }
            for name, entry in catalogue.index["models"].items()
        ]

    def _id_of(self, model: str) -> int:
        """The id of a model's record; the table is asked only for models of users."""
        catalogue = self.env.registry.catalogue
        if model in catalogue:
            return catalogue.model_id(model)
        return int(self.sudo().search([("model", "=", model)], limit=1).id)

    @api.compute("modules")
    def _compute_modules(self) -> None:
        for record in self:
            known = record.model in self.env.registry.catalogue
            facts = self.env.registry.catalogue.model(record.model) if known else {}
            record.modules = ", ".join(sorted(facts.get("modules") or ()))

    @api.compute("count")
    def _compute_count(self) -> None:
        for record in self:
            model = self.env.get(record.model)
            record.count = 0 if model is None or model._abstract else model.sudo().search_count([])

    @api.compute("inherited_model_ids")
    def _compute_inherited_model_ids(self) -> None:
        for record in self:
            parents = list(self.env[record.model]._inherits) if record.model in self.env else []
            record.inherited_model_ids = self.browse([self.env.registry.catalogue.model_id(name) for name in parents])

    @api.model
    def display_name_for(self, models: Collection[str]) -> list[dict[str, str]]:
        """Name and label of those of the models the user may read."""
        found = [self.env[name] for name in models if name in self.env]
        return [
            {"display_name": model._description, "model": model._name} for model in found if model.has_access("read")
        ]

    @api.model
    def get_available_models(self) -> list[dict[str, str]]:
        """Name and label of every model the user may read."""
        names = [name for name in self.env if not self.env[name]._transient and not self.env[name]._abstract]
        return self.display_name_for(names)

    @api.constrains("model")
    def _check_model_name(self) -> None:
        for record in self:
            if record.state == "manual" and not record.model.startswith("x_"):
                raise ValidationError("The model name must start with 'x_'.")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make models, which can be used at once by whom access rights are given."""
        records = super().create(vals_list)
        self.env.registry.custom.changed(self.env)
        return records

    def unlink(self) -> bool:
        """Delete models of users with all their records."""
        for record in self.filtered(lambda each: each.state == "manual"):
            self.env[record.model].sudo().with_context(active_test=False).search([]).unlink()
        super().unlink()
        self.env.registry.custom.changed(self.env)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_if_manual(self) -> None:
        for record in self:
            if record.state != "manual":
                raise UserError("This column contains module data and cannot be removed!")


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
            pairs = self._pairs(field.model, field.name) if field.ttype in ("selection", "reference") else None
            field.selection = str([tuple(pair) for pair in pairs]) if pairs else False

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

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make fields; their columns are there at once."""
        models = self.env["ir.model"]
        named = [
            {
                "model": models.browse(vals.get("model_id") or []).model,
                "copied": vals.get("ttype") != "one2many",
                **vals,
            }
            for vals in vals_list
        ]
        fields = super().create(named)
        for field in fields:
            self.env[field.model]._ensure_table()
        self.env.registry.custom.changed(self.env)
        for field in fields:
            field._add_column()
        return fields

    def _add_column(self) -> None:
        model = self.env.registry[self.model] if self.model in self.env else None
        if model is not None and self.name in model._fields and model._fields[self.name].is_column:
            kind = self.env.cr.dialect.types[_KINDS.get(self.ttype, "text")]
            for column in (self.name, *([f"{self.name}__lang"] if self.translate else [])):
                self.env.cr.execute(SQL.raw(f'ALTER TABLE "{model._table}" ADD COLUMN "{column}" {kind}', ()))

    def unlink(self) -> bool:
        """Delete fields of users with their columns."""
        columns = [(self.env[field.model]._table, field.name) for field in self if self._has_column(field)]
        super().unlink()
        self.env.registry.custom.changed(self.env)
        for table, column in columns:
            self.env.cr.execute(SQL.raw(f'ALTER TABLE "{table}" DROP COLUMN "{column}"', ()))
        return True

    def _has_column(self, record: Any) -> bool:
        field = self.env[record.model]._fields.get(record.name) if record.model in self.env else None
        return record.state == "manual" and field is not None and field.is_column

    @api.ondelete(at_uninstall=False)
    def _unlink_if_manual(self) -> None:
        if any(field.state != "manual" for field in self):
            raise UserError("This column contains module data and cannot be removed!")


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


class IrModelData(models.Model):
    """External ids, of base records and of what clients name themselves."""

    _inherit = "ir.model.data"
    _sql_messages = {"ir_model_data_name_nospaces": "External IDs cannot contain spaces"}

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """A record per external id of a fresh database."""
        xmlids = registry.catalogue.xmlids
        derived = (row for model in registry.catalogue.names for row in xmlids.derived(model))
        rows = [*xmlids.base(), *derived, *xmlids.shared()]
        return [{**row._asdict(), "noupdate": False} for row in rows]

    @api.compute("complete_name")
    def _compute_complete_name(self) -> None:
        for data in self:
            data.complete_name = ".".join(part for part in (data.module, data.name) if part)

    @api.compute("reference")
    def _compute_reference(self) -> None:
        for data in self:
            data.reference = f"{data.model},{data.res_id}"

    def _compute_display_name(self) -> None:
        for data in self:
            record = self.env[data.model].browse(data.res_id).exists() if data.model in self.env else None
            data.display_name = (record and record.display_name) or data.complete_name

    @api.constrains("module", "name")
    def _check_unique(self) -> None:
        """The unique index of PostgreSQL, whose own words Odoo passes on (recorded in meta/external-id)."""
        for data in self:
            if self.sudo().search_count([("module", "=", data.module), ("name", "=", data.name)]) > 1:
                raise ValidationError(
                    "The operation cannot be completed: duplicate key value violates unique constraint "
                    f'"ir_model_data_module_name_uniq_index"\nDETAIL:  Key (module, name)=({data.module}, {data.name})'
                    " already exists.\n"
                )

    @api.model
    def check_object_reference(
        self, module: str, xml_id: str, raise_on_access_error: bool = False
    ) -> tuple[str, int | bool]:
        """Model and id of a record the user may read; False for the id of one he may not, unless told to raise."""
        record = self.env.ref(f"{module}.{xml_id}")
        visible = self.env[record._name].search([("id", "=", record.id)])
        if visible:
            return record._name, record.id
        if raise_on_access_error:
            raise AccessError(f'Not enough access rights on the external ID "{module}.{xml_id}"')
        return record._name, False

    @api.model
    def toggle_noupdate(self, model: str, res_id: int) -> None:
        """Turn the `noupdate` flag of a record's external ids."""
        self.env[model].browse(res_id).check_access("write")
        for data in self.search([("model", "=", model), ("res_id", "=", res_id)]):
            data.noupdate = not data.noupdate

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make external ids, without a module for those that name none."""
        return super().create([{"module": "", **vals} for vals in vals_list])


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
