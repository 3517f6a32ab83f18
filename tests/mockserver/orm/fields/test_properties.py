"""Properties: defined on a project, filled in on its tasks."""

from __future__ import annotations

import re
from typing import Any

import pytest

TEXT = {"name": "a", "type": "char", "string": "A", "default": "d"}
LINK = {"name": "b", "type": "many2one", "comodel": "res.partner", "string": "B"}


@pytest.fixture
def task(env: Any) -> Any:
    """A task whose project defines a text and a link."""
    project = env["project.project"].create([{"name": "P", "task_properties_definition": [TEXT, LINK]}])
    return env["project.task"].create([{"name": "T", "project_id": project.id, "task_properties": {"b": 1}}])


def test_reading_gives_definitions_with_values(env: Any, task: Any) -> None:
    """Defaults fill in what was not given; records come with their names."""
    link = (1, env["res.partner"].browse(1).display_name)
    assert task.read(["task_properties"])[0]["task_properties"] == [{**TEXT, "value": "d"}, {**LINK, "value": link}]


def test_keys_left_out_are_erased(task: Any) -> None:
    """A dictionary replaces all values."""
    task.write({"task_properties": {"a": "x"}})
    assert [each["value"] for each in task.read(["task_properties"])[0]["task_properties"]] == ["x", False]


def test_a_list_may_change_the_definitions(task: Any) -> None:
    """With `definition_changed` the project's definitions become those of the list."""
    added = {"name": "c", "type": "boolean", "string": "C"}
    task.write({"task_properties": [{**TEXT, "value": "x"}, {**added, "value": True, "definition_changed": True}]})
    assert task.project_id.task_properties_definition == [TEXT, added]
    assert task.task_properties == {"a": "x", "c": True}


def test_another_project_brings_other_properties(env: Any, task: Any) -> None:
    """Values that the new project does not define go."""
    task.project_id = env["project.project"].create([{"name": "Q"}])
    assert task.read(["task_properties"])[0]["task_properties"] == []


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"name": "a"}, "Some key are missing for a properties definition ['type']."),
        ({"name": "a", "type": "char", "x": 1}, "Some key are not allowed for a properties definition ['x']."),
        ({"name": "a", "type": "x"}, "Wrong property type 'x'."),
    ],
)
def test_wrong_definitions(env: Any, definition: Any, message: str) -> None:
    """Definitions are checked when they are written."""
    with pytest.raises(ValueError, match=re.escape(message)):
        env["project.project"].create([{"name": "P", "task_properties_definition": [definition]}])


def test_searching_and_grouping(env: Any, task: Any) -> None:
    """A property is named behind a dot."""
    assert env["project.task"].search([("task_properties.a", "=", "d")]) == task
    groups = env["project.task"].formatted_read_group([("id", "=", task.id)], ["task_properties.a"], ["__count"])
    assert groups == [{"task_properties.a": "d", "__extra_domain": [["task_properties.a", "=", "d"]], "__count": 1}]


def test_definitions_are_found_by_name(env: Any, task: Any) -> None:
    """`get_property_definition` looks on all containers."""
    assert env["project.task"].get_property_definition("task_properties.a") == TEXT
    assert env["project.task"].get_property_definition("task_properties.z") == {}


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        (("task_properties.tags", "in", ["x"]), [0]),
        (("task_properties.tags", "=", "y"), [0, 1]),
        (("task_properties.tags", "not in", ["x"]), [1, 2]),
        (("task_properties.tags", "=", "xy"), []),
        (("task_properties.many", "in", [1]), [0]),
        (("task_properties.many", "not in", 1), [1, 2]),
        (("task_properties.tags", "=", False), [2]),
    ],
)
def test_lists_are_searched_by_what_is_in_them(env: Any, leaf: tuple[Any, ...], found: list[int]) -> None:
    """One tag or record that is asked for is enough."""
    tags = {"name": "tags", "type": "tags", "string": "T", "tags": [["x", "X", 1], ["y", "Y", 2]]}
    many = {"name": "many", "type": "many2many", "comodel": "res.partner", "string": "M"}
    project = env["project.project"].create([{"name": "P", "task_properties_definition": [tags, many]}])
    values: list[dict[str, Any]] = [{"tags": ["x", "y"], "many": [1]}, {"tags": ["y"]}, {}]
    tasks = env["project.task"].create(
        [{"name": "T", "project_id": project.id, "task_properties": each} for each in values]
    )
    assert [
        tasks.ids.index(task.id) for task in env["project.task"].search([leaf, ("id", "in", tasks.ids)], order="id")
    ] == found
