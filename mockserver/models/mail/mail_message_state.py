"""What a message is to whoever reads it."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["MailMessageState"]


class MailMessageState(models.Model):
    """Own, starred, still to be read, or failed to arrive."""

    _inherit = "mail.message"

    @api.compute("starred", "is_current_user_or_guest_author")
    def _compute_starred(self) -> None:
        me = self.env.user.partner_id
        for message in self:
            message.starred = me in message.sudo().starred_partner_ids
            message.is_current_user_or_guest_author = message.author_id == me

    @api.compute("needaction", "has_error", "has_sms_error")
    def _compute_notified(self) -> None:
        me = self.env.user.partner_id
        for message in self:
            sent = message.sudo().notification_ids
            failed = sent.filtered(lambda each: each.notification_status in ("bounce", "exception"))
            message.needaction = any(each.res_partner_id == me and not each.is_read for each in sent)
            message.has_error = any(each.author_id == me for each in failed)
            message.has_sms_error = any(each.notification_type == "sms" for each in failed)
