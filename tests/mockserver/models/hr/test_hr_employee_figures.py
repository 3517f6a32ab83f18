"""Who works below whom."""

from __future__ import annotations

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
