"""`read_group` as older clients call it."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def partners(env: Any) -> Any:
    """Partners with references x, x and none, of colours 1, 2 and 4."""
    values = [("x", 1), ("x", 2), (False, 4)]
    return env["res.partner"].create([{"name": f"P{color}", "ref": ref, "color": color} for ref, color in values])


def test_lazy_groups(partners: Any) -> None:
    """The first term groups and names the count, the others go into `__context`."""
    domain = [["id", "in", partners.ids]]
    groups = partners.read_group(domain, ["color:sum"], ["ref", "is_company"])
    assert groups[0] == {
        "ref": "x",
        "ref_count": 2,
        "color": 3,
        "__domain": ["&", *domain, ["ref", "=", "x"]],
        "__context": {"group_by": ["is_company"]},
    }


def test_groups_that_are_not_lazy(partners: Any) -> None:
    """All terms group, and the count is `__count`."""
    groups = partners.read_group([["id", "in", partners.ids]], ["color"], ["ref", "is_company"], lazy=False)
    assert [(group["ref"], group["is_company"], group["__count"], group["color"]) for group in groups] == [
        ("x", False, 2, 3),
        (False, False, 1, 4),
    ]


def test_dates_are_grouped_by_month(env: Any) -> None:
    """Without granularity a date is grouped by month, and `__range` says from when to when."""
    leads = env["crm.lead"].create([{"name": "L", "date_deadline": "2023-01-15"}, {"name": "M"}])
    first, last = leads.read_group([["id", "in", leads.ids]], [], ["date_deadline"])
    assert first["date_deadline"] == "January 2023"
    assert first["__range"] == {"date_deadline": {"from": "2023-01-01", "to": "2023-02-01"}}
    assert last["__range"] == {"date_deadline": False}


def test_aggregates_have_other_names_too(partners: Any) -> None:
    """`label:function(field)` answers under the label, and orders by it."""
    groups = partners.read_group([["id", "in", partners.ids]], ["top:max(color)"], ["ref"], orderby="top desc")
    assert [group["top"] for group in groups] == [4, 2]


def test_unknown_fields(partners: Any) -> None:
    """A field that does not exist is refused."""
    with pytest.raises(ValueError, match="Invalid field 'nope' on model 'res.partner'"):
        partners.read_group([], ["nope:sum"], ["ref"])


def test_periods_and_stages_without_records(env: Any) -> None:
    """`fill_temporal` holds here too; stages without records are for lazy groups, of a page as well."""
    stages = env["crm.stage"].search([])
    leads = env["crm.lead"].create([{"name": "L", "date_deadline": day} for day in ("2023-01-15", "2023-03-01")])
    domain = [["id", "in", leads.ids]]
    months = leads.with_context(fill_temporal=True).read_group(domain, [], ["date_deadline:month"])
    assert [(group["date_deadline:month"], group["date_deadline_count"]) for group in months] == [
        ("January 2023", 1),
        ("February 2023", 0),
        ("March 2023", 1),
    ]
    assert len(leads.read_group(domain, [], ["stage_id"], limit=9)) == len(stages)
    eager = leads.read_group(domain, [], ["stage_id"], lazy=False)
    assert [sorted(group) for group in eager] == [["__count", "__domain", "stage_id"]]
