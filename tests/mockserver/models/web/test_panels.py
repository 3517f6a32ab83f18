"""The side panel: values of a field, with counters."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError


@pytest.fixture
def partners(env: Any) -> Any:
    """A Belgian company and a tagged person."""
    tag = env["res.partner.category"].create([{"name": "Tag"}])
    values = [{"name": "A", "country_id": env.ref("base.be").id}, {"name": "B", "category_id": [(6, 0, tag.ids)]}]
    return env["res.partner"].create(values)


def test_one_of_many(env: Any, partners: Any) -> None:
    """Records that occur are offered with how often they do."""
    options = {"search_domain": [["id", "in", partners.ids]], "enable_counters": True}
    answer = env["res.partner"].search_panel_select_range("country_id", **options)
    value = {"id": env.ref("base.be").id, "display_name": "Belgium", "__count": 1}
    assert answer == {"parent_field": False, "values": [value]}


def test_several_of_many(env: Any, partners: Any) -> None:
    """Tags are offered too, in the groups of a field of theirs."""
    options = {"search_domain": [["id", "in", partners.ids]], "group_by": "parent_id"}
    [value] = env["res.partner"].search_panel_select_multi_range("category_id", **options)["values"]
    assert (value["display_name"], value["group_name"]) == ("Tag", "Not Set")


def test_selections(env: Any, partners: Any) -> None:
    """`expand` offers what does not occur as well."""
    options = {"search_domain": [["id", "in", partners.ids]], "enable_counters": True, "expand": True}
    values = env["res.partner"].search_panel_select_range("type", **options)["values"]
    assert {value["id"]: value["__count"] for value in values}["contact"] == 2
    assert len(values) > 1


def test_other_fields(env: Any) -> None:
    """Other types are refused, unknown fields are a KeyError."""
    with pytest.raises(UserError, match=r"Only types many2one, selection .* \(found type char\)"):
        env["res.partner"].search_panel_select_range("name")
    with pytest.raises(KeyError):
        env["res.partner"].search_panel_select_range("nope")
