"""What rows are grouped by: fields, paths, links, periods; and the domains that select each group."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fauxdoo.mockserver.orm.groupby import Group


@pytest.mark.parametrize(
    ("model", "spec", "raw", "domain"),
    [
        ("res.partner", "ref", "x", [["ref", "=", "x"]]),
        ("res.partner", "ref", None, [["ref", "=", False]]),
        ("res.partner", "active", 1, [["active", "=", True]]),
        ("res.partner", "category_id", None, [["category_id", "not any", []]]),
        ("res.partner", "country_id.code", "BE", [["country_id", "any", [["code", "=", "BE"]]]]),
        (
            "res.partner",
            "country_id.code",
            None,
            ["|", ["country_id", "not any", []], ["country_id", "any", [["code", "=", False]]]],
        ),
        (
            "crm.lead",
            "date_deadline:month",
            "2023-01-01",
            ["&", ["date_deadline", ">=", "2023-01-01"], ["date_deadline", "<", "2023-02-01"]],
        ),
        ("crm.lead", "date_deadline:month", None, [["date_deadline", "=", False]]),
        ("crm.lead", "date_deadline:month_number", 1, [["date_deadline.month_number", "=", 1.0]]),
    ],
)
def test_domains(env: Any, model: str, spec: str, raw: Any, domain: list[Any]) -> None:
    """A group's domain selects its records; an empty link on the way counts as no value."""
    assert Group(env[model], spec).domain(raw) == domain


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("nope", "Invalid field 'nope' on model 'res.partner'"),
        ("country_id.nope", "Invalid field 'nope' on model 'res.country'"),
        ("category_id.name", "Only many2one path is accepted for the 'category_id.name' groupby spec"),
        ("create_date", "Granularity not set on a date(time) field: 'create_date'"),
        ("create_date:bogus", "Granularity specification isn't correct: 'bogus'"),
        ("name:month", "Granularity set on a no-datetime field or property: 'name:month'"),
        ("properties", "Wrong property field value name 'None'."),
    ],
)
def test_refused(env: Any, spec: str, message: str) -> None:
    """Wrong terms are named."""
    with pytest.raises(ValueError, match=re.escape(message)):
        Group(env["res.partner"], spec)


def test_a_record_counts_in_the_group_of_each_link(env: Any) -> None:
    """Groups by a many2many overlap; records without links form the last."""
    first, second = env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
    links = [[first.id, second.id], [first.id], []]
    partners = env["res.partner"].create([{"name": "P", "category_id": [(6, 0, ids)]} for ids in links])
    found = partners._read_group([("id", "in", partners.ids)], ["category_id"], ["__count"])
    assert found == [(first, 2), (second, 1), (env["res.partner.category"], 1)]


def test_periods_follow_the_time_zone(env: Any) -> None:
    """A moment late in the evening is in the next month further east; its group starts there."""
    task = env["project.task"].create([{"name": "T", "date_deadline": "2024-01-31 23:30:00"}])
    domain = [("id", "=", task.id)]
    east = task.with_context(tz="Europe/Brussels").formatted_read_group(domain, ["date_deadline:month"], ["__count"])
    assert east[0]["date_deadline:month"] == ["2024-01-31 23:00:00", "February 2024"]
    utc = task.formatted_read_group(domain, ["date_deadline:month"], ["__count"])
    assert utc[0]["date_deadline:month"] == ["2024-01-01 00:00:00", "January 2024"]
