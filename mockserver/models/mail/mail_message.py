"""Messages on records."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.models.base.documents import closed_documents

__all__ = ["MailMessage"]

_REFUSED = "The requested operation cannot be completed due to security restrictions."


class MailMessage(models.Model):
    """A message says who wrote it."""

    _inherit = "mail.message"

    notified_partner_ids = fields.Many2many(store=False, compute="_compute_notified_partner_ids")
    """Those of the notifications; in a real database both are one table."""

    def _compute_notified_partner_ids(self) -> None:
        for message in self:
            message.notified_partner_ids = message.sudo().notification_ids.res_partner_id

    @api.compute("record_name")
    def _compute_record_name(self) -> None:
        for message in self:
            record = message._record()
            message.record_name = record.sudo().display_name if record else False

    def _record(self) -> Any:
        """The record the message is on, None without one."""
        if not self["model"] or not self.res_id or self["model"] not in self.env:
            return None
        return self.env[self["model"]].browse(self.res_id).exists() or None

    def _kept_from_user(self, operation: str) -> Self:
        """Those that are neither on a record the user may use nor his own: written by him or, to read, for him.

        Internal messages are for internal users only.
        """
        mine = self.env.user.partner_id
        rest = [message for message in self.sudo() if not message._is_for(mine, operation)]
        documents = {message.id: (message["model"], message.res_id) for message in rest}
        closed = closed_documents(self.env, documents.values(), "read" if operation == "read" else "write")
        kept = [id for id, document in documents.items() if document in closed]
        if not self.env.user._is_internal():
            kept += [each.id for each in self.sudo() if each.is_internal or each.subtype_id.internal]
        return self.browse(dict.fromkeys(kept))

    def _is_for(self, partner: Any, operation: str) -> bool:
        if operation == "unlink":
            return False
        told = self.partner_ids | self.notified_partner_ids if operation == "read" else partner.browse()
        return partner in self.author_id | told

    @api.compute("preview")
    def _compute_preview(self) -> None:
        for message in self:
            message.preview = False

    def _compute_display_name(self) -> None:
        for message in self:
            message.display_name = message.subject or f"mail.message,{message.id}"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make messages, on records the user may write; without an author they are the current user's."""
        author = self.env.user.partner_id.id
        documents = [(vals["model"], vals["res_id"]) for vals in vals_list if vals.get("model") and vals.get("res_id")]
        if not self.env.su and closed_documents(self.env, documents, "write"):
            raise AccessError(_REFUSED)
        return super().create([{"author_id": author, **vals} for vals in vals_list])
