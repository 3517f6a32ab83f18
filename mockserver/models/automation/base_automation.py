"""base.automation: when a rule applies, and on which records."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from typing import Any, Self
from uuid import uuid4

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.safe_eval import evaluate

__all__ = ["CREATING", "DONE", "PAYLOAD", "WRITING", "BaseAutomation"]

_SET = ("on_stage_set", "on_tag_set", "on_state_set", "on_priority_set", "on_user_set")
CREATING = frozenset({"on_create", "on_create_or_write", *_SET})
WRITING = frozenset({"on_write", "on_create_or_write", *_SET, "on_archive", "on_unarchive"})
_MAIL = ("on_message_received", "on_message_sent")
_NO_RECORD_LEFT = ("mail_post", "followers", "remove_followers", "next_activity", "sms")
_CRITICAL = ("model_id", "active", "trigger", "on_change_field_ids", "trg_date_range", "trg_date_range_type")
"""Fields that bear on when the timed rules are looked at."""
DONE = "__action_done"
"""Context key: by rule, the records it has run on; a rule does not set itself off."""
PAYLOAD = "__webhook_payload"
"""Context key: what the webhook that is being answered was sent."""


class BaseAutomation(models.Model):
    """A rule of a model: a trigger, domains before and after the change, actions."""

    _inherit = "base.automation"

    @api.default("webhook_uuid")
    def _default_webhook_uuid(self) -> str:
        return str(uuid4())

    @api.compute("url")
    def _compute_url(self) -> None:
        base = self.get_base_url()
        for rule in self:
            rule.url = f"{base}/web/hook/{rule.webhook_uuid}" if rule.trigger == "on_webhook" else ""

    # ---------------------------------------------------------------- checks

    @api.constrains("action_server_ids", "model_id", "trigger", "trg_date_range")
    def _check_rule(self) -> None:
        for rule in self:
            if message := rule._complaint():
                raise ValidationError(message)

    def _complaint(self) -> str:
        """What is wrong with a rule, in Odoo's words (recordings webhook/inbound-create-variants, outbound-…)."""
        actions = self.action_server_ids
        if foreign := actions.filtered(lambda action: action.model_id != self.model_id):
            return f"Target model of actions {', '.join(foreign.mapped('name'))} are different from rule model."
        if self.trigger == "on_change" and any(action.state != "code" for action in actions):
            return '"On live update" automation rules can only be used with "Execute Python Code" action type.'
        if self.trigger == "on_unlink" and any(action.state in _NO_RECORD_LEFT for action in actions):
            return (
                "Email, follower or activity action types cannot be used when deleting records, "
                "as there are no more records to apply these changes to!"
            )
        if self.trigger in _MAIL and not self.model_id.is_mail_thread:
            return (
                f"Mail event can not be configured on model {self.model_id.name}. "
                "Only models with discussion feature can be used."
            )
        if self.trg_date_range < 0:
            return "Delay must be positive. Set 'Delay mode' to 'Before' to negate the delay."
        if warned := actions.filtered("warning"):
            return f"Following child actions have warnings: {', '.join(warned.mapped('name'))}"
        return ""

    # ---------------------------------------------------------------- which rules there are

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make rules, which apply at once."""
        rules = super().create(vals_list)
        self._forget()
        self._update_cron()
        return rules

    def write(self, vals: dict[str, Any]) -> bool:
        """Change rules at once."""
        super().write(vals)
        self._forget()
        if not vals.keys().isdisjoint(_CRITICAL):
            self._update_cron()
        return True

    def unlink(self) -> bool:
        """Delete rules at once."""
        super().unlink()
        self._forget()
        self._update_cron()
        return True

    def copy(self, default: Mapping[str, Any] | None = None) -> Self:
        """Copies have actions of their own."""
        copies = super().copy(default)
        for rule, copy in zip(self, copies, strict=True):
            rule.action_server_ids.copy({"base_automation_id": copy.id})
        return copies

    def _forget(self) -> None:
        self.env.transaction.memo.pop(_RULES, None)

    @api.model
    def _rules_of(self, model: str, triggers: frozenset[str]) -> Self:
        """The active rules of a model with one of these triggers."""
        memo = self.env.transaction.memo
        if _RULES not in memo:
            found: dict[str, list[tuple[str, int]]] = {}
            for rule in self.env(su=True, context={})["base.automation"].search([], order="id"):
                found.setdefault(rule.model_name, []).append((rule.trigger, rule.id))
            memo[_RULES] = found
        return self.browse([id for trigger, id in memo[_RULES].get(model, ()) if trigger in triggers])

    # ---------------------------------------------------------------- running

    def _before(self, records: Any) -> Any:
        """Those of the records for which the change may set the rule off, by what they are before it."""
        return self._selected(records, self.sudo().filter_pre_domain)

    def _apply(self, records: Any) -> None:
        """Run the actions on those of the records that the domain selects, each on its own."""
        self._run_on(self._selected(records, self.sudo().filter_domain))

    def _selected(self, records: Any, domain: str | bool) -> Any:
        if not domain or not records:
            return records
        return records.sudo().filtered_domain(evaluate(str(domain), self._names())).with_env(records.env)

    def _names(self) -> dict[str, Any]:
        """The names that domains and the finder of a webhook's record know."""
        model = self.env[self.sudo().model_name]
        return {"datetime": datetime, "time": time, "uid": self.env.uid, "user": self.env.user, "model": model}

    def _run_on(self, records: Any) -> None:
        done: dict[int, list[int]] = dict(self.env.context.get(DONE) or {})
        todo = records.browse(id for id in records.ids if id not in done.get(self.id, ()))
        if not todo:
            return
        done[self.id] = [*done.get(self.id, []), *todo.ids]
        for action in self.sudo().action_server_ids.sorted(lambda each: (each.sequence, each.id)):
            for record in todo:
                about = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids, DONE: done}
                action.with_context(**about).run()

    def _live_answers(self, draft: Any, field_name: str) -> list[dict[str, Any]]:
        """What the actions answer to a value typed into a form: `value` and `warning`, as onchange methods do."""
        rule = self.sudo()
        if field_name not in rule.on_change_field_ids.mapped("name") or not self._selected(draft, rule.filter_domain):
            return []
        about = {"active_model": draft._name, "onchange_self": draft}
        answers = [action.with_context(**about).run() for action in rule.action_server_ids]
        return [answer for answer in answers if isinstance(answer, dict)]

    def _watched(self) -> list[str]:
        """Names of the fields a change must touch for the rule to run; none: any change."""
        names: list[str] = self.sudo().trigger_field_ids.mapped("name")
        return names

    # ---------------------------------------------------------------- inbound webhooks

    def action_rotate_webhook_uuid(self) -> None:
        """Give the webhooks other addresses."""
        for rule in self:
            rule.webhook_uuid = str(uuid4())

    def _execute_webhook(self, payload: Any) -> None:
        """Run the actions on the record the payload leads to. Raises what finding it or the actions raise."""
        self.ensure_one()
        self._log(f"Webhook #{self.id} triggered with payload {payload}", "INFO")
        try:
            names = {**self._names(), "payload": payload}
            record = evaluate(self.record_getter, names) if self.record_getter else self.env[self.model_name]
        except Exception as error:
            self._log(f"Webhook #{self.id} could not be triggered because the record_getter failed:\n{error}", "ERROR")
            raise
        if not record.exists():
            missing = f"Webhook #{self.id} could not be triggered because no record to run it on was found."
            self._log(missing, "ERROR")
            raise ValidationError("No record to run the automation on was found.")
        try:
            self.with_context(**{PAYLOAD: payload})._run_on(record)
        except Exception as error:
            self._log(f"Webhook #{self.id} failed with error:\n{error}", "ERROR")
            raise

    def _log(self, message: str, level: str) -> None:
        """Note what happened to a webhook, for rules that want it."""
        if self.log_webhook_calls:
            about = {"name": "Webhook Log", "type": "server", "dbname": "", "level": level, "func": "", "line": ""}
            path = f"base_automation({self.id})"
            self.env["ir.logging"].sudo().create([{**about, "message": message, "path": path}])

    def action_view_webhook_logs(self) -> dict[str, Any]:
        """The action that lists what was noted of a rule's webhook."""
        self.ensure_one()
        about = {"type": "ir.actions.act_window", "name": "Webhook Logs", "res_model": "ir.logging"}
        return {**about, "view_mode": "list,form", "domain": [("path", "=", f"base_automation({self.id})")]}


_RULES = "automation rules"
"""Where a transaction keeps the rules: by model, (trigger, id)."""
