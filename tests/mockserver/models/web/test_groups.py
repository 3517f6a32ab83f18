"""Grouped reads as clients get them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def leads(env: Any) -> Any:
    """Two opportunities in the first stage, worth 10 and 20."""
    stage = env["crm.stage"].search([], limit=1)
    values = {"type": "opportunity", "stage_id": stage.id}
    return env["crm.lead"].create(
        [{"name": "A", "expected_revenue": 10, **values}, {"name": "B", "expected_revenue": 20, **values}]
    )


def test_formatted_groups(leads: Any) -> None:
    """A group has its values, the domain of its records and its aggregates."""
    stage = leads[0].stage_id
    assert leads.formatted_read_group([["id", "in", leads.ids]], ["stage_id"], ["expected_revenue:sum", "__count"]) == [
        {
            "stage_id": [stage.id, stage.name],
            "__extra_domain": [["stage_id", "=", stage.id]],
            "expected_revenue:sum": 30.0,
            "__count": 2,
        }
    ]


def test_no_groups(leads: Any) -> None:
    """Without groupby there is one group; without anything there is an assertion."""
    domain = [["id", "in", leads.ids]]
    assert leads.formatted_read_group(domain, [], ["__count"]) == [{"__extra_domain": [[1, "=", 1]], "__count": 2}]
    with pytest.raises(AssertionError):
        leads.formatted_read_group(domain)


def test_stages_without_records(leads: Any) -> None:
    """`read_group_expand` lists every stage, unless there is a limit."""
    expanding = leads.with_context(read_group_expand=True)
    groups = expanding.formatted_read_group([["id", "in", leads.ids]], ["stage_id"], ["__count"])
    assert len(groups) == leads.env["crm.stage"].search_count([])
    assert [group["__count"] for group in groups][:2] == [2, 0]
    assert len(expanding.formatted_read_group([["id", "in", leads.ids]], ["stage_id"], ["__count"], limit=1)) == 1


def test_grouping_sets(leads: Any) -> None:
    """Several groupbys in one call; nothing for a domain that is never true."""
    sets = leads.formatted_read_grouping_sets([["id", "in", leads.ids]], [["type"], []], ["__count"])
    assert [[group["__count"] for group in groups] for groups in sets] == [[2], [2]]
    with pytest.raises(ValueError, match="The 'grouping_sets' parameter cannot be empty"):
        leads.formatted_read_grouping_sets([], [], ["__count"])


def test_web_groups_know_how_many_there_are(leads: Any) -> None:
    """A page of groups comes with the number of all groups, opened ones with records."""
    domain = [["id", "in", leads.ids]]
    answer = leads.web_read_group(domain, ["name"], limit=1)
    assert [group["name"] for group in answer["groups"]] == ["A"]
    assert answer["length"] == 2
    opened = leads.web_read_group(domain, ["type"], auto_unfold=True, unfold_read_specification={"name": {}})
    assert [row["name"] for row in opened["groups"][0]["__records"]] == leads.search(domain).mapped("name")
    nested = leads.web_read_group(domain, ["type", "name"], auto_unfold=True)
    assert nested["groups"][0]["__groups"]["length"] == 2


def test_progress_bars(leads: Any) -> None:
    """Groups without any coloured record are left out."""
    bar = {"field": "priority", "colors": {"1": "success"}}
    assert leads.read_progress_bar([["id", "in", leads.ids]], "type", bar) == {}
    leads[0].priority = "1"
    assert leads.read_progress_bar([["id", "in", leads.ids]], "type", bar) == {"opportunity": {"1": 1}}
