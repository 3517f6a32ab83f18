"""ir.webhook.delivery: the outbox, written in the transaction of the change it tells of."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any, ClassVar

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.orm.sql import SQL

__all__ = ["IrWebhookDelivery"]

_STATES = [("pending", "Pending"), ("done", "Delivered"), ("dead", "Given Up")]
_COLUMNS = ("id", "webhook_id", "event", "model", "res_id", "payload", "state", "attempts", "due", "noted", "held")


class IrWebhookDelivery(models.Model):
    """One event for one webhook. Its payload is read when the transaction ends, of deleted records at once."""

    _name = "ir.webhook.delivery"
    _description = "Webhook Delivery"
    _order = "id desc"
    _open_to: ClassVar[str] = "base.group_system"

    webhook_id = fields.Many2one("ir.webhook", "Webhook", ondelete="cascade", index=True)
    event = fields.Char("Event")
    model = fields.Char("Model")
    res_id = fields.Integer("Record", index=True)
    payload = fields.Text("Payload")
    state = fields.Selection(_STATES, "State", default="pending")
    attempts = fields.Integer("Attempts")
    due = fields.Float("Due (seconds of the epoch)")
    noted = fields.Float("Noted (seconds of the epoch)")
    claimed = fields.Float("Claimed until (seconds of the epoch)")
    held = fields.Integer("May be overtaken")
    status = fields.Integer("Last Status")
    error = fields.Char("Last Error")

    @api.model
    def _put(self, webhook: Any, records: Any, event: str) -> None:
        """Note an event of each record; those of one transaction become one when it ends."""
        self._ensure_table()
        env = self.env
        env.flush()
        now = env.clock.now().replace(tzinfo=UTC).timestamp()
        gone = event == "unlink"
        ids = env.transaction.reserve(len(records))
        rows = [
            (id, webhook.id, event, record._name, record.id, _text(webhook, record) if gone else None)
            for id, record in zip(ids, records, strict=True)
        ]
        marks = ", ".join("?" * len(_COLUMNS))
        statement = f"INSERT INTO ir_webhook_delivery ({', '.join(_COLUMNS)}) VALUES ({marks})"
        env.cr.executemany(statement, [(*row, "pending", 0, now, now, 0) for row in rows])
        env.transaction.before_commit.setdefault("webhooks", lambda: self._complete_events())

    def _complete_events(self) -> None:
        """Read the payloads of what this transaction noted, and tell of it once it is committed."""
        cr, registry = self.env.cr, self.env.registry
        kept: dict[tuple[int, int], int] = {}
        unread = "SELECT id, webhook_id, model, res_id FROM ir_webhook_delivery WHERE payload IS NULL ORDER BY id"
        for id, webhook_id, model, res_id in cr.execute(SQL(unread)):
            text = None
            if kept.setdefault((webhook_id, res_id), id) == id:
                record = self.env[model].sudo().with_context(active_test=False).browse(res_id).exists()
                text = _text(self.env["ir.webhook"].sudo().browse(webhook_id), record) if record else None
            if text is None:  # the same event again, or the record is gone
                cr.execute(SQL("DELETE FROM ir_webhook_delivery WHERE id = %s", id))
            else:
                cr.execute(SQL("UPDATE ir_webhook_delivery SET payload = %s WHERE id = %s", text, id))
        registry.outbox.before_commit(self.env)
        self.env.after_commit(registry.outbox.committed)


def _text(webhook: Any, record: Any) -> str:
    return json.dumps(webhook._content_of(record), default=str)
