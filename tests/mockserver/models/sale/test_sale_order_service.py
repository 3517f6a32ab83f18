"""Services that make projects and tasks."""

from __future__ import annotations

from typing import Any

import pytest


def order_of(env: Any, tracking: str, **product: Any) -> Any:
    """A confirmed order of two lines of a service."""
    service = env["product.product"].create(
        {"name": "Work", "type": "service", "service_tracking": tracking, **product}
    )
    partner = env["res.partner"].create({"name": "Ada"})
    lines = [(0, 0, {"product_id": service.id, "product_uom_qty": quantity}) for quantity in (2, 3)]
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": lines})
    order.action_confirm()
    return order


def test_a_project_and_a_task_per_line(env: Any) -> None:
    """One project for the order's customer holds a task per line, of as many hours as were sold."""
    order = order_of(env, "task_in_project")
    assert order.project_count == 1
    assert order.project_ids.partner_id == order.partner_id
    assert sorted(order.tasks_ids.mapped("allocated_hours")) == [2.0, 3.0]
    assert order.tasks_ids.project_id == order.project_ids


@pytest.mark.parametrize(("tracking", "projects", "tasks"), [("no", 0, 0), ("project_only", 1, 0)])
def test_nothing_or_a_project_alone(env: Any, tracking: str, projects: int, tasks: int) -> None:
    """Other kinds of service make less."""
    order = order_of(env, tracking)
    assert (order.project_count, order.tasks_count) == (projects, tasks)


def test_tasks_in_the_products_project(env: Any) -> None:
    """A service may put its tasks into one project for all orders."""
    project = env["project.project"].create({"name": "All"})
    order = order_of(env, "task_global_project", project_id=project.id)
    assert order.tasks_ids.project_id == project
    assert order.tasks_count == 2
