"""Stages of tasks."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["ProjectTaskType"]


class ProjectTaskType(models.Model):
    """A stage made in no project is the user's own."""

    _inherit = "project.task.type"

    @api.compute("user_id")
    @api.depends("project_ids")
    def _compute_user_id(self) -> None:
        """A stage in a project belongs to nobody."""
        for stage in self:
            stage.user_id = False if stage.project_ids else stage.user_id
