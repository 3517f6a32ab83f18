"""base.automation: when a rule applies, and on which records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self
from uuid import uuid4

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.safe_eval import evaluate

__all__ = ["CREATING", "WRITING", "BaseAutomation"]

_SET = {
    "on_stage_set": "stage_id",
    "on_tag_set": "tag_ids",
    "on_state_set": "state",
    "on_priority_set": "priority",
    "on_user_set": "user_id",
}
"""Triggers that watch one field."""
_ARCHIVING = {"on_archive": False, "on_unarchive": True}
CREATING = frozenset({"on_create", "on_create_or_write", *_SET})
WRITING = frozenset({"on_write", "on_create_or_write", *_SET, *_ARCHIVING})
_MAIL = ("on_message_received", "on_message_sent")
_NO_RECORD_LEFT = ("mail_post", "followers", "remove_followers", "next_activity", "sms")
_DONE = "__action_done"
"""Context key: by rule, the records it has run on; a rule does not set itself off."""


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

    @api.compute("filter_domain")
    def _compute_filter_domain(self) -> None:
        for rule in self:
            rule.filter_domain = rule._watched_domain() or rule.filter_domain

    @api.compute("filter_pre_domain")
    def _compute_filter_pre_domain(self) -> None:
        for rule in self:
            tagged = rule.trigger == "on_tag_set" and rule.trg_field_ref
            rule.filter_pre_domain = f"[('tag_ids', 'not in', [{rule.trg_field_ref}])]" if tagged else False

    def _watched_domain(self) -> str:
        """The domain a trigger that watches a field stands for."""
        name = _SET.get(self.trigger)
        if self.trigger in _ARCHIVING:
            return f"[('active', '=', {_ARCHIVING[self.trigger]})]"
        if self.trigger == "on_user_set":
            return "[('user_id', '!=', False)]"
        if name and self.trg_selection_field_id:
            return f"[('{name}', '=', '{self.trg_selection_field_id.value}')]"
        if name and self.trg_field_ref:
            return f"[('{name}', 'in' if name == 'tag_ids' else '=', {self.trg_field_ref})]"
        return ""

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
        return rules

    def write(self, vals: dict[str, Any]) -> bool:
        """Change rules at once."""
        super().write(vals)
        self._forget()
        return True

    def unlink(self) -> bool:
        """Delete rules at once."""
        super().unlink()
        self._forget()
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
        names = {
            "uid": self.env.uid,
            "user": self.env.user,
            "datetime": datetime,
            "context_today": self.env.clock.today,
        }
        return records.sudo().filtered_domain(evaluate(str(domain), names)).with_env(records.env)

    def _run_on(self, records: Any) -> None:
        done: dict[int, list[int]] = dict(self.env.context.get(_DONE) or {})
        todo = records.browse(id for id in records.ids if id not in done.get(self.id, ()))
        if not todo:
            return
        done[self.id] = [*done.get(self.id, []), *todo.ids]
        for action in self.sudo().action_server_ids.sorted(lambda each: (each.sequence, each.id)):
            for record in todo:
                about = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids, _DONE: done}
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
        own = self.sudo().trigger_field_ids.mapped("name")
        return own or [_SET[self.trigger]] if self.trigger in _SET or own else []

    # ---------------------------------------------------------------- inbound webhooks

    def action_rotate_webhook_uuid(self) -> None:
        """Give the webhooks other addresses."""
        for rule in self:
            rule.webhook_uuid = str(uuid4())

    def _execute_webhook(self, payload: Mapping[str, Any]) -> None:
        """Run the actions on the record the payload leads to. Raises what finding it or the actions raise."""
        names = {"env": self.env, "model": self.env[self.model_name], "payload": payload, "datetime": datetime}
        if self.log_webhook_calls:
            self._log(f"Webhook #{self.id} triggered with payload {dict(payload)}", "INFO")
        try:
            record = evaluate(self.record_getter, names) if self.record_getter else self.env[self.model_name]
            if not record or not record.exists():
                raise ValidationError("No record to run the automation on was found.")
            self._run_on(record)
        except Exception as error:
            if self.log_webhook_calls:
                self._log(f"Webhook #{self.id} failed: {error}", "ERROR")
            raise

    def _log(self, message: str, level: str) -> None:
        about = {"name": "Webhook Log", "type": "server", "dbname": "", "level": level, "func": "", "line": ""}
        self.env["ir.logging"].sudo().create([{**about, "message": message, "path": f"base_automation({self.id},)"}])


_RULES = "automation rules"
"""Where a transaction keeps the rules: by model, (trigger, id)."""
