"""Who works below whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fauxdoo.mockserver.orm.environment import Environment


def test_reports_are_counted_through_all_levels(env: Environment) -> None:
    """Each once, and the head not at all."""
    head: Any = env["hr.employee"].create({"name": "Head"})
    lead = env["hr.employee"].create({"name": "Lead", "parent_id": head.id})
    worker = env["hr.employee"].create({"name": "Worker", "parent_id": lead.id})
    assert (head.child_count, head.child_all_count, head.subordinate_ids) == (1, 2, lead | worker)
    assert (worker.child_count, worker.child_all_count) == (0, 0)
    assert head.versions_count == 1


def test_what_an_employee_takes_from_others(env: Environment) -> None:
    """The coach from the manager, the title from the job; address and number are those of a contact."""
    manager = env["hr.employee"].create({"name": "Head"})
    job = env["hr.job"].create({"name": "Welder"})
    vals = {"name": "Ann", "parent_id": manager.id, "job_id": job.id, "work_email": "ann@shop.example"}
    employee = env["hr.employee"].create(vals)
    assert (employee.coach_id, employee.legal_name, employee.job_title) == (manager, "Ann", "Welder")
    assert (employee.work_contact_id.name, employee.work_contact_id.email) == ("Ann", "ann@shop.example")
    employee.work_contact_id.email = "new@shop.example"
    assert employee.work_email == "new@shop.example"


def test_departments_below_a_department(env: Environment) -> None:
    root = env["hr.department"].create({"name": "Works"})
    shop = env["hr.department"].create({"name": "Shop", "parent_id": root.id})
    assert (shop.master_department_id, root.master_department_id) == (root, root)
    assert set(root.get_children_department_ids()) == {root.id, shop.id}


def test_an_employee_is_new_for_ninety_days(env: Any) -> None:
    """And is found by that."""
    employee = env["hr.employee"].create({"name": "New"})
    assert employee.newly_hired
    assert employee in env["hr.employee"].search([("newly_hired", "=", True)])
    env.transaction.now += timedelta(days=91)
    env.transaction.forget_computed()
    assert not employee.newly_hired
    assert employee not in env["hr.employee"].search([("newly_hired", "=", True)])
