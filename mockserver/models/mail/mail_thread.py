"""Conversations: messages and followers of records."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models

__all__ = ["MailThread"]


class MailThread(models.AbstractModel):
    """Records that can be written about and followed."""

    _name = "mail.thread"

    def message_subscribe(self, partner_ids: Any = None, subtype_ids: Any = None) -> bool:
        """Let contacts follow the records."""
        followers = self.env["mail.followers"].sudo()
        for record in self:
            mine = [("res_model", "=", self._name), ("res_id", "=", record.id)]
            known = set(followers.search(mine).partner_id.ids)
            followers.create(
                [
                    {"res_model": self._name, "res_id": record.id, "partner_id": partner}
                    for partner in dict.fromkeys(partner_ids or [])
                    if partner not in known
                ]
            )
        return True
