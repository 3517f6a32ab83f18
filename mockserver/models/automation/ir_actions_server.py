"""Server actions that write, create, duplicate, and call webhooks."""

from __future__ import annotations

import json
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.automation.base_automation import PAYLOAD
from fauxdoo.mockserver.models.automation.payloads import payload_of, send
from fauxdoo.mockserver.orm.commands import Command
from fauxdoo.mockserver.safe_eval import evaluate

__all__ = ["IrActionsServer", "ServerActionWithWarnings"]

_JSON = SimpleNamespace(loads=json.loads, dumps=json.dumps)
_NO_URL = "I'll be happy to send a webhook for you, but you really need to give me a URL to reach out to..."


class ServerActionWithWarnings(UserError):
    """An action that has warnings is not run."""

    name = "odoo.addons.base.models.ir_actions.ServerActionWithWarningsError"


class IrActionsServer(models.Model):
    """The kinds of action that automation rules use."""

    _inherit = "ir.actions.server"

    @api.inverse("resource_ref")
    def _inverse_resource_ref(self) -> None:
        for action in self:
            if action.value_field_to_show == "resource_ref" and action.resource_ref:
                action.value = str(action.resource_ref.id)

    @api.inverse("selection_value")
    def _inverse_selection_value(self) -> None:
        for action in self:
            if action.value_field_to_show == "selection_value" and action.selection_value:
                action.value = action.selection_value.value

    def _run_once(self, records: Any, names: dict[str, Any]) -> Any:
        """Carry out the action. Raises for one that has warnings."""
        if self.warning:
            raise ServerActionWithWarnings(f"Server action {self.name} has one or more warnings, address them first.")
        return super()._run_once(records, names)  # type: ignore[misc]

    def _names(self) -> dict[str, Any]:
        """The names code knows: also `json` and a webhook's `payload`; in a form the record that is being edited."""
        names: dict[str, Any] = super()._names()
        draft, payload = self.env.context.get("onchange_self"), self.env.context.get(PAYLOAD)
        if draft is not None:
            names["record"] = draft
        if self.sudo().state == "code":
            names |= {"json": _JSON, **({"payload": payload} if payload else {})}
        return names

    def _active(self) -> Any:
        """The one record of the context, whatever model the context says it is of."""
        return self.env[self.model_id.model].browse(self.env.context.get("active_id") or [])

    def _run_action_webhook(self, names: dict[str, Any]) -> None:
        record = self._active()
        if not record:
            return
        if not self.webhook_url:
            raise UserError(_NO_URL)
        payload, url = payload_of(self, record), self.webhook_url
        self.env.after_commit(lambda: send(url, payload))

    def _run_action_object_write(self, names: dict[str, Any]) -> None:
        name, value = self.update_field_id.name, self._value_to_write(names)
        if self.update_path:
            target = self._active()
            for step in self.update_path.split(".")[:-1]:
                target = target[step]
            target.write({name: value})

    def _value_to_write(self, names: dict[str, Any]) -> Any:
        """The value by its kind: computed, the next of a sequence, a link, or the text as it stands."""
        kind, text = self.update_field_id.ttype, self.value
        if self.evaluation_type == "equation":
            return evaluate(text or "", names)
        if self.evaluation_type == "sequence":
            return self.sequence_id.next_by_id()
        if kind in ("one2many", "many2many"):
            return self._command()
        if kind == "boolean":
            return self.update_boolean_value == "true"
        if kind == "html":
            return self.html_value
        if kind in ("many2one", "integer", "float"):
            with suppress(TypeError, ValueError):
                number: float = float(text) if kind == "float" else int(text)
                return False if kind == "many2one" and number == 0 else number
        return text

    def _command(self) -> Any:
        operation = self.update_m2m_operation
        if operation == "clear":
            return [Command.clear()]
        id = int(self.value)
        return {"add": [Command.link(id)], "remove": [Command.unlink(id)], "set": [Command.set([id])]}[operation]

    def _run_action_object_create(self, names: dict[str, Any]) -> None:
        made, _shown = self.env[self.crud_model_id.model].name_create(self.value)
        self._link(made)

    def _run_action_object_copy(self, names: dict[str, Any]) -> None:
        self._link(self.env[self.crud_model_id.model].browse(self.resource_ref.id).copy().id)

    def _link(self, id: int) -> None:
        """Let the record of the context point at the one that was made, if the action says where."""
        field = self.link_field_id
        if field:
            many = field.ttype in ("one2many", "many2many")
            self._active().write({field.name: [Command.link(id)] if many else id})
