"""Models as records: what the catalogue says of each, and those users add; external ids."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.fields.base import MAGIC

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["IrModel", "IrModelData"]

_MIXIN_FLAGS = {
    "is_mail_thread": "mail.thread",
    "is_mail_activity": "mail.activity.mixin",
    "is_mail_blacklist": "mail.thread.blacklist",
}
_UNIQUE = "ir_model_obj_name_uniq"
_FIXED = ("model", "state", "abstract", "transient")
"""What a model stays."""
_ORDERED = re.compile(r"(?<!\w)\"?([\w.]+)\"?(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*(?:,|$)", re.I)


class IrModel(models.Model):
    """One record per model, numbered as the catalogue does."""

    _inherit = "ir.model"
    _sql_messages = {_UNIQUE: "Each model must have a unique name."}

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

    @api.default("field_id")
    def _default_field_id(self) -> list[Any]:
        """Models have a name unless they are told which fields they have."""
        return [(0, 0, {"name": "x_name", "field_description": "Name", "ttype": "char", "copied": True})]

    @api.constrains("model")
    def _check_model_name(self) -> None:
        for record in self:
            if record.state == "manual" and not record.model.startswith("x_"):
                raise ValidationError("The model name must start with 'x_'.")
            if not re.fullmatch(r"[a-z0-9_.]+", record.model):
                raise ValidationError(
                    "The model name can only contain lowercase characters, digits, underscores and dots."
                )

    @api.constrains("order", "field_id")
    def _check_order(self) -> None:
        for record in self.filtered(lambda each: each.state == "manual"):
            stored = {*record.field_id.filtered("store").mapped("name"), *MAGIC}
            for name in _ORDERED.findall(record.order):
                if name not in stored:
                    raise ValidationError(
                        f"Unable to order by {name}: fields used for ordering must be present on the model and stored."
                    )

    @api.model
    def name_create(self, name: str) -> tuple[int, str]:
        """Make a model called after its label: "My Things" is x_my_things."""
        record = self.create([{"name": name, "model": f"x_{'_'.join(name.lower().split(' '))}"}])
        return record.id, record.display_name

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values of models, which hold at once; what a model is stays."""
        for name in _FIXED:
            if name in vals and any(record[name] != vals[name] for record in self):
                raise UserError(f"Field {self._fields[name].string} cannot be modified on models.")
        super().write(vals)
        if "order" in vals or "name" in vals:
            self.env.registry.custom.changed(self.env)
        return True

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make models, which can be used at once by whom access rights are given."""
        names = [vals.get("model", "x_") for vals in vals_list]
        if self.sudo().search_count([("model", "in", names)], limit=1):  # before there are fields of that name
            raise ValidationError(f"The operation cannot be completed: {self._sql_messages[_UNIQUE]}")
        records = super().create(vals_list)
        self.env.registry.custom.changed(self.env)
        return records

    def unlink(self) -> bool:
        """Delete models of users with all their records."""
        for record in self.filtered(lambda each: each.state == "manual" and each.model in self.env):
            self.env[record.model].sudo().with_context(active_test=False).search([]).unlink()
        super().unlink()
        self.env.registry.custom.changed(self.env)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_if_manual(self) -> None:
        for record in self:
            if record.state != "manual":
                raise UserError("This column contains module data and cannot be removed!")


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
