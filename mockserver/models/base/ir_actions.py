"""Server actions: code, and series of other actions."""

from __future__ import annotations

import base64
import datetime
import time
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.commands import Command
from fauxdoo.mockserver.orm.fields.scalar import float_round
from fauxdoo.mockserver.safe_eval import complaint, execute

__all__ = ["IrActionsServer"]


def _float_compare(
    value1: float, value2: float, precision_digits: int | None = None, precision_rounding: float | None = None
) -> int:
    """-1, 0 or 1, after both are rounded."""
    unit = precision_rounding
    first, second = (
        float_round(value / unit, 0) * unit if unit else float_round(value, precision_digits or 0)
        for value in (value1, value2)
    )
    return (first > second) - (first < second)


_MODULES = {
    "datetime": SimpleNamespace(
        **{name: getattr(datetime, name) for name in ("date", "datetime", "time", "timedelta", "timezone")}
    ),
    "time": SimpleNamespace(**{name: getattr(time, name) for name in ("time", "strftime", "strptime", "gmtime")}),
    "timezone": ZoneInfo,
    "float_compare": _float_compare,
    "b64encode": base64.b64encode,
    "b64decode": base64.b64decode,
    "UserError": UserError,
    "Command": Command,
}


class IrActionsServer(models.Model):
    """What an action does is its state: `_run_action_<state>` per record, `_run_action_<state>_multi` for all."""

    _inherit = "ir.actions.server"
    _sql_messages = {"ir_act_server_path_unique": "Path to show in the URL must be unique! Please choose another one."}

    @api.compute("model_name")
    def _compute_model_name(self) -> None:
        for action in self:
            action.model_name = action.model_id.model

    @api.constrains("code")
    def _check_python_code(self) -> None:
        for action in self.sudo().filtered("code"):
            if message := complaint(action.code):
                raise ValidationError(message)

    def run(self) -> Any:
        """Carry out the actions on the records of the context (`active_model`, `active_id`, `active_ids`).

        Answers the action a client should open next, False without one. Raises what the code raises, and AccessError
        for a user who may not write the model or the records.
        """
        result: Any = False
        for action in self.sudo():
            names = action.with_env(self.env)._names()
            nothing = names["model"]
            records = (names["record"] or nothing) | (names["records"] or nothing)
            action.with_env(self.env)._check_may_run(records)
            result = action._run_once(records, names)
        return result

    def _check_may_run(self, records: Any) -> None:
        allowed = self.sudo().group_ids
        if allowed:
            if not allowed & self.env.user.all_group_ids:
                raise AccessError("You don't have enough access rights to run this action.")
            return
        records.browse().check_access("write")
        if records.ids:
            records.check_access("write")

    def _run_once(self, records: Any, names: dict[str, Any]) -> Any:
        """Run what the state says: for all records together, or for each of the active ids."""
        together = getattr(self, f"_run_action_{self.state}_multi", None)
        if together is not None:
            return together(names) or False
        if getattr(self, f"_run_action_{self.state}", None) is None:
            raise UserError(f"Server actions of kind {self.state!r} are not simulated by Fauxdoo.")
        context, result = self.env.context, False
        for id in context.get("active_ids", [context["active_id"]] if context.get("active_id") else []):
            action = self.with_context(active_ids=[id], active_id=id)
            record = records.browse(id)
            about = {"env": names["env"](context=action.env.context), "record": record, "records": record}
            result = getattr(action, f"_run_action_{self.state}")({**names, **about})
        return result or False

    def _names(self) -> dict[str, Any]:
        """The names code knows: `env`, `model`, `record`, `records`, modules, errors, `log`.

        `record` and `records` are None where the context does not name any of the action's model.
        """
        env, context = self.env, self.env.context
        model = env[self.sudo().model_id.model]
        right = context.get("active_model") == model._name
        known = {
            "env": env,
            "model": model,
            "record": model.browse(context["active_id"]) if right and context.get("active_id") else None,
            "records": model.browse(context["active_ids"]) if right and context.get("active_ids") else None,
            "uid": env.uid,
            "user": env.user,
        }
        return {**_MODULES, **known, "log": self.sudo()._log}

    def _log(self, message: Any, level: str = "info") -> None:
        """Write a line to ir.logging, as code may."""
        about = {"name": "odoo.addons.base.models.ir_actions", "type": "server", "dbname": "", "level": level}
        place = {"path": "action", "line": str(self.id), "func": self.name}
        self.env["ir.logging"].create([{**about, **place, "message": str(message)}])

    def _run_action_code_multi(self, names: dict[str, Any]) -> Any:
        return execute(self.code or "", names).get("action")

    def _run_action_multi(self, names: dict[str, Any]) -> Any:
        result: Any = False
        for child in self.child_ids.sorted(lambda each: (each.sequence, each.name, each.id)):
            result = child.run() or result
        return result

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for action, values in zip(self, copies, strict=True):
                values["name"] = f"{action.name} (copy)"
        return copies

    def create_action(self) -> bool:
        """Show the action in the menu of its model."""
        for action in self:
            action.write({"binding_model_id": action.model_id.id, "binding_type": "action"})
        return True

    def unlink_action(self) -> bool:
        """Take the action from the menu of its model."""
        self.check_access("write")
        self.filtered("binding_model_id").write({"binding_model_id": False})
        return True
