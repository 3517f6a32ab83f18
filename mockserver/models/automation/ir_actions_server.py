"""Server actions that write, create, and call webhooks."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import OdooError, UserError
from fauxdoo.mockserver.models.automation.payloads import payload_of, send
from fauxdoo.mockserver.safe_eval import evaluate

__all__ = ["IrActionsServer", "ServerActionWithWarnings"]

_NO_URL = "I'll be happy to send a webhook for you, but you really need to give me a URL to reach out to..."

_LEAKING = (
    "Group-restricted fields cannot be included in webhook payloads, as it could allow any user to accidentally leak "
    "sensitive information. You will have to remove the following fields from the webhook payload:"
)


class ServerActionWithWarnings(UserError):
    """An action that has warnings is not run."""

    name = "odoo.addons.base.models.ir_actions.ServerActionWithWarningsError"


class IrActionsServer(models.Model):
    """The kinds of action that automation rules use."""

    _inherit = "ir.actions.server"

    @api.compute("warning")
    def _compute_warning(self) -> None:
        for action in self:
            hidden = [field.field_description for field in action.webhook_field_ids if self._is_restricted(field)]
            names = "".join(f"\n- {name}" for name in hidden)
            action.warning = _LEAKING + names if hidden and action.state == "webhook" else False

    def _is_restricted(self, field: Any) -> bool:
        """Whether a field (of ir.model.fields) is kept to groups."""
        known = self.env.registry[field.model]._fields if field.model in self.env else {}
        return field.name in known and bool(known[field.name].groups)

    def run(self) -> Any:
        """Carry out the actions. Raises for one that has warnings."""
        for action in self.sudo().filtered("warning"):
            raise ServerActionWithWarnings(f"Server action {action.name} has one or more warnings, address them first.")
        return super().run()  # type: ignore[misc]

    def _names(self) -> dict[str, Any]:
        """The names code knows; in a form the record is the one that is being edited."""
        names: dict[str, Any] = super()._names()
        draft = self.env.context.get("onchange_self")
        return names if draft is None else {**names, "record": draft, "records": draft}

    def _run_action_webhook(self, names: dict[str, Any]) -> bool:
        if not self.webhook_url:
            raise UserError(_NO_URL)
        if names["record"]:
            payload, url = payload_of(self, names["record"]), self.webhook_url
            self.env.after_commit(lambda: send(url, payload))
        return False

    def _run_action_object_write(self, names: dict[str, Any]) -> bool:
        *path, last = self.update_path.split(".")
        target = names["record"]
        for name in path:
            target = target[name]
        if target:
            target.write({last: self._value_for(target._fields[last], names)})
        return False

    def _value_for(self, field: Any, names: dict[str, Any]) -> Any:
        """The value to write: computed, a link's id, or the text as it stands."""
        if self.evaluation_type == "equation":
            return evaluate(self.value or "False", names)
        if field.type == "many2one":
            return int(self.value or 0) or (self.resource_ref and self.resource_ref.id)
        if field.type in ("one2many", "many2many"):
            code = {"add": 4, "remove": 3, "set": 6, "clear": 5}[self.update_m2m_operation or "add"]
            id = int(self.value or 0) or (self.resource_ref and self.resource_ref.id)
            return [(code, 0, [id])] if code == 6 else [(code, id or 0, 0)]
        if field.type == "boolean":
            return self.update_boolean_value == "true"
        return self.selection_value.value if field.type == "selection" and self.selection_value else self.value

    def _run_action_object_create(self, names: dict[str, Any]) -> bool:
        model = self.env[self.crud_model_id.model]
        made, _shown = model.name_create(self.value)
        if self.link_field_id and names["record"]:
            link = names["record"]._fields[self.link_field_id.name]
            names["record"].write({link.name: [(4, made, 0)] if link.is_x2many else made})
        return False

    def _run_action_object_copy(self, names: dict[str, Any]) -> bool:
        if not self.resource_ref:
            raise OdooError("There is no record to duplicate.")
        made = self.resource_ref.copy()
        if self.link_field_id and names["record"]:
            link = names["record"]._fields[self.link_field_id.name]
            names["record"].write({link.name: [(4, made.id, 0)] if link.is_x2many else made.id})
        return False
