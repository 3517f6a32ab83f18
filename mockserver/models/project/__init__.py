"""Projects and tasks."""

from fauxdoo.mockserver.models.project import (
    project_figures,
    project_milestone,
    project_project,
    project_tags,
    project_task,
    project_task_personal,
    project_task_type,
)

__all__ = [
    "project_figures",
    "project_milestone",
    "project_project",
    "project_tags",
    "project_task",
    "project_task_personal",
    "project_task_type",
]
