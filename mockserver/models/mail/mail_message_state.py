"""What a message is to whoever reads it."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["MailMessageState"]

_FAILED = ["bounce", "exception"]
"""States of notifications that did not arrive."""


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
        failed = [("notification_status", "in", _FAILED)]
        own = [("author_id", "=", self.env.user.partner_id.id)]
        return ["&", *own, ("notification_ids", "any" if asks_yes(operator, value) else "not any", failed)]

    @api.compute("needaction", "has_error")
    def _compute_notified(self) -> None:
        me = self.env.user.partner_id
        for message in self:
            sent = message.sudo().notification_ids
            failed = sent.filtered(lambda each: each.notification_status in _FAILED)
            message.needaction = any(each.res_partner_id == me and not each.is_read for each in sent)
            message.has_error = any(each.author_id == me for each in failed)

    def toggle_message_starred(self) -> None:
        """Star the message, or take the star away."""
        self.check_access("read")
        me = self.env.user.partner_id
        for message in self.sudo():
            message.write({"starred_partner_ids": [(3 if me in message.starred_partner_ids else 4, me.id)]})

    @api.model
    def unstar_all(self) -> None:
        """Take all of the user's stars away."""
        me = self.env.user.partner_id
        self.sudo().search([("starred_partner_ids", "in", me.ids)]).write({"starred_partner_ids": [(3, me.id)]})

    def set_message_done(self) -> None:
        """Mark the messages as read, for the user."""
        self._unread([("mail_message_id", "in", self.ids)]).write({"is_read": True})

    @api.model
    def mark_all_as_read(self, domain: list[Any] | None = None) -> list[int]:
        """Mark all messages (of a domain) as read, for the user; ids of those that were marked."""
        if domain:
            messages = self.search(domain)
            messages.set_message_done()
            return list(messages.ids)
        unread = self._unread([])
        unread.write({"is_read": True})
        return list(unread.mail_message_id.ids)

    def _unread(self, domain: list[Any]) -> Any:
        mine = [("res_partner_id", "=", self.env.user.partner_id.id), ("is_read", "=", False)]
        return self.env["mail.notification"].sudo().search([*mine, *domain])
