"""Server actions: code, and series of other actions."""

from __future__ import annotations

import datetime
import time
from types import SimpleNamespace
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.commands import Command
from fauxdoo.mockserver.safe_eval import complaint, execute

__all__ = ["IrActionsServer"]

_MODULES = {
    "datetime": SimpleNamespace(
        **{name: getattr(datetime, name) for name in ("date", "datetime", "time", "timedelta", "timezone")}
    ),
    "time": SimpleNamespace(**{name: getattr(time, name) for name in ("time", "strftime", "strptime", "gmtime")}),
    "UserError": UserError,
    "ValidationError": ValidationError,
    "Command": Command,
}


class IrActionsServer(models.Model):
    """What an action does is its state: `_run_action_<state>`."""

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

    @api.constrains("child_ids")
    def _check_child_recursion(self) -> None:
        for action in self:
            reached = action.child_ids
            while reached:
                if action in reached:
                    raise ValidationError("Recursion found in child server actions")
                reached = reached.child_ids - reached

    def run(self) -> Any:
        """Carry out the actions on the records of the context (`active_model`, `active_id`, `active_ids`).

        Answers the action a client should open next, False without one. Raises what the code raises, and AccessError
        for a user who may not write the model.
        """
        result: Any = False
        for action in self.sudo():
            action.with_env(self.env)._check_may_run()
            result = action._run_once() or result
        return result

    def _check_may_run(self) -> None:
        action = self.sudo()
        allowed = action.group_ids
        if allowed and not allowed & self.env.user.all_group_ids:
            raise AccessError("You don't have enough access rights to run this action.")
        if not allowed and action.model_id.model in self.env:
            self.env[action.model_id.model].check_access("write")

    def _run_once(self) -> Any:
        runner = getattr(self, f"_run_action_{self.state}", None)
        if runner is None:
            raise UserError(f"Server actions of kind {self.state!r} are not simulated by Fauxdoo.")
        return runner(self._names())

    def _names(self) -> dict[str, Any]:
        """The names code knows: `env`, `model`, `record`, `records`, modules, errors, `log`."""
        env = self.env(context=self.env.context)
        model = env[self.model_id.model]
        ids = env.context.get("active_ids") or [env.context["active_id"]] if env.context.get("active_id") else []
        right = env.context.get("active_model") in (None, self.model_id.model)
        records = model.browse(ids if right else [])
        known = {
            "env": env,
            "model": model,
            "records": records,
            "record": records[:1],
            "uid": env.uid,
            "user": env.user,
        }
        return {**_MODULES, **known, "log": lambda message, level="info": None, "action": None}

    def _run_action_code(self, names: dict[str, Any]) -> Any:
        return execute(self.code or "", names).get("action")

    def _run_action_multi(self, names: dict[str, Any]) -> Any:
        result: Any = False
        for child in self.child_ids.sorted(lambda each: (each.sequence, each.id)):
            result = child._run_once() or result
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
        self.filtered("binding_model_id").write({"binding_model_id": False})
        return True
