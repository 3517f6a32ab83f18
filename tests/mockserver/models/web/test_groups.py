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


@pytest.fixture
def dated(env: Any) -> Any:
    """Leads due in January and April 2023, and one without a day."""
    days = ["2023-01-15", "2023-04-02", False]
    return env["crm.lead"].create([{"name": "L", "date_deadline": day, "expected_revenue": 5} for day in days])


@pytest.mark.parametrize(
    ("granularity", "fill", "starts"),
    [
        ("month", True, ["2023-01-01", "2023-02-01", "2023-03-01", "2023-04-01"]),
        ("quarter", {}, ["2023-01-01", "2023-04-01"]),
        ("month", {"fill_from": "2022-12-31", "fill_to": "2023-01-01"}, ["2022-12-01", "2023-01-01", "2023-04-01"]),
        ("year", {"min_groups": 3}, ["2023-01-01", "2024-01-01", "2025-01-01"]),
        ("quarter", {"fill_from": "2023-08-01"}, ["2023-01-01", "2023-04-01"]),
        ("week", {"fill_from": "2023-01-25", "fill_to": "2023-01-25"}, ["2023-01-15", "2023-01-22", "2023-04-02"]),
        ("month", False, ["2023-01-01", "2023-04-01"]),
    ],
)
def test_periods_without_records(dated: Any, granularity: str, fill: Any, starts: list[str]) -> None:
    """`fill_temporal` puts them between the first and the last one, or as it says; what has no day comes last."""
    asked = dated.with_context(fill_temporal=fill)
    spec = f"date_deadline:{granularity}"
    groups = asked.formatted_read_group([["id", "in", dated.ids]], [spec], ["__count", "expected_revenue:sum"])
    assert [group[spec] and group[spec][0] for group in groups] == [*starts, False]
    assert all(group["expected_revenue:sum"] == (group["__count"] * 5.0 or False) for group in groups)


def test_periods_are_not_filled_on_a_page(dated: Any) -> None:
    """Odoo refuses it; parts of dates are no periods."""
    asked = dated.with_context(fill_temporal=True)
    with pytest.raises(ValueError, match="You cannot used fill_temporal with a limit or an offset"):
        asked.formatted_read_group([], ["date_deadline:month"], ["__count"], limit=1)
    with pytest.raises(KeyError, match="month_number"):
        asked.formatted_read_group([["id", "in", dated.ids]], ["date_deadline:month_number"], ["__count"])


@pytest.mark.parametrize("fill", [{"min_groups": 10**9}, {"fill_from": "0001-01-01", "fill_to": "9999-12-30"}])
def test_periods_without_end(dated: Any, fill: Any) -> None:
    """Nobody gets a chart of a million days."""
    asked = dated.with_context(fill_temporal=fill)
    with pytest.raises(ValueError, match="more than 100000 groups"):
        asked.formatted_read_group([["id", "in", dated.ids]], ["date_deadline:day"], ["__count"])


def test_moments_are_filled_by_local_periods(env: Any) -> None:
    """As they are grouped."""
    project = env["project.project"].create({"name": "P"})
    moments = ["2024-01-31 23:30:00", "2024-03-31 12:00:00"]
    tasks = env["project.task"].create([{"name": "T", "project_id": project.id, "date_deadline": at} for at in moments])
    asked = tasks.with_context(fill_temporal=True, tz="Europe/Brussels")
    groups = asked.formatted_read_group([["id", "in", tasks.ids]], ["date_deadline:month"], ["__count"])
    assert [(group["date_deadline:month"][1], group["__count"]) for group in groups] == [
        ("February 2024", 1),
        ("March 2024", 1),
    ]


def test_stages_without_records_are_those_of_the_model(env: Any) -> None:
    """Tasks show no stages beside their own but in the view of a project; an order down turns stages around."""
    project = env["project.project"].create({"name": "P", "type_ids": [[0, 0, {"name": "S1"}], [0, 0, {"name": "S2"}]]})
    task = env["project.task"].create({"name": "T", "project_id": project.id})
    domain = [["id", "=", task.id]]
    assert [group["stage_id"][1] for group in task.read_group(domain, [], ["stage_id"])] == ["S1"]
    there = task.with_context(default_project_id=project.id, project_kanban=True, read_group_expand=True)
    groups = there.formatted_read_group(domain, ["stage_id"], ["__count"], order="stage_id desc")
    assert [(group["stage_id"][1], group["__count"]) for group in groups] == [("S2", 0), ("S1", 1)]
