"""Projects and tasks."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_a_task_starts_in_the_first_stage(env: Environment) -> None:
    """The stage is the first of the project; who makes the task works on it."""
    stages = [(0, 0, {"name": "Todo", "sequence": 1}), (0, 0, {"name": "Done", "sequence": 2, "fold": True})]
    project = env["project.project"].create({"name": "House", "type_ids": stages})
    task = env(user=2, su=True)["project.task"].create({"name": "Roof", "project_id": project.id})
    assert (task.stage_id.name, task.user_ids.ids, task.state) == ("Todo", [2], "01_in_progress")
    assert project.task_count == 1


def test_tasks_wait_for_each_other(env: Environment) -> None:
    """A task waits while one it depends on is open."""
    first, second = env["project.task"].create([{"name": "Wall"}, {"name": "Roof"}])
    second.write({"depend_on_ids": [(4, first.id)]})
    assert second.state == "04_waiting_normal"
    first.write({"state": "1_done"})
    assert (first.is_closed, second.state) == (True, "01_in_progress")


def test_loops_are_refused(env: Environment) -> None:
    """Neither parents nor dependencies may lead back."""
    project = env["project.project"].create({"name": "House"})
    task = env["project.task"].create(
        {"name": "Roof", "project_id": project.id, "child_ids": [(0, 0, {"name": "Tiles"})]}
    )
    with pytest.raises(ValidationError, match="recursive hierarchy"):
        task.write({"parent_id": task.child_ids.id})
    with pytest.raises(ValidationError, match="depend on each other"):
        task.write({"depend_on_ids": [(4, task.id)]})


def test_tasks_are_archived_with_their_project(env: Environment) -> None:
    """A project takes its tasks along."""
    project = env["project.project"].create({"name": "House", "task_ids": [(0, 0, {"name": "Roof"})]})
    task = project.task_ids
    project.action_archive()
    assert task.active is False


def test_a_tag_is_found_by_its_name(env: Environment) -> None:
    """Making a tag by a known name, in whatever case, answers the known one."""
    tags = env["project.tags"]
    assert tags.name_create("Urgent") == tags.name_create(" URGENT ")


def test_a_task_comes_into_the_first_stage_of_who_is_assigned(env: Environment) -> None:
    """Each user has stages of one's own, made when they are first needed."""
    admin = env(user=env.ref("base.user_admin").id)
    group = env.ref("project.group_project_user")
    worker = env["res.users"].create({"name": "Worker", "login": "worker", "group_ids": [(4, group.id)]})
    project = admin["project.project"].create({"name": "House"})
    task = admin["project.task"].create({"name": "Walls", "project_id": project.id, "user_ids": [(4, admin.uid)]})
    assert task.personal_stage_type_id.name == "Inbox"
    task.write({"user_ids": [(4, worker.id)]})
    theirs = task.with_user(worker).personal_stage_type_id
    assert (theirs.name, theirs.user_id) == ("Inbox", worker)
    assert theirs != task.personal_stage_type_id
    stages = env["project.task.type"].search([("user_id", "=", worker.id)])
    assert stages.mapped("name") == ["Inbox", "Today", "This Week", "This Month", "Later", "Done", "Cancelled"]


def test_a_private_task_has_no_stage(env: Environment) -> None:
    """Whatever stage it was given (recorded in project/tasks)."""
    assert not env["project.task"].create({"name": "Own", "stage_id": 99999999}).stage_id


def test_a_search_for_a_personal_stage(env: Environment) -> None:
    """Tasks are found by where the current user has put them."""
    project = env["project.project"].create([{"name": "P"}])
    values = {"name": "T", "project_id": project.id}
    task, other = env["project.task"].create([{**values, "user_ids": [(4, env.uid)]}, {**values, "user_ids": [(5,)]}])
    stage = task.personal_stage_type_id

    def found(operator: str, value: object) -> object:
        return env["project.task"].search(
            [("id", "in", (task + other).ids), ("personal_stage_type_id", operator, value)]
        )

    assert found("=", stage.id) == found("ilike", stage.name) == found("!=", False) == task
    assert found("!=", stage.id) == found("=", False) == other
