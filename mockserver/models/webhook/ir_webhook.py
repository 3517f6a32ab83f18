"""ir.webhook: which changes of which model are sent where, and with which secret they are signed."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores.base import Kind

__all__ = ["IrWebhook"]

_HIDDEN = "********"
"""What is read of a secret."""
_TRIGGERS = [("create", "Create"), ("write", "Write"), ("unlink", "Unlink"), ("method", "Method")]


class IrWebhook(models.Model):
    """Settings → Technical → Webhooks of the guide: administrators configure them."""

    _name = "ir.webhook"
    _description = "Webhook"
    _order = "id"
    _open_to: ClassVar[str] = "base.group_system"

    name = fields.Char("Name", required=True)
    active = fields.Boolean("Active", default=True)
    model = fields.Char("Model", required=True)
    trigger = fields.Selection(_TRIGGERS, "Trigger", required=True, default="write")
    method = fields.Char("Method")
    url = fields.Char("Endpoint URL", required=True)
    secret = fields.Char("Secret", compute="_compute_secret", inverse="_inverse_secret", copy=False)
    domain = fields.Char("Domain", default="[]")
    max_attempts = fields.Integer("Maximal Attempts", default=8)
    timeout = fields.Float("Timeout", default=5.0)
    fields = fields.Char("Fields")
    _hidden_columns: ClassVar[Mapping[str, Kind]] = {"secret_value": "text"}
    """The secret itself, which nobody reads back."""

    # ---------------------------------------------------------------- configuration

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make webhooks; without a name they are called after model and trigger."""
        return super().create([{"name": _name_of(vals), **vals} for vals in vals_list])

    def _compute_secret(self) -> None:
        self._ensure_table()
        rows = self.env.cr.execute(SQL("SELECT id FROM ir_webhook WHERE secret_value IS NOT NULL"))
        kept = {row[0] for row in rows}
        for webhook in self:
            webhook.secret = _HIDDEN if webhook.id in kept else False

    def _inverse_secret(self) -> None:
        for webhook in self:
            if webhook.secret != _HIDDEN:  # the mask, written back, is no new secret
                self.env.flush()
                statement = "UPDATE ir_webhook SET secret_value = %s WHERE id = %s"
                self.env.cr.execute(SQL(statement, webhook.secret or None, webhook.id))

    @api.constrains("model", "trigger", "method", "url", "domain", "fields", "max_attempts", "timeout")
    def _check_webhook(self) -> None:
        for webhook in self:
            if message := webhook._complaint():
                raise ValidationError(message)

    def _complaint(self) -> str:
        if self.model not in self.env.registry or self.env.registry[self.model]._abstract:
            return f"Webhook: there is no model {self.model!r}."
        if self.trigger == "method" and not self.method:
            return "Webhook: name the method that triggers it."
        if urlsplit(self.url).scheme not in ("http", "https") or not urlsplit(self.url).hostname:
            return "Webhook: the endpoint is no http:// or https:// URL."
        unknown = [name for name in self._names() if name not in self.env.registry[self.model]._fields]
        if unknown:
            return f"Webhook: {self.model} has no field {unknown[0]!r}."
        if self.max_attempts < 1 or not 0 < self.timeout <= 60:
            return "Webhook: one attempt at least, and a timeout of up to 60 seconds."
        return self._complaint_about_domain()

    def _complaint_about_domain(self) -> str:
        try:
            self.env[self.model].sudo().search_count(self._condition())
        except Exception as error:
            return f"Webhook: the domain cannot be evaluated: {error}"
        return ""

    def _condition(self) -> list[Any]:
        found = ast.literal_eval(self.domain or "[]")
        if not isinstance(found, list):
            raise ValueError(f"no list: {self.domain}")
        return found

    def _names(self) -> list[str]:
        """The names of the fields that are sent, as they stand between commas."""
        return [name.strip() for name in (self.fields or "").split(",") if name.strip()]

    # ---------------------------------------------------------------- events

    @api.model
    def _of_model(self, model: str, trigger: str) -> Self:
        """The active webhooks for a model and a trigger; looked up once per transaction."""
        memo = self.env.transaction.memo
        key = ("webhooks", model, trigger)
        if key not in memo:
            kind, _, method = trigger.partition(":")
            domain = [("model", "=", model), ("trigger", "=", kind)] + ([("method", "=", method)] if method else [])
            memo[key] = tuple(self.sudo().search(domain).ids)
        return self.sudo().browse(memo[key])

    def _note(self, records: Any, event: str) -> None:
        """Put an event of each of the records that the domain lets through into the outbox."""
        chosen = records.sudo().with_context(active_test=False).exists()
        if self._condition():
            chosen = chosen.filtered_domain(self._condition())
        if chosen:
            self.env["ir.webhook.delivery"].sudo()._put(self, chosen, event)

    def _content_of(self, record: Any) -> dict[str, Any]:
        """The configured fields as a client reads them, many2one as ids."""
        names = self._names()
        if not names:
            return {}
        (row,) = record.sudo().read(names, load=None)
        return {name: row[name] for name in names}


def _name_of(vals: dict[str, Any]) -> str:
    return f"{vals.get('model') or 'Webhook'} {vals.get('method') or vals.get('trigger') or 'write'}"
