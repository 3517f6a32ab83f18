"""Messages on records."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, fields, models

__all__ = ["MailMessage"]


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

    @api.compute("preview")
    def _compute_preview(self) -> None:
        for message in self:
            message.preview = False

    def _compute_display_name(self) -> None:
        for message in self:
            message.display_name = message.subject or f"mail.message,{message.id}"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make messages; without an author they are the current user's."""
        author = self.env.user.partner_id.id
        return super().create([{"author_id": author, **vals} for vals in vals_list])
