"""base.automation: what a trigger stands for, in fields, domains and delays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver import api, models

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field

__all__ = ["BaseAutomation"]

_OWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "on_stage_set": (("stage_id", "x_studio_stage_id"), ("many2one",)),
    "on_tag_set": (("tag_ids", "x_studio_tag_ids"), ("many2many",)),
    "on_priority_set": (("priority", "x_studio_priority"), ("selection",)),
    "on_state_set": (("state", "x_studio_state"), ("selection",)),
    "on_user_set": (("user_id", "user_ids", "x_studio_user_id", "x_studio_user_ids"), ("many2one", "many2many")),
    "on_archive": (("active", "x_active"), ("boolean",)),
    "on_unarchive": (("active", "x_active"), ("boolean",)),
    "on_time_created": (("create_date",), ("datetime",)),
    "on_time_updated": (("write_date",), ("datetime",)),
}
"""By trigger, the names and the types of the field it is about."""
TIMED = ("on_time", "on_time_created", "on_time_updated")
_IN_DOMAIN = re.compile(r"""[(\[]\s*(['"])([a-z]\w*)[.\w]*\1\s*,[^,]*,""")
"""The first name of a condition within the text of a domain."""


class BaseAutomation(models.Model):
    """Whoever sets a trigger need not set what follows from it."""

    _inherit = "base.automation"

    def _known_fields(self) -> Mapping[str, Field]:
        """The fields of the rule's model, none where the model is not there."""
        return self.env[self.model_name]._fields if self.model_name in self.env else {}

    def _own_field(self) -> Any:
        """The field (of ir.model.fields) that the trigger is about; none for most triggers."""
        fields, known = self.env["ir.model.fields"], self._known_fields()
        names, types = _OWN.get(self.trigger, ((), ()))
        for name in names:
            field = known.get(name)
            if field is None or field.type not in types:
                continue
            if self.trigger != "on_user_set" or field.comodel_name == "res.users":
                return fields.browse(fields._id_of(self.model_name, name))
        return fields

    def _fields_of_domain(self) -> Any:
        """The fields that conditions of the rule's domain begin with."""
        known = self._known_fields()
        names = [found[2] for found in _IN_DOMAIN.finditer(self.filter_domain or "") if found[2] in known]
        fields = self.env["ir.model.fields"]
        return fields.browse(fields._id_of(self.model_name, name) for name in dict.fromkeys(names))

    @api.compute("trigger")
    def _compute_trigger(self) -> None:
        for rule in self:
            rule.trigger = False

    @api.compute("action_server_ids")
    def _compute_action_server_ids(self) -> None:
        """Actions of another model leave a rule that changes its own."""
        for rule in self.filtered("model_id"):
            foreign = rule.action_server_ids.filtered(lambda action, model=rule.model_id: action.model_id != model)
            if foreign:
                rule.action_server_ids = [(3, action.id) for action in foreign]

    @api.compute("trigger_field_ids")
    def _compute_trigger_field_ids(self) -> None:
        for rule in self:
            if rule.trigger == "on_create_or_write":
                rule.trigger_field_ids |= rule._fields_of_domain()
            else:
                rule.trigger_field_ids = False if rule.trigger in TIMED else rule._own_field()

    @api.compute("on_change_field_ids")
    def _compute_on_change_field_ids(self) -> None:
        for rule in self:
            kept = rule.on_change_field_ids | rule._fields_of_domain()
            rule.on_change_field_ids = kept if rule.trigger == "on_change" else False

    @api.compute("filter_domain")
    def _compute_filter_domain(self) -> None:
        for rule in self:
            condition = None if rule.trigger in TIMED else rule._condition(rule._own_field().name)
            rule.filter_domain = repr([condition]) if condition else False

    def _condition(self, name: str | bool) -> tuple[str | bool, str, Any] | None:
        """The condition that a trigger about one field stands for."""
        if self.trigger in ("on_state_set", "on_priority_set"):
            operator, value = "=", self.trg_selection_field_id.value
        elif self.trigger == "on_stage_set":
            operator, value = "=", self.trg_field_ref
        elif self.trigger == "on_tag_set":
            operator, value = "in", self.trg_field_ref and [self.trg_field_ref]
        else:
            return _PLAIN[self.trigger](name) if name and self.trigger in _PLAIN else None
        return (name, operator, value) if name and value else None

    @api.compute("filter_pre_domain")
    def _compute_filter_pre_domain(self) -> None:
        for rule in self:
            tagged = rule.trigger == "on_tag_set" and rule.trg_field_ref
            name = rule._own_field().name
            rule.filter_pre_domain = repr([(name, "not in", [rule.trg_field_ref])]) if tagged else False

    @api.compute("trg_selection_field_id")
    def _compute_trg_selection_field_id(self) -> None:
        for rule in self:
            rule.trg_selection_field_id = False

    @api.compute("trg_field_ref")
    def _compute_trg_field_ref(self) -> None:
        for rule in self:
            rule.trg_field_ref = False

    @api.compute("trg_field_ref_model_name")
    def _compute_trg_field_ref_model_name(self) -> None:
        for rule in self:
            refers = rule.trigger in ("on_stage_set", "on_tag_set")
            rule.trg_field_ref_model_name = (rule._own_field().relation or False) if refers else False

    @api.compute("trg_date_id")
    def _compute_trg_date_id(self) -> None:
        for rule in self:
            rule.trg_date_id = rule._own_field() if rule.trigger in TIMED else False

    @api.together
    @api.compute("trg_date_range", "trg_date_range_mode", "trg_date_range_type")
    def _compute_trg_date_range_data(self) -> None:
        for rule in self:
            if rule.trigger not in TIMED:
                rule.trg_date_range = rule.trg_date_range_mode = rule.trg_date_range_type = False
                continue
            rule.trg_date_range_type = rule.trg_date_range_type or "hour"
            if not rule.trg_date_range_mode or rule.trigger != "on_time":
                rule.trg_date_range_mode = "after"

    @api.compute("trg_date_calendar_id")
    def _compute_trg_date_calendar_id(self) -> None:
        for rule in self:
            if rule.trigger not in TIMED or not rule.trg_date_id or rule.trg_date_range_type != "day":
                rule.trg_date_calendar_id = False


_PLAIN: dict[str, Any] = {
    "on_user_set": lambda name: (name, "!=", False),
    "on_archive": lambda name: (name, "=", False),
    "on_unarchive": lambda name: (name, "=", True),
}
"""Conditions that need no value to be chosen."""
