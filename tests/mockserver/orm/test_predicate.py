"""Records in memory are selected as saved ones are."""

from __future__ import annotations

from typing import Any

import pytest

DOMAINS: list[Any] = [
    [],
    False,
    [("name", "=", "Ann")],
    [("name", "!=", "Ann")],
    [("name", "ilike", "an")],
    [("name", "not like", "An")],
    [("ref", "=", False)],
    [("ref", "!=", "x")],
    [("color", ">", 2)],
    [("color", "<=", 0)],
    ["!", ("color", ">", 2)],
    [("is_company", "=", True)],
    ["|", ("is_company", "=", True), ("color", "=", 5)],
    [("country_id", "=", 20)],
    [("country_id", "!=", 20)],
    [("country_id", "=", False)],
    [("country_id.code", "=", "BE")],
    [("country_id", "=", "Belgium")],
    [("category_id.name", "=", "red")],
    [("category_id", "=", False)],
    [("category_id", "not in", [99999])],
    [("properties.x", "=", False)],
]


@pytest.mark.parametrize("domain", DOMAINS, ids=map(str, DOMAINS))
def test_as_saved(env: Any, domain: Any) -> None:
    """The same values, saved and in memory, are selected by the same domains."""
    red = env["res.partner.category"].create({"name": "red"})
    values: list[dict[str, Any]] = [
        {"name": "Ann", "ref": "x", "color": 5, "is_company": True, "country_id": 20},
        {"name": "Hanna", "color": 0, "category_id": [(6, 0, [red.id])]},
        {"name": "Bob", "ref": "", "color": 2, "country_id": 75},
    ]
    partners = env["res.partner"]
    saved = partners.create(values)
    new = [partners.new(each) for each in values]
    expected = saved.filtered_domain(domain).mapped("name")
    assert [record.name for record in new if record.filtered_domain(domain)] == expected


def test_saved_and_new_together(env: Any) -> None:
    """Both keep their order."""
    partners = env["res.partner"]
    saved = partners.create([{"name": "Zed"}, {"name": "Other"}])
    both = saved | partners.new({"name": "Zed"})
    assert len(both.filtered_domain([("name", "=", "Zed")])) == 2
