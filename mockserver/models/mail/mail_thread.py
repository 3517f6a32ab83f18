"""Conversations on records."""

from __future__ import annotations

import html
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["MailThread"]


class MailThread(models.AbstractModel):
    """Records that tell how they came to be, can be written about and followed."""

    _name = "mail.thread"
    _mail_post_access = "write"
    """What a user has to be allowed on a record to write about it."""

    # ---------------------------------------------------------------- what a record knows of it

    @api.compute("has_message")
    def _compute_has_message(self) -> None:
        for record in self:
            record.has_message = bool(record.sudo().message_ids)

    @api.search("has_message")
    def _search_has_message(self, operator: str, value: Any) -> list[Any]:
        return [("message_ids", "!=" if asks_yes(operator, value) else "=", False)]

    @api.compute("message_attachment_count")
    def _compute_message_attachment_count(self) -> None:
        attachments = self.env["ir.attachment"].sudo()
        for record in self:
            domain = [("res_model", "=", self._name), ("res_id", "=", record.id)]
            record.message_attachment_count = attachments.search_count(domain) if record.id else 0

    @api.compute("message_needaction", "message_needaction_counter")
    def _compute_message_needaction(self) -> None:
        for record in self:
            unread = record.sudo().message_ids.filtered("needaction")
            record.message_needaction, record.message_needaction_counter = bool(unread), len(unread)

    @api.compute("message_has_error", "message_has_error_counter")
    def _compute_message_has_error(self) -> None:
        for record in self:
            failed = record.sudo().message_ids.filtered("has_error")
            record.message_has_error, record.message_has_error_counter = bool(failed), len(failed)

    # ---------------------------------------------------------------- creating and deleting

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make records their creator follows, with a note that they were made."""
        context = self.env.context
        records = super().create(vals_list)
        if not records or context.get("tracking_disable") or self._transient:
            return records
        if not context.get("mail_create_nosubscribe") and self.env.user.active:
            records._add_followers(self.env.user.partner_id)
        for record, vals in zip(records, vals_list, strict=True):
            record._follow_assigned(vals)
        if not context.get("mail_create_nolog"):
            records._log_creation()
        return records

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; who is put in charge follows."""
        super().write(vals)
        if not self.env.context.get("tracking_disable"):
            self._follow_assigned(vals)
        return True

    def _log_creation(self) -> None:
        self._put_note(f"<p>{html.escape(self._creation_text())}</p>")

    def _put_note(self, body: str, **values: Any) -> Any:
        """Put a note on each record, which nobody is told of; the messages, in the order of the records."""
        same = {
            "model": self._name,
            "body": body,
            "message_type": "notification",
            "subtype_id": self.env.ref("mail.mt_note").id,
            "is_internal": True,
            "author_id": self.env.user.partner_id.id,
            **values,
        }
        return self.env["mail.message"].sudo().create([{**same, "res_id": id} for id in self.ids])

    def _creation_text(self) -> str:
        """What the note on a new record says."""
        return f"{self._description} created"

    def unlink(self) -> bool:
        """Delete records with their messages and followers."""
        ids = self.ids
        super().unlink()
        env = self.env(su=True)
        for model, name in (("mail.message", "model"), ("mail.followers", "res_model")):
            if ids and self.env.registry.has_rows(self.env, model):
                env[model].search([(name, "=", self._name), ("res_id", "in", ids)]).unlink()
        return True

    # ---------------------------------------------------------------- posting

    def message_post(
        self,
        *,
        body: str = "",
        subject: str | bool | None = False,
        message_type: str = "notification",
        email_from: str | None = None,
        author_id: int | None = None,
        parent_id: int | bool = False,
        subtype_xmlid: str | None = None,
        subtype_id: int | bool = False,
        partner_ids: Any = None,
        attachments: Any = None,
        attachment_ids: Any = None,
        body_is_html: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Write a message on a record; the text is escaped unless `body_is_html`. The message, a recordset of one."""
        self.ensure_one()
        if not self.exists():
            raise self._missing()
        self.check_access(self._mail_post_access)
        subtype = (
            self.env.ref(subtype_xmlid) if subtype_xmlid else self.env["mail.message.subtype"].browse(subtype_id or [])
        )
        subtype = subtype or self.env.ref("mail.mt_note")
        message = (
            self.env["mail.message"]
            .sudo()
            .create(
                {
                    "model": self._name,
                    "res_id": self.id,
                    "body": body if body_is_html or not body else f"<p>{html.escape(body, quote=False)}</p>",
                    "subject": subject or False,
                    "message_type": message_type,
                    "subtype_id": subtype.id,
                    "is_internal": subtype.internal,
                    "author_id": author_id or self.env.user.partner_id.id,
                    "email_from": email_from or self._own_address(),
                    "parent_id": parent_id,
                    "partner_ids": [(6, 0, list(partner_ids or []))],
                    "attachment_ids": [(6, 0, self._files(attachments, attachment_ids).ids)],
                    **{name: value for name, value in kwargs.items() if name in self.env["mail.message"]._fields},
                }
            )
        )
        self._notify(message, subtype)
        return message.with_env(self.env)

    def _own_address(self) -> str | bool:
        """The address that messages of the user come from."""
        return self.env.user.partner_id.email_formatted or False

    def _files(self, attachments: Any, ids: Any) -> Any:
        """Attachments of a message: those of some ids, and new ones of (name, content…)."""
        files = self.env["ir.attachment"].sudo().browse(ids or [])
        files |= files.create([self._file(*attachment[:2]) for attachment in attachments or []])
        files.filtered(lambda each: each.res_model == "mail.compose.message").write(
            {"res_model": self._name, "res_id": self.id}
        )
        return files

    def _file(self, name: str, content: Any) -> dict[str, Any]:
        raw = content.encode() if isinstance(content, str) else content
        return {"name": name, "raw": raw, "res_model": self._name, "res_id": self.id}

    def _notify(self, message: Any, subtype: Any) -> None:
        """Tell those the message is for and, unless it is a note, the followers of its kind; never the author."""
        told = message.partner_ids
        if not subtype.internal:
            followers = self.sudo().message_follower_ids
            told |= followers.filtered(lambda each: subtype in each.subtype_ids).partner_id
        self.env["mail.notification"].sudo().create(
            [_notification(message, partner) for partner in told - message.author_id]
        )


def _notification(message: Any, partner: Any) -> dict[str, Any]:
    """Contacts without a user, and users who want it so, hear by e-mail."""
    by_mail = all(user.notification_type == "email" for user in partner.user_ids)
    return {
        "mail_message_id": message.id,
        "res_partner_id": partner.id,
        "author_id": message.author_id.id,
        "notification_type": "email" if by_mail else "inbox",
        "notification_status": "sent",
        "is_read": by_mail,
    }
