"""What a message is to whoever reads it."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

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

    @api.search("starred")
    def _search_starred(self, operator: str, value: Any) -> list[Any]:
        return [("starred_partner_ids", "in" if asks_yes(operator, value) else "not in", self.env.user.partner_id.ids)]

    @api.search("needaction")
    def _search_needaction(self, operator: str, value: Any) -> list[Any]:
        mine = [("res_partner_id", "=", self.env.user.partner_id.id), ("is_read", "=", False)]
        return [("notification_ids", "any" if asks_yes(operator, value) else "not any", mine)]

    @api.search("has_error")
    def _search_has_error(self, operator: str, value: Any) -> list[Any]:
        failed = [("notification_status", "in", ["bounce", "exception"])]
        own = [("author_id", "=", self.env.user.partner_id.id)]
        return ["&", *own, ("notification_ids", "any" if asks_yes(operator, value) else "not any", failed)]

    @api.compute("needaction", "has_error")
    def _compute_notified(self) -> None:
        me = self.env.user.partner_id
        for message in self:
            sent = message.sudo().notification_ids
            failed = sent.filtered(lambda each: each.notification_status in ("bounce", "exception"))
            message.needaction = any(each.res_partner_id == me and not each.is_read for each in sent)
            message.has_error = any(each.author_id == me for each in failed)
