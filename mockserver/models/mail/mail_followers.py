"""Who follows a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["MailFollowers", "MailThreadFollowers"]


_IN_CHARGE = (
    "calendar.event",
    "crm.lead",
    "project.project",
    "purchase.order",
    "res.partner",
    "sale.order",
    "stock.picking",
)
"""Models whose `user_id` is told when it changes."""


class MailFollowers(models.Model):
    """A contact that follows a record."""

    _inherit = "mail.followers"
    _sql_messages = {
        "mail_followers_mail_followers_res_partner_res_model_id_uniq": (
            "Error, a partner cannot follow twice the same object."
        )
    }

    def _compute_display_name(self) -> None:
        for follower in self:
            follower.display_name = follower.partner_id.display_name


class MailThreadFollowers(models.AbstractModel):
    """Subscribing and unsubscribing."""

    _name = "mail.thread"

    @api.compute("message_partner_ids")
    def _compute_message_partner_ids(self) -> None:
        for record in self:
            record.message_partner_ids = record.sudo().message_follower_ids.partner_id

    @api.search("message_partner_ids")
    def _search_message_partner_ids(self, operator: str, value: Any) -> Any:
        if operator.startswith("not"):
            return NotImplemented
        return [("message_follower_ids.partner_id", operator, value)]

    @api.compute("message_is_follower")
    def _compute_message_is_follower(self) -> None:
        partner = self.env.user.partner_id
        for record in self:
            record.message_is_follower = partner in record.sudo().message_follower_ids.partner_id

    @api.search("message_is_follower")
    def _search_message_is_follower(self, operator: str, value: Any) -> list[Any]:
        domain = [("res_model", "=", self._name), ("partner_id", "=", self.env.user.partner_id.id)]
        followed = self.env["mail.followers"].sudo().search(domain).mapped("res_id")
        return [("id", "in" if asks_yes(operator, value) else "not in", followed)]

    def message_subscribe(self, partner_ids: Any = None, subtype_ids: Any = None) -> bool:
        """Let contacts follow the records; those that do not exist are left out (recorded in mail/followers)."""
        partners = self.env["res.partner"].sudo().browse(dict.fromkeys(partner_ids or [])).exists()
        self._check_following(partners)
        if self and partners:
            self._add_followers(partners, subtype_ids)
        return True

    def _follow_assigned(self, vals: Mapping[str, Any]) -> None:
        """Let the user who is put in charge follow."""
        user = vals.get("user_id") if self._name in _IN_CHARGE else None
        self._subscribe_users(self.env["res.users"].browse(user or []))

    def _subscribe_users(self, users: Any) -> None:
        """Let users follow, as far as they are active."""
        if active := users.sudo().exists().filtered("active"):
            self._add_followers(active.partner_id)

    def _check_following(self, partners: Any) -> None:
        """Who may see a record may follow it; who has others follow it has to be allowed to change it."""
        if self and partners:
            self.check_access("read" if partners.ids == self.env.user.partner_id.ids else "write")

    def _add_followers(self, partners: Any, subtype_ids: Any = None) -> None:
        followers = self.env["mail.followers"].sudo()
        known = followers.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        pairs = {(follower.res_id, follower.partner_id.id) for follower in known}
        subtypes = subtype_ids or self._default_subtypes()
        followers.create(
            [
                {"res_model": self._name, "res_id": id, "partner_id": partner, "subtype_ids": [(6, 0, subtypes)]}
                for id in self.ids
                for partner in partners.ids
                if (id, partner) not in pairs
            ]
        )
        self._modified(["message_follower_ids"])

    def _default_subtypes(self) -> list[int]:
        """Ids of the subtypes followers hear of unless they choose."""
        memo = self.env.transaction.memo
        key = ("default subtypes", self._name)
        if key not in memo:
            domain = [("default", "=", True), ("res_model", "in", [False, self._name])]
            memo[key] = self.env["mail.message.subtype"].sudo().search(domain).ids
        found: list[int] = memo[key]
        return found

    def message_unsubscribe(self, partner_ids: Any = None) -> None:
        """Let contacts no longer follow the records."""
        self._check_following(self.env["res.partner"].browse(partner_ids or []))
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("partner_id", "in", partner_ids or [])]
        self.env["mail.followers"].sudo().search(domain).unlink()
