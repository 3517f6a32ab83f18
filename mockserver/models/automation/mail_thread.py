"""Messages set off rules: those of customers as received, those of users as sent."""

from __future__ import annotations

from typing import Any, ClassVar

from fauxdoo.mockserver import models
from fauxdoo.mockserver.models.automation.base_automation import DONE

__all__ = ["MailThread"]

_TOLD = frozenset({"on_message_received", "on_message_sent"})
_QUIET = ("notification", "auto_comment", "user_notification")


class MailThread(models.AbstractModel):
    """The rules run after the message is there, unless a rule wrote it."""

    _inherit = "mail.thread"
    _outermost: ClassVar[bool] = True

    def message_post(self, **kwargs: Any) -> Any:
        """Write a message, then run the rules for it; notes and notifications set off none."""
        message = super().message_post(**kwargs)
        if DONE in self.env.context or not self._automations(_TOLD):
            return message
        known = message.sudo()
        if known.is_internal or known.subtype_id.internal or known.message_type in _QUIET:
            return message
        received = not known.author_id or known.author_id.partner_share
        for rule in self._automations(frozenset({"on_message_received" if received else "on_message_sent"})):
            rule.with_env(self.env)._run_on(rule._before(self))
        return message
