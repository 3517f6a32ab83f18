"""Personal stages: where each of a task's users has put it for themselves."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.domain import Domain
from fauxdoo.mockserver.orm.operators import ANY, NEGATIVE

__all__ = ["ProjectTaskPersonal"]

_STAGES = ("Inbox", "Today", "This Week", "This Month", "Later", "Done", "Cancelled")
_FOLDED = ("Done", "Cancelled")


class ProjectTaskPersonal(models.Model):
    """A task comes into the first stage of who is assigned; who has no stages gets them (recorded in project/tasks)."""

    _inherit = "project.task"

    @api.compute("personal_stage_id")
    def _compute_personal_stage_id(self) -> None:
        """The current user's."""
        own = self._personal().filtered(lambda each: each.user_id.id == self.env.uid)
        for task in self:
            task.personal_stage_id = own.filtered(lambda each, task=task: each.task_id == task)[:1].id

    @api.search("personal_stage_id")
    def _search_personal_stage_id(self, operator: str, value: Any) -> Any:
        if operator in NEGATIVE:
            return NotImplemented
        personal, mine = self.env["project.task.stage.personal"].sudo(), Domain("user_id", "=", self.env.uid)
        wanted = value if operator in ANY else Domain("stage_id", operator, value)
        found = Domain("id", "in", personal.search(mine & wanted).task_id.ids)
        if operator == "in" and False in value:
            found |= Domain("id", "not in", personal.search(mine).task_id.ids)
        return found

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make tasks, each with its users' personal stages."""
        tasks = super().create(vals_list)
        tasks._place()
        return tasks

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; new users get the task into their first stage."""
        super().write(vals)
        if "user_ids" in vals:
            self._place()
        return True

    def _personal(self) -> Any:
        personal = self.env["project.task.stage.personal"].sudo()
        return personal.search([("task_id", "in", self.ids)]) if self.ids else personal

    def _place(self) -> None:
        for personal in self._personal().filtered(lambda each: not each.stage_id):
            personal.stage_id = self._first_stage_of(personal.user_id)

    def _first_stage_of(self, user: Any) -> Any:
        stages = self.env["project.task.type"].sudo()
        known = stages.search([("user_id", "=", user.id)])
        if not known:
            own = {"user_id": user.id, "project_ids": [(5,)]}
            named = [{"name": name, "fold": name in _FOLDED} for name in _STAGES]
            known = stages.create([{**own, **vals, "sequence": rank} for rank, vals in enumerate(named, 1)])
        return known[:1]
