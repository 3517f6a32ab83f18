"""Records that activities are about."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["MailActivityMixin"]

_URGENCY = ("overdue", "today", "planned")


class MailActivityMixin(models.AbstractModel):
    """The next activity of a record, and what to do with all of them."""

    _name = "mail.activity.mixin"

    # ---------------------------------------------------------------- the next one

    @api.compute("activity_state")
    def _compute_activity_state(self) -> None:
        for record in self:
            states = record.activity_ids.mapped("state")
            record.activity_state = next((state for state in _URGENCY if state in states), False)

    @api.compute("activity_date_deadline")
    def _compute_activity_date_deadline(self) -> None:
        for record in self:
            record.activity_date_deadline = record.activity_ids[:1].date_deadline

    @api.compute("my_activity_date_deadline")
    def _compute_my_activity_date_deadline(self) -> None:
        for record in self:
            mine = record.activity_ids.filtered(lambda activity: activity.user_id == self.env.user)
            record.my_activity_date_deadline = mine[:1].date_deadline

    @api.compute("activity_user_id")
    def _compute_activity_user_id(self) -> None:
        for record in self:
            record.activity_user_id = record.activity_ids[:1].user_id

    @api.search("activity_date_deadline")
    def _search_activity_date_deadline(self, operator: str, value: Any) -> Any:
        return _by_activities(operator, value, [("date_deadline", operator, value)])

    @api.search("my_activity_date_deadline")
    def _search_my_activity_date_deadline(self, operator: str, value: Any) -> Any:
        mine = [("user_id", "=", self.env.uid), ("date_deadline", operator, value)]
        return _by_activities(operator, value, mine)

    @api.search("activity_user_id")
    def _search_activity_user_id(self, operator: str, value: Any) -> Any:
        return _by_activities(operator, value, [("user_id", operator, value)])

    @api.search("activity_state")
    def _search_activity_state(self, operator: str, value: Any) -> list[Any]:
        plain = isinstance(value, str) or not hasattr(value, "__iter__")
        wanted = {value or False} if plain else {each or False for each in value}
        found: dict[int, set[str]] = {}
        for activity in self.env["mail.activity"].sudo().search([("res_model", "=", self._name)]):
            found.setdefault(activity.res_id, set()).add(activity.state)
        first = {id: next(state for state in _URGENCY if state in states) for id, states in found.items()}
        positive = operator in ("=", "in")
        if False in wanted:
            others = [id for id, state in first.items() if state not in wanted]
            return [("id", "not in" if positive else "in", others)]
        return [("id", "in" if positive else "not in", [id for id, state in first.items() if state in wanted])]

    # ---------------------------------------------------------------- planning and finishing

    def activity_schedule(
        self,
        act_type_xmlid: str = "",
        date_deadline: Any = None,
        summary: str = "",
        note: str = "",
        **act_values: Any,
    ) -> Any:
        """Plan an activity on each record, of the type with the xmlid (or the first one); the activities."""
        kind = self._activity_type(act_type_xmlid, act_values.pop("activity_type_id", False))
        common = {
            "activity_type_id": kind.id,
            "summary": summary or kind.summary,
            "note": note or kind.default_note,
            "date_deadline": date_deadline or self.env.clock.today(),
            "automated": True,
            "res_model_id": self.env["ir.model"].sudo()._id_of(self._name),
            "user_id": kind.default_user_id.id,
        }
        return self.env["mail.activity"].create([{**common, "res_id": record.id, **act_values} for record in self])

    def _activity_type(self, xmlid: str, id: Any = False) -> Any:
        kinds = self.env["mail.activity.type"].sudo()
        named = self.env.ref(xmlid, raise_if_not_found=False) if xmlid else None
        default = kinds.browse(self.env["mail.activity"].default_get(["activity_type_id"]).get("activity_type_id"))
        return named or kinds.browse(id or []) or default

    def activity_search(
        self,
        act_type_xmlids: Any = "",
        user_id: Any = None,
        additional_domain: Any = None,
        only_automated: bool = True,
    ) -> Any:
        """The activities of these records of some types."""
        xmlids = [act_type_xmlids] if isinstance(act_type_xmlids, str) else act_type_xmlids
        kinds = [found.id for xmlid in xmlids if (found := self.env.ref(xmlid, raise_if_not_found=False))]
        domain: list[Any] = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        domain += [("activity_type_id", "in", kinds)]
        domain += [("automated", "=", True)] if only_automated else []
        domain += [("user_id", "=", user_id)] if user_id else []
        return self.env["mail.activity"].search([*domain, *(additional_domain or [])])

    def activity_feedback(
        self,
        act_type_xmlids: Any,
        user_id: Any = None,
        feedback: Any = None,
        attachment_ids: Any = None,
        only_automated: bool = True,
    ) -> bool:
        """Mark the records' activities of some types as done."""
        found = self.activity_search(act_type_xmlids, user_id=user_id, only_automated=only_automated)
        found.action_feedback(feedback=feedback, attachment_ids=attachment_ids)
        return True

    def activity_unlink(self, act_type_xmlids: Any, user_id: Any = None, only_automated: bool = True) -> bool:
        """Delete the records' activities of some types."""
        self.activity_search(act_type_xmlids, user_id=user_id, only_automated=only_automated).unlink()
        return True

    def activity_reschedule(
        self,
        act_type_xmlids: Any,
        user_id: Any = None,
        date_deadline: Any = None,
        new_user_id: Any = None,
        only_automated: bool = True,
    ) -> Any:
        """Give the records' activities of some types another deadline or user."""
        found = self.activity_search(act_type_xmlids, user_id=user_id, only_automated=only_automated)
        given = {"date_deadline": date_deadline, "user_id": new_user_id}
        found.write({name: value for name, value in given.items() if value})
        return found

    def unlink(self) -> bool:
        """Delete records with their activities."""
        ids = self.ids
        super().unlink()
        if ids and self.env.registry.has_rows(self.env, "mail.activity"):
            activities = self.env["mail.activity"].sudo().with_context(active_test=False)
            activities.search([("res_model", "=", self._name), ("res_id", "in", ids)]).unlink()
        return True


def _by_activities(operator: str, value: Any, domain: list[Any]) -> Any:
    """Records with such an activity; unset means that there is none."""
    if operator.startswith("not"):
        return NotImplemented
    found = [("activity_ids", "any", domain)]
    return ["|", ("activity_ids", "=", False), *found] if operator == "in" and False in value else found
