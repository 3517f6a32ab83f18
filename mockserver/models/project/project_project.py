"""Projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["ProjectProject"]


class ProjectProject(models.Model):
    """A project has stages and tasks, which are archived and deleted with it."""

    _inherit = "project.project"
    _sql_messages = {"project_project_project_date_greater": "The project's start date must be before its end date."}

    @api.compute("task_count", "open_task_count", "closed_task_count")
    def _compute_task_counts(self) -> None:
        for project in self:
            tasks = self.env["project.task"].with_context(active_test=project.active)
            domain = [("project_id", "=", project.id)] if project.id else [("id", "=", False)]
            project.task_count = tasks.search_count(domain)
            project.closed_task_count = tasks.search_count([*domain, ("state", "in", ["1_done", "1_canceled"])])
            project.open_task_count = project.task_count - project.closed_task_count

    @api.compute("company_id")
    @api.depends("partner_id.company_id")
    def _compute_company_id(self) -> None:
        for project in self:
            project.company_id = project.company_id or project.partner_id.company_id

    @api.compute("currency_id")
    def _compute_currency_id(self) -> None:
        for project in self:
            project.currency_id = project.company_id.currency_id or self.env.company.currency_id

    @api.compute("is_favorite")
    def _compute_is_favorite(self) -> None:
        for project in self:
            project.is_favorite = self.env.user in project.favorite_user_ids

    @api.search("is_favorite")
    def _search_is_favorite(self, operator: str, value: Any) -> list[Any]:
        return [("favorite_user_ids", "in" if asks_yes(operator, value) else "not in", [self.env.uid])]

    @api.compute("last_update_status")
    @api.depends("last_update_id.status")
    def _compute_last_update_status(self) -> None:
        for project in self:
            project.last_update_status = project.last_update_id.status or "to_define"

    def toggle_favorite(self) -> None:
        """Make projects the user's favourites, or no longer."""
        for project in self.sudo():
            command = 3 if self.env.user in project.favorite_user_ids else 4
            project.write({"favorite_user_ids": [(command, self.env.uid)]})

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make projects."""
        return super().create(
            [{key: value for key, value in vals.items() if key != "is_favorite"} for vals in vals_list]
        )

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; tasks are archived and come back with their project."""
        super().write(vals)
        if "active" in vals:
            self.with_context(active_test=False).tasks.write({"active": vals["active"]})
        return True

    def unlink(self) -> bool:
        """Delete projects with their tasks."""
        self.with_context(active_test=False).tasks.unlink()
        return super().unlink()

    @api.model
    def name_create(self, name: str) -> tuple[int, str]:
        """Make a project of a name."""
        project = self.create([{"name": name}])
        return project.id, project.display_name

    def copy(self, default: Any = None) -> Self:
        """Copies with their tasks (not with `tasks` in `default`)."""
        copies = super().copy(default)
        for project, new in zip(self, copies, strict=True):
            if "tasks" not in (default or {}):
                project.map_tasks(new.id)
        return copies

    def map_tasks(self, new_project_id: int) -> bool:
        """Copy the tasks of this project, subtasks with their parents, into another one. Always true."""
        self.ensure_one()
        for task in self.task_ids.filtered(lambda each: not each.parent_id):
            task.copy({"project_id": new_project_id, "name": task.name, "stage_id": task.stage_id.id})
        return True

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for project, values in zip(self, copies, strict=True):
                values["name"] = f"{project.name} (copy)"
        return copies

    def _track_subtype(self, before: Mapping[str, Any]) -> Any:
        if "stage_id" in before:
            return self.env.ref("project.mt_project_stage_change")
        return super()._track_subtype(before)  # type: ignore[misc]
