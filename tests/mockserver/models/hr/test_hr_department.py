"""Departments are named by their paths."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment


@pytest.fixture
def west(env: Environment) -> Any:
    """A department below another one."""
    above = env["hr.department"].create({"name": "Sales"})
    return env["hr.department"].create({"name": "West", "parent_id": above.id})


def test_a_department_is_shown_by_its_path(env: Environment, west: Any) -> None:
    """By its name alone where the context says so; the path follows a new name above."""
    assert west.display_name == west.complete_name == "Sales / West"
    assert west.with_context(hierarchical_naming=False).display_name == "West"
    west.parent_id.name = "Trade"
    assert west.complete_name == "Trade / West"
    assert env["hr.department"].name_create("East")[1] == "East"


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("=", "Sales / West", True),
        ("=", "West", False),
        ("ilike", "ales / we", True),
        ("=ilike", "sales%west", True),
        ("in", ["x", "Sales / West"], True),
        ("!=", "Sales / West", False),
        ("not ilike", "west", False),
    ],
)
def test_it_is_found_by_its_path(env: Environment, west: Any, operator: str, value: Any, found: bool) -> None:
    """And so are those who work there."""
    departments = env["hr.department"].search([("complete_name", operator, value), ("id", "=", west.id)])
    assert (west in departments) is found
    employee = env["hr.employee"].create({"name": "E", "department_id": west.id})
    assert (employee in env["hr.employee"].search([("department_id.display_name", operator, value)])) is found


def test_other_questions_are_refused(env: Environment) -> None:
    """As in Odoo."""
    for leaf in (("complete_name", "like", "x"), ("complete_name", "=", False)):
        with pytest.raises(NotImplementedError, match=r"Operation not Supported\."):
            env["hr.department"].search([leaf])
