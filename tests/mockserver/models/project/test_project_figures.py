"""How far projects and tasks are."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm.environment import Environment


def test_milestones_of_a_project(env: Environment) -> None:
    """Reached by hand, late by their deadline, counted by their project."""
    project = env["project.project"].create({"name": "House", "allow_milestones": True})
    milestones = env["project.milestone"].create(
        [{"name": name, "project_id": project.id, "deadline": "2024-01-01"} for name in ("1 Walls", "2 Roof")]
    )
    assert (project.milestone_count, project.next_milestone_id, project.is_milestone_exceeded) == (
        2,
        milestones[0],
        True,
    )
    shown = milestones[0].toggle_is_reached(True)
    assert (shown["is_reached"], shown["reached_date"]) == (True, env.clock.today())
    assert (shown["is_deadline_exceeded"], milestones[1].is_deadline_exceeded) == (False, True)
    assert (project.milestone_count_reached, project.milestone_progress) == (1, 50)
    assert project in env["project.project"].search([("is_milestone_exceeded", "=", True)])
    milestones.write({"is_reached": True})
    assert project not in env["project.project"].search([("is_milestone_exceeded", "=", True)])


def test_tasks_below_a_task(env: Environment) -> None:
    """Their hours, and how many are closed."""
    project = env["project.project"].create({"name": "House"})
    task = env["project.task"].create({"name": "Walls", "project_id": project.id})
    below = {"project_id": project.id, "parent_id": task.id, "allocated_hours": 2.0}
    env["project.task"].create([{**below, "name": "North"}, {**below, "name": "South", "state": "1_done"}])
    assert (task.subtask_allocated_hours, task.subtask_completion_percentage) == (4.0, 0.5)
    assert (task.link_preview_name, task.access_url) == ("Walls | House", f"/my/tasks/{task.id}")
    assert not task.display_parent_task_button
    assert task.child_ids[0].display_parent_task_button
    assert round(project.task_completion_percentage, 2) == 0.33


def test_favourites_are_the_users_own(env: Environment) -> None:
    admin = env(user=env.ref("base.user_admin").id)
    project = admin["project.project"].create({"name": "House"})
    project.toggle_favorite()
    assert project.is_favorite
    assert project in admin["project.project"].search([("is_favorite", "=", True)])
    project.toggle_favorite()
    assert project in admin["project.project"].search([("is_favorite", "=", False)])


def test_files_of_a_task_are_not_those_of_its_messages(env: Environment) -> None:
    project = env["project.project"].create({"name": "House"})
    task: Any = env["project.task"].create({"name": "Walls", "project_id": project.id})
    own = env["ir.attachment"].create({"name": "plan.txt", "res_model": "project.task", "res_id": task.id})
    task.message_post(body="see", attachments=[("photo.txt", b"x")])
    assert task.attachment_ids == own
