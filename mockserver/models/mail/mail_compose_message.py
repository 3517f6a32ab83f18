"""The composer: a message about one record or several, as the web client writes it."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["MailComposeMessage"]


class MailComposeMessage(models.TransientModel):
    """Posts what was written; it is HTML, as the editor makes it."""

    _inherit = "mail.compose.message"

    def action_send_mail(self) -> dict[str, Any]:
        """Post the message on each record. Mass mailing and templates are not simulated."""
        for wizard in self:
            if wizard.composition_mode != "comment" or wizard.template_id:
                raise NotImplementedError("not simulated by Fauxdoo: mails from templates or to many")
            for record in self.env[wizard.model].browse(wizard._ids_to_write_to()):
                wizard._post_on(record)
        return {"type": "ir.actions.act_window_close"}

    def _ids_to_write_to(self) -> list[int]:
        """The ids that `res_ids` holds as text; raises ValidationError for anything else."""
        text = self.res_ids or "[]"
        with suppress(ValueError):
            ids = json.loads(text)
            if isinstance(ids, list) and all(type(id) is int for id in ids):
                return ids
        raise ValidationError(f"Invalid res_ids {text} (type {type(text).__name__})")

    def _post_on(self, record: Any) -> None:
        subtype = self.subtype_id or self.env.ref("mail.mt_comment")
        record.message_post(
            body=self.body or "",
            body_is_html=True,
            subject=self.subject,
            message_type=self.message_type or "comment",
            subtype_id=subtype.id,
            partner_ids=self.partner_ids.ids,
            attachment_ids=self.attachment_ids.ids,
        )
