"""`hierarchy_read`: a record among its kin."""

from __future__ import annotations

from typing import Any


def test_a_record_among_its_kin(env: Any) -> None:
    """A single record comes with parent and siblings and has the focus; others name their children."""
    company = env["res.partner"].create([{"name": "Co"}])
    first, second = env["res.partner"].create([{"name": n, "parent_id": company.id} for n in ("A", "B")])
    rows = env["res.partner"].hierarchy_read([["id", "=", first.id]], {"name": {}}, "parent_id")
    assert {row["id"] for row in rows} == {company.id, first.id, second.id}
    assert [row["id"] for row in rows if row.get("__focus__")] == [first.id]
    both = env["res.partner"].hierarchy_read([["id", "in", [company.id, first.id]]], {"name": {}}, "parent_id")
    assert {row["id"]: row.get("__child_ids__") for row in both}[company.id] == [first.id, second.id]
    assert env["res.partner"].hierarchy_read([["id", "=", 0]], {"name": {}}, "parent_id") == []
