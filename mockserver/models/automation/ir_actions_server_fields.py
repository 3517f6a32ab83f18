"""Server actions: their names, what they write to, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field

__all__ = ["IrActionsServer"]

_ON_MODELS = ("object_write", "object_create", "object_copy")
_SHOWN = {
    **dict.fromkeys(("one2many", "many2one", "many2many"), "resource_ref"),
    **{"selection": "selection_value", "boolean": "update_boolean_value", "html": "html_value"},
}
"""Where the value to write stands, by the type of the field."""
_LEAKING = (
    "Group-restricted fields cannot be included in webhook payloads, as it could allow any user to accidentally leak "
    "sensitive information. You will have to remove the following fields from the webhook payload:"
)
_BROKEN_PATH = (
    "The path contained by the field '%s' contains a non-relational field (%s) that is not the last field in the path."
    " You can't traverse non-relational fields (even in the quantum realm). Make sure only the last field in the path "
    "is non-relational."
)


class IrActionsServer(models.Model):
    """What an action shows of itself."""

    _inherit = "ir.actions.server"

    # ---------------------------------------------------------------- names

    @api.compute("name", "automated_name")
    def _compute_name(self) -> None:
        """A name nobody chose follows what the action does."""
        for action in self:
            automated = action.name == action.automated_name
            action.automated_name = action._own_name()
            if automated:
                action.name = action.automated_name

    def _own_name(self) -> str:
        """The name of an action that was given none."""
        model = self.crud_model_id.name
        if self.state == "object_copy":
            copied = self.crud_model_id and self.resource_ref
            return f"Duplicate {copied.display_name}" if copied else "Duplicate ..."
        if self.state in _ON_MODELS:
            return f"{'Create' if self.state == 'object_create' else 'Update'} {model}"
        return dict(self._fields["state"].describe(self.env)["selection"]).get(self.state, "")

    # ---------------------------------------------------------------- what is written

    @api.together
    @api.compute("crud_model_id", "update_field_id", "update_related_model_id")
    def _compute_crud_relations(self) -> None:
        known, described = self.env["ir.model"].sudo(), self.env["ir.model.fields"].sudo()
        for action in self:
            if not action.model_id or action.state not in _ON_MODELS:
                action.crud_model_id = action.update_field_id = action.update_path = False
            elif action.state != "object_write":
                action.crud_model_id = action.model_id
                action.update_field_id = action.update_path = False
            elif action.update_path:
                last = action._chain("update_path")[-1]
                action.crud_model_id = known.browse(known._id_of(last.model_name))
                action.update_field_id = described.browse(described._id_of(last.model_name, last.name))
                related = last.is_relational and action.evaluation_type == "value"
                action.update_related_model_id = known._id_of(last.comodel_name) if related else False
            else:
                action.crud_model_id, action.update_field_id = action.model_id, False

    def _chain(self, name: str) -> list[Field]:
        """The fields along the path that one of the action's fields holds. Raises KeyError for an unknown one."""
        path, model = self[name], self.model_id.model
        chain: list[Field] = []
        for step in path.split(".") if path and model else ():
            if chain and not chain[-1].is_relational:
                raise ValidationError(_BROKEN_PATH % (self._fields[name].string, chain[-1].string))
            chain.append(self.env[chain[-1].comodel_name if chain else model]._fields[step])
        return chain

    @api.compute("value_field_to_show")
    def _compute_value_field_to_show(self) -> None:
        for action in self:
            by_type = _SHOWN.get(action.update_field_id.ttype, "value")
            action.value_field_to_show = "sequence_id" if action.evaluation_type == "sequence" else by_type

    # ---------------------------------------------------------------- warnings

    @api.compute("warning")
    def _compute_warning(self) -> None:
        for action in self:
            action.warning = "\n\n".join(action._warnings()) or False

    def _warnings(self) -> list[str]:
        """Why the action cannot be run."""
        found = []
        model, groups, children = self.model_id, self.group_ids, self.child_ids
        if model and (others := children.filtered(lambda each: each.model_id != model)):
            found.append(f"Following child actions should have the same model ({model.name}): {_named(others)}")
        if groups and (others := children.filtered(lambda each: each.group_ids != groups)):
            found.append(f"Following child actions should have the same groups ({_named(groups)}): {_named(others)}")
        if warned := children.filtered("warning"):
            found.append(f"Following child actions have warnings: {_named(warned)}")
        if (chain := self._chain("update_path")) and chain[-1].type == "json":
            label = chain[-1].string
            found.append(f"I'm sorry to say that JSON fields (such as '{label}') are currently not supported.")
        numbered = self.state == "object_write" and self.evaluation_type == "sequence"
        if numbered and self.update_field_type not in (False, "char", "text"):
            found.append("A sequence must only be used with character fields.")
        hidden = self.webhook_field_ids.filtered(self._is_restricted) if self.state == "webhook" else ()
        if hidden:
            found.append("\n- ".join([_LEAKING, *hidden.mapped("field_description")]))
        rule = self.base_automation_id
        if rule and rule.model_id != model:
            found.append(f"Model of action {self.name} should match the one from automated rule {rule.name}.")
        return found

    def _is_restricted(self, field: Any) -> bool:
        """Whether a field (of ir.model.fields) is kept to groups."""
        known = field._in_registry()
        return known is not None and bool(known.groups)

    @api.constrains("parent_id", "child_ids")
    def _check_children(self) -> None:
        for action in self:
            reached = action.child_ids
            while reached:
                if action in reached:
                    raise ValidationError("Recursion found in child server actions")
                reached = reached.child_ids - reached
        if warned := self.child_ids.filtered("warning"):
            raise ValidationError(f"Following child actions have warnings: {_named(warned)}")

    # ---------------------------------------------------------------- series

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Any:
        """Make actions; a child has its parent's model and groups."""
        return super().create([{**vals, **self._inherited(vals)} for vals in vals_list])

    def _inherited(self, vals: dict[str, Any]) -> dict[str, Any]:
        parent = self.browse(vals.get("parent_id") or [])
        return {"model_id": parent.model_id.id, "group_ids": parent.group_ids.ids} if parent else {}


def _named(records: Any) -> str:
    return ", ".join(records.mapped("name"))
