"""Server actions that plan activities, and have contacts follow records."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.dates import later

__all__ = ["IrActionsServer"]

_FOLLOWING = ("followers", "remove_followers")
_ON_SAVED = ("mail_post", *_FOLLOWING, "next_activity")


class IrActionsServer(models.Model):
    """Messages made of templates are not simulated; without a template such an action does nothing."""

    _inherit = "ir.actions.server"

    def _own_name(self) -> str:
        """The name of an action that was given none."""
        if self.state == "mail_post" and self.template_id:
            return f"Send {self.template_id.name}"
        if self.state == "next_activity" and self.activity_type_id:
            return f"Create {self.activity_type_id.name}"
        name: str = super()._own_name()  # type: ignore[misc]
        return name

    # ---------------------------------------------------------------- what follows from the kind

    @api.compute("mail_post_method")
    def _compute_mail_post_method(self) -> None:
        for action in self:
            action.mail_post_method = "comment" if action.state == "mail_post" else False

    @api.compute("mail_post_autofollow")
    def _compute_mail_post_autofollow(self) -> None:
        for action in self:
            action.mail_post_autofollow = action.state == "mail_post" and action.mail_post_method != "email"

    @api.compute("template_id")
    def _compute_template_id(self) -> None:
        for action in self:
            if action.state != "mail_post" or action.template_id.model_id != action.model_id:
                action.template_id = False

    @api.compute("followers_type")
    def _compute_followers_type(self) -> None:
        for action in self:
            asked = action.model_id and action.state in _FOLLOWING
            action.followers_type = (action.followers_type or "specific") if asked else False

    @api.together
    @api.compute("followers_partner_field_name", "partner_ids")
    def _compute_followers_info(self) -> None:
        for action in self:
            if action.followers_type != "specific":
                action.partner_ids = False
            generic = action.followers_type == "generic"
            action.followers_partner_field_name = action._link_to("res.partner", "partner_id") if generic else False

    @api.together
    @api.compute(
        "activity_note", "activity_date_deadline_range", "activity_date_deadline_range_type", "activity_user_type"
    )
    def _compute_activity_info(self) -> None:
        for action in self:
            if not action.model_id or action.state != "next_activity":
                action.activity_note = action.activity_date_deadline_range = action.activity_user_type = False
                action.activity_date_deadline_range_type = False
                continue
            action.activity_summary = action.activity_summary or action.activity_type_id.summary
            action.activity_date_deadline_range_type = action.activity_date_deadline_range_type or "days"
            action.activity_user_type = action.activity_user_type or "specific"

    @api.together
    @api.compute("activity_user_field_name", "activity_user_id")
    def _compute_activity_user_info(self) -> None:
        for action in self:
            if action.activity_user_type != "specific":
                action.activity_user_id = False
            generic = action.activity_user_type == "generic"
            action.activity_user_field_name = action._link_to("res.users", "user_id") if generic else False

    def _link_to(self, model: str, preferred: str) -> str | bool:
        """The name of a field of the action's model that links to another model."""
        known = self.env.registry[self.model_id.model]._fields
        names = sorted(name for name, field in known.items() if field.comodel_name == model)
        return preferred if preferred in names else next(iter(names), False)

    def _warnings(self) -> list[str]:
        """Why the action cannot be run."""
        found: list[str] = super()._warnings()  # type: ignore[misc]
        state, model = self.state, self.model_id
        if self.activity_date_deadline_range < 0:
            found.append("The 'Due Date In' value can't be negative.")
        if state == "mail_post" and self.template_id and self.template_id.model_id != model:
            found.append("Mail template model of $(action_name)s does not match action model.")
        if state in _ON_SAVED and model.transient:
            found.append("This action cannot be done on transient models.")
        posts = state == "mail_post" and self.mail_post_method != "email"
        if (state in _FOLLOWING or posts) and not model.is_mail_thread:
            found.append("This action can only be done on a mail thread models")
        if state == "next_activity" and not model.is_mail_activity:
            found.append("A next activity can only be planned on models that use activities.")
        if state in _FOLLOWING and self.followers_type == "generic":
            found += self._wrong_end("followers_partner_field_name", "res.partner", "partner")
        if state == "next_activity" and self.activity_user_type == "generic":
            found += self._wrong_end("activity_user_field_name", "res.users", "user")
        return found

    def _wrong_end(self, name: str, model: str, word: str) -> list[str]:
        chain = self._chain(name)
        labels = " > ".join(field.string for field in chain)
        return [f"The field '{labels}' is not a {word} field."] if chain and chain[-1].comodel_name != model else []

    # ---------------------------------------------------------------- running

    def _named_records(self) -> Any:
        context = self.env.context
        return self.env[self.model_id.model].browse(context.get("active_ids", context.get("active_id")) or [])

    def _followers_for(self, records: Any) -> list[int]:
        specific = self.followers_type == "specific"
        partners = self.partner_ids if specific else records.mapped(self.followers_partner_field_name)
        ids: list[int] = partners.ids
        return ids

    def _run_action_followers_multi(self, names: dict[str, Any]) -> None:
        records = self._named_records()
        records.message_subscribe(partner_ids=self._followers_for(records))

    def _run_action_remove_followers_multi(self, names: dict[str, Any]) -> None:
        records = self._named_records()
        records.message_unsubscribe(partner_ids=self._followers_for(records))

    def _run_action_mail_post_multi(self, names: dict[str, Any]) -> None:
        self._refuse(self.template_id)

    def _run_action_sms_multi(self, names: dict[str, Any]) -> None:
        self._refuse(self.sms_template_id)

    def _refuse(self, template: Any) -> None:
        if template and self._named_records():
            raise UserError("Messages made of templates are not simulated by Fauxdoo.")

    def _run_action_next_activity(self, names: dict[str, Any]) -> None:
        if not self.activity_type_id:
            return
        values = {"summary": self.activity_summary or "", "note": self.activity_note or ""}
        values["activity_type_id"] = self.activity_type_id.id
        if self.activity_date_deadline_range > 0:
            unit = self.activity_date_deadline_range_type or "days"
            values["date_deadline"] = later(self.env.clock.today(), self.activity_date_deadline_range, unit)
        for record in self._named_records():
            user = self.activity_user_id if self.activity_user_type == "specific" else None
            if self.activity_user_type == "generic" and self.activity_user_field_name in record._fields:
                user = record[self.activity_user_field_name]
            record.activity_schedule(**values, **({"user_id": user.ids[0]} if user else {}))
