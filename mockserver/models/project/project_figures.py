"""Small figures that forms and lists of projects and tasks show."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["ProjectProjectFigures", "ProjectTaskFigures"]

_COLOURS = {"on_track": 20, "on_hold": 21, "at_risk": 22, "off_track": 23, "done": 24}


class ProjectProjectFigures(models.Model):
    """How far a project is, by its tasks, milestones and updates."""

    _inherit = "project.project"

    @api.compute("task_completion_percentage")
    def _compute_task_completion_percentage(self) -> None:
        for project in self:
            all_tasks = project.task_count
            project.task_completion_percentage = 1 - project.open_task_count / all_tasks if all_tasks else 0.0

    @api.compute("milestone_count", "milestone_count_reached", "milestone_progress")
    def _compute_milestones(self) -> None:
        for project in self:
            reached = project.milestone_ids.filtered("is_reached")
            project.milestone_count, project.milestone_count_reached = len(project.milestone_ids), len(reached)
            progress = 100 * len(reached) // len(project.milestone_ids) if project.milestone_ids else 0
            project.milestone_progress = progress

    @api.compute("next_milestone_id")
    def _compute_next_milestone_id(self) -> None:
        for project in self:
            project.next_milestone_id = project.milestone_ids.filtered(lambda each: not each.is_reached)[:1]

    @api.compute("is_milestone_exceeded", "is_milestone_deadline_exceeded")
    def _compute_is_milestone_exceeded(self) -> None:
        today = self.env.clock.today()
        for project in self:
            late = [each for each in project.milestone_ids if not each.is_reached and each.deadline]
            exceeded = project.allow_milestones and any(each.deadline <= today for each in late)
            project.is_milestone_exceeded = bool(exceeded)
            project.is_milestone_deadline_exceeded = bool(exceeded)

    @api.search("is_milestone_exceeded")
    def _search_is_milestone_exceeded(self, operator: str, value: Any) -> list[Any]:
        late = [("is_reached", "=", False), ("deadline", "<=", self.env.clock.today())]
        found = self.env["project.milestone"].sudo().search([*late, ("project_id.allow_milestones", "=", True)])
        return [("id", "in" if asks_yes(operator, value) else "not in", found.project_id.ids)]

    @api.compute("update_count", "last_update_color")
    def _compute_updates(self) -> None:
        for project in self:
            project.update_count = len(project.sudo().update_ids)
            project.last_update_color = _COLOURS.get(project.last_update_status, 0)

    @api.compute("collaborator_count")
    def _compute_collaborator_count(self) -> None:
        for project in self:
            shared = project.privacy_visibility in ("portal", "invited_users")
            project.collaborator_count = len(project.sudo().collaborator_ids) if shared else 0

    @api.compute("resource_calendar_id")
    def _compute_resource_calendar_id(self) -> None:
        for project in self:
            project.resource_calendar_id = (project.company_id or self.env.company).resource_calendar_id

    @api.compute("sale_order_count", "sale_order_line_count")
    def _compute_sales(self) -> None:
        for project in self:
            lines = (project.sudo().sale_line_id | project.sudo().tasks.sale_line_id).filtered("order_id")
            project.sale_order_count, project.sale_order_line_count = len(lines.order_id), len(lines)


class ProjectTaskFigures(models.Model):
    """How far a task is, by the tasks below it."""

    _inherit = "project.task"

    @api.compute("partner_phone")
    @api.depends("partner_id.phone")
    def _compute_partner_phone(self) -> None:
        for task in self:
            task.partner_phone = task.partner_id.phone

    @api.inverse("partner_phone")
    def _inverse_partner_phone(self) -> None:
        for task in self.filtered("partner_id"):
            task.partner_id.phone = task.partner_phone

    @api.compute("subtask_allocated_hours")
    def _compute_subtask_allocated_hours(self) -> None:
        for task in self:
            task.subtask_allocated_hours = sum(task.child_ids.mapped("allocated_hours"))

    @api.compute("subtask_completion_percentage")
    def _compute_subtask_completion_percentage(self) -> None:
        for task in self:
            all_of_them = task.subtask_count
            task.subtask_completion_percentage = task.closed_subtask_count / all_of_them if all_of_them else 0.0

    @api.compute("display_parent_task_button")
    def _compute_display_parent_task_button(self) -> None:
        for task in self:
            task.display_parent_task_button = bool(task.parent_id and task.parent_id.has_access("read"))

    @api.compute("link_preview_name")
    def _compute_link_preview_name(self) -> None:
        for task in self:
            project = task.sudo().project_id.name
            task.link_preview_name = f"{task.display_name} | {project}" if project else task.display_name

    @api.compute("attachment_ids")
    def _compute_attachment_ids(self) -> None:
        """Files of the task itself, not those of its messages."""
        files = self.env["ir.attachment"]
        for task in self:
            own = files.search([("res_id", "=", task.id), ("res_model", "=", self._name)]) if task.id else files
            task.attachment_ids = (own - task.sudo().message_ids.attachment_ids).ids
