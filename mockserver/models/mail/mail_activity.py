"""Activities: what is to be done about a record, by whom, until when."""

from __future__ import annotations

import html
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.base.documents import closed_documents
from fauxdoo.mockserver.orm.dates import later

__all__ = ["MailActivity"]


class MailActivity(models.Model):
    """Done activities are archived and leave a message."""

    _inherit = "mail.activity"
    _sql_messages = {
        "mail_activity_check_res_id_is_set_if_model": (
            "Activities have to be linked to records with a not null res_id."
        ),
        "mail_activity_check_user_id_is_set_if_model": "Activities must be assigned if not attached to a document.",
    }

    @api.default("activity_type_id")
    def _default_activity_type_id(self) -> Any:
        return self.env["mail.activity.type"].sudo().search([("res_model", "=", False)], limit=1)

    @api.onchange("activity_type_id")
    def _onchange_activity_type_id(self) -> None:
        """A type brings its summary, note and user, and the day by which such things are done."""
        kind = self.activity_type_id
        if not kind:
            return
        for name, value in (("summary", kind.summary), ("note", kind.default_note)):
            self[name] = value or self[name]
        self.user_id = kind.default_user_id or self.env.user
        self.date_deadline = later(self.env.clock.today(), kind.delay_count, kind.delay_unit)

    @api.compute("res_name")
    @api.depends("res_model", "res_id")
    def _compute_res_name(self) -> None:
        for activity in self:
            record = activity._record()
            activity.res_name = record.display_name if record else False

    def _record(self) -> Any:
        """The record the activity is about, None without one."""
        if not self.res_model or not self.res_id:
            return None
        return self.env[self.res_model].browse(self.res_id).exists() or None

    def _kept_from_user(self, operation: str) -> Self:
        """Those of others on records the user may not use."""
        others = [activity for activity in self.sudo() if activity.user_id.id != self.env.uid]
        documents = {activity.id: (activity.res_model, activity.res_id) for activity in others}
        closed = closed_documents(self.env, documents.values(), "read" if operation == "read" else "write")
        return self.browse([id for id, document in documents.items() if document in closed])

    @api.compute("state")
    def _compute_state(self) -> None:
        today = self.env.clock.today()
        for activity in self:
            activity.state = _state(activity.date_deadline, today) if activity.active else "done"

    @api.compute("date_done")
    @api.depends("active")
    def _compute_date_done(self) -> None:
        for activity in self:
            activity.date_done = False if activity.active else self.env.clock.today()

    @api.compute("can_write")
    def _compute_can_write(self) -> None:
        for activity in self:
            activity.can_write = activity.has_access("write")

    def _compute_display_name(self) -> None:
        for activity in self:
            activity.display_name = activity.summary or activity.activity_type_id.display_name or ""

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make activities; their records know them."""
        activities = super().create(vals_list)
        self.env.transaction.forget_computed()
        return activities

    def action_done(self) -> int | bool:
        """Mark as done; the id of the message that says so."""
        return self.action_feedback()

    def action_feedback(self, feedback: str | bool = False, attachment_ids: Any = None) -> int | bool:
        """Mark as done with a comment; the id of the last message that says so, False without a record."""
        messages = [activity._post_done(feedback, attachment_ids) for activity in self]
        self.write({"active": False, **({"feedback": feedback} if feedback else {})})
        last: int | bool = messages[-1] if messages else False
        return last

    def action_feedback_schedule_next(self, feedback: str | bool = False, attachment_ids: Any = None) -> dict[str, Any]:
        """Mark as done with a comment; an action of the web client that asks for the next activity."""
        context = {
            **self.env.context,
            "default_previous_activity_type_id": self.activity_type_id.id,
            "activity_previous_deadline": self.date_deadline,
            "default_res_id": self.res_id,
            "default_res_model": self.res_model,
        }
        self.action_feedback(feedback, attachment_ids)
        return {
            "name": "Schedule an Activity",
            "context": context,
            "view_mode": "form",
            "res_model": "mail.activity",
            "views": [(False, "form")],
            "type": "ir.actions.act_window",
            "target": "new",
        }

    def action_done_schedule_next(self) -> dict[str, Any]:
        """The same without a comment."""
        return self.action_feedback_schedule_next()

    def _post_done(self, feedback: str | bool, attachment_ids: Any) -> int | bool:
        record = self._record()
        if not record or not hasattr(record, "message_post"):
            return False
        message = record.message_post(
            body=self._done_text(feedback),
            body_is_html=True,
            subtype_xmlid="mail.mt_activities",
            mail_activity_type_id=self.activity_type_id.id,
            attachment_ids=attachment_ids or [],
        )
        return int(message.id)

    def _done_text(self, feedback: str | bool) -> str:
        """The markup of the message, as recorded in mail/activity-schedule."""
        kind, summary = html.escape(self.activity_type_id.name or ""), html.escape(self.summary or "")
        icon = f"fa {self.icon} fa-fw" if self.icon else "fa fa-fw"
        lines = [f'        <span class="{icon}"></span><span>{kind}</span> done']
        lines += [f"        <span>: </span><span>{summary}</span>"] if summary else []
        text = "<div>\n    <p>\n" + "\n".join(lines) + "\n    </p>\n"
        if feedback:
            text += (
                '    <div>\n        <div class="fw-bold">Feedback:</div>\n'
                f"            {html.escape(str(feedback), quote=False)}\n    </div>\n"
            )
        return f"{text}</div>"


def _state(deadline: Any, today: Any) -> str:
    if deadline == today:
        return "today"
    return "overdue" if deadline < today else "planned"
