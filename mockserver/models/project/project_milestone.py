"""Milestones: what a project reaches on the way."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProjectMilestone"]

_SHOWN = (
    "id",
    "name",
    "deadline",
    "is_reached",
    "reached_date",
    "is_deadline_exceeded",
    "is_deadline_future",
    "can_be_marked_as_done",
)


class ProjectMilestone(models.Model):
    """Reached by hand; its deadline and its tasks say whether it is time."""

    _inherit = "project.milestone"

    @api.compute("reached_date")
    @api.depends("is_reached")
    def _compute_reached_date(self) -> None:
        for milestone in self:
            milestone.reached_date = self.env.clock.today() if milestone.is_reached else False

    @api.compute("is_deadline_exceeded", "is_deadline_future")
    def _compute_is_deadline_exceeded(self) -> None:
        today = self.env.clock.today()
        for milestone in self:
            deadline = milestone.deadline
            milestone.is_deadline_exceeded = bool(not milestone.is_reached and deadline and deadline < today)
            milestone.is_deadline_future = bool(deadline and deadline > today)

    @api.compute("task_count", "done_task_count", "can_be_marked_as_done")
    def _compute_tasks(self) -> None:
        for milestone in self:
            tasks = milestone.sudo().task_ids
            closed = tasks.filtered("is_closed")
            milestone.task_count, milestone.done_task_count = len(tasks), len(closed)
            milestone.can_be_marked_as_done = bool(tasks and tasks == closed and not milestone.is_reached)

    def toggle_is_reached(self, is_reached: bool) -> dict[str, Any]:
        """Mark the milestone as reached, or not; what a project's panel shows of it."""
        self.ensure_one()
        self.write({"is_reached": is_reached})
        return {name: self[name] for name in _SHOWN}
