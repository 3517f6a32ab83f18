"""Tasks: stage, state, who works on them, and what they hang together with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["ProjectTask"]

CLOSED = ("1_done", "1_canceled")

_KINDS = {
    "01_in_progress": "in_progress",
    "02_changes_requested": "changes_requested",
    "03_approved": "approved",
    "04_waiting_normal": "waiting",
    "1_done": "done",
    "1_canceled": "canceled",
}
"""By state, the kind of message that tells of it."""


class ProjectTask(models.Model):
    """A task in a stage of its project, or a private one without any."""

    _inherit = "project.task"
    _mail_post_access = "read"
    _sql_messages = {
        "project_task_recurring_task_has_no_parent": (
            "You cannot convert this task into a sub-task because it is recurrent."
        ),
        "project_task_private_task_has_no_parent": "A private task cannot have a parent.",
    }

    # ---------------------------------------------------------------- where it stands

    @api.model
    def _read_group_stage_ids(self, stages: Any, domain: Any) -> Any:
        """Groups by stage show those that have tasks; in a project's own view also its other ones."""
        context = self.env.context
        project = context.get("default_project_id") if "project_kanban" in context else None
        if not project or context.get("subtask_action"):
            return stages
        return stages.search(["|", ("project_ids", "=", project), ("id", "in", stages.ids)])

    @api.compute("project_id")
    @api.depends("parent_id.project_id")
    def _compute_project_id(self) -> None:
        for task in self:
            task.project_id = task.project_id or task.parent_id.project_id

    @api.compute("stage_id")
    @api.depends("project_id")
    def _compute_stage_id(self) -> None:
        for task in self:
            stages = task.project_id.type_ids
            if not task.project_id:
                task.stage_id = False
            elif task.stage_id not in stages:
                task.stage_id = stages.filtered(lambda stage: not stage.fold).sorted(
                    lambda each: (each.sequence, each.id)
                )[:1]

    @api.compute("state")
    @api.depends("stage_id", "depend_on_ids.state")
    def _compute_state(self) -> None:
        for task in self:
            blocked = any(other.state not in CLOSED for other in task.depend_on_ids)
            if task.state not in CLOSED and blocked:
                task.state = "04_waiting_normal"
            elif not task.state or task.state == "04_waiting_normal":
                task.state = "01_in_progress"

    @api.compute("is_closed")
    def _compute_is_closed(self) -> None:
        for task in self:
            task.is_closed = task.state in CLOSED

    @api.search("is_closed")
    def _search_is_closed(self, operator: str, value: Any) -> list[Any]:
        return [("state", "in" if asks_yes(operator, value) else "not in", list(CLOSED))]

    @api.compute("company_id")
    @api.depends("project_id.company_id", "parent_id.company_id")
    def _compute_company_id(self) -> None:
        for task in self:
            if task.parent_id or task.project_id:
                task.company_id = task.project_id.company_id or task.parent_id.company_id

    @api.compute("partner_id")
    @api.depends("project_id.partner_id", "parent_id.partner_id")
    def _compute_partner_id(self) -> None:
        for task in self:
            task.partner_id = task.partner_id or task.parent_id.partner_id or task.project_id.partner_id

    @api.compute("display_in_project")
    @api.depends("project_id", "parent_id")
    def _compute_display_in_project(self) -> None:
        for task in self:
            task.display_in_project = not task.parent_id or task.project_id != task.parent_id.project_id

    @api.compute("subtask_count", "closed_subtask_count")
    def _compute_subtask_counts(self) -> None:
        for task in self:
            task.subtask_count = len(task.child_ids)
            task.closed_subtask_count = len(task.child_ids.filtered(lambda each: each.state in CLOSED))

    @api.compute("depend_on_count", "closed_depend_on_count")
    def _compute_depend_on_counts(self) -> None:
        for task in self:
            task.depend_on_count = len(task.depend_on_ids)
            task.closed_depend_on_count = len(task.depend_on_ids.filtered(lambda each: each.state in CLOSED))

    @api.compute("dependent_tasks_count")
    def _compute_dependent_tasks_count(self) -> None:
        for task in self:
            task.dependent_tasks_count = len(task.dependent_ids)

    @api.compute("portal_user_names")
    def _compute_portal_user_names(self) -> None:
        for task in self:
            task.portal_user_names = ", ".join(task.user_ids.mapped("name"))

    # ---------------------------------------------------------------- what may not be saved

    @api.constrains("parent_id")
    def _check_parent_id(self) -> None:
        if any(task._reaches(task, "parent_id") for task in self):
            raise ValidationError("Error! You cannot create a recursive hierarchy of tasks.")

    @api.constrains("depend_on_ids")
    def _check_dependencies(self) -> None:
        if any(task._reaches(task, "depend_on_ids") for task in self):
            raise ValidationError("Two tasks cannot depend on each other.")

    def _reaches(self, wanted: Any, name: str) -> bool:
        """Whether following a link leads to the task."""
        found, todo = self.browse(), self[name]
        while todo:
            if wanted in todo:
                return True
            found |= todo
            todo = todo[name] - found if len(todo) == 1 else todo.mapped(name) - found
        return False

    # ---------------------------------------------------------------- saving

    def _check_exist(self) -> None:
        self.mapped("state")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make tasks; a private one belongs to who made it."""
        for vals in vals_list:
            if vals.get("parent_id"):
                self.browse(vals["parent_id"]).mapped("project_id")
        tasks = super().create([self._assigned_vals(vals) for vals in vals_list])
        now = self.env.transaction.now.replace(microsecond=0)
        tasks.filtered("user_ids").write({"date_assign": now})
        tasks.filtered("stage_id").write({"date_last_stage_update": now})
        return tasks

    def _assigned_vals(self, vals: dict[str, Any]) -> dict[str, Any]:
        """The values; a task without a project has no stage, and is also of who makes it (recorded in error/)."""
        private = not (vals.get("project_id") or vals.get("parent_id") or self.env.context.get("default_project_id"))
        if private and "stage_id" in vals:
            vals = {**vals, "stage_id": False}
        if not private or "user_ids" not in vals:
            return vals
        return {**vals, "user_ids": [*(vals["user_ids"] or []), (4, self.env.uid)]}

    def _follow_assigned(self, vals: Mapping[str, Any]) -> None:
        """Let all who are to work on it follow."""
        if "user_ids" in vals:
            self._subscribe_users(self.sudo().user_ids)

    @api.default("stage_id")
    def _default_stage_id(self) -> None:
        """Nothing: the stage is the project's first (the catalogue has the value without a project)."""

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, with the moments stage and people changed."""
        if vals.get("parent_id") in self.ids:
            raise UserError("Sorry. You can't set a task as its parent task.")
        now = self.env.transaction.now.replace(microsecond=0)
        if "stage_id" in vals:
            stage = self.env["project.task.type"].browse(vals["stage_id"] or [])
            ended = now if stage and stage.exists().fold else False
            vals = {"date_end": ended, "date_last_stage_update": now, **vals}
        return super().write(vals)

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for task, values in zip(self, copies, strict=True):
                values["name"] = f"{task.name} (copy)"
        return copies

    def _track_subtype(self, before: Mapping[str, Any]) -> Any:
        kind = "stage" if "stage_id" in before else _KINDS.get(self.state) if "state" in before else None
        return self.env.ref(f"project.mt_task_{kind}") if kind else super()._track_subtype(before)  # type: ignore[misc]
