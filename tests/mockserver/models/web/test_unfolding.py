"""Groups that are open: by themselves, or as the client had them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def partners(env: Any) -> Any:
    """Four partners: two in Belgium, one in France, one nowhere; three with a reference."""
    there, beyond = env.ref("base.be").id, env.ref("base.fr").id
    places = [("A", there, "x"), ("B", there, "y"), ("C", beyond, "x"), ("D", False, False)]
    return env["res.partner"].create(
        [{"name": name, "country_id": country, "ref": ref} for name, country, ref in places]
    )


def _names(group: dict[str, Any]) -> list[str] | None:
    return [row["name"] for row in group["__records"]] if "__records" in group else None


def _asked(partners: Any, groupby: list[str], **options: Any) -> Any:
    return partners.web_read_group(
        [["id", "in", partners.ids]], groupby, unfold_read_specification={"name": {}}, **options
    )


def test_the_first_groups_open_by_themselves(partners: Any) -> None:
    """Not those without a record to stand for; of plain values the unset ones too."""
    assert [_names(group) for group in _asked(partners, ["country_id"], auto_unfold=True)["groups"]] == [
        ["A", "B"],
        ["C"],
        None,
    ]
    assert [_names(group) for group in _asked(partners, ["ref"], auto_unfold=True)["groups"]] == [
        ["A", "C"],
        ["B"],
        ["D"],
    ]
    few = partners.with_context(max_number_opened_groups=1)
    assert [_names(group) for group in _asked(few, ["ref"], auto_unfold=True)["groups"]] == [["A", "C"], None, None]


def test_groups_open_as_the_client_had_them(partners: Any) -> None:
    """With limit, offset and a part of a progress bar; an offset past the end is told to be none."""
    first = {"value": "x", "folded": False, "limit": 1, "offset": 1}
    opened = _asked(partners, ["ref"], opening_info=[first, {"value": "y", "folded": True}])["groups"]
    assert [_names(group) for group in opened] == [["C"], None, None]
    past = _asked(partners, ["ref"], opening_info=[{**first, "offset": 9}])["groups"][0]
    assert (past["__offset"], _names(past)) == (0, ["A"])
    part = {**first, "limit": 9, "offset": 0, "progressbar_domain": [["name", "=", "C"]]}
    assert _names(_asked(partners, ["ref"], opening_info=[part])["groups"][0]) == ["C"]


def test_subgroups_open_only_as_the_client_had_them(partners: Any) -> None:
    """The first level by itself, with a page of the second one."""
    groups = _asked(partners, ["country_id", "ref"], auto_unfold=True)["groups"]
    assert [(group["__groups"]["length"] if "__groups" in group else None) for group in groups] == [2, 1, None]
    assert all("__records" not in group for group in groups[0]["__groups"]["groups"])
    inner = [{"value": "y", "folded": False, "limit": 80, "offset": 0}]
    there = {"value": groups[0]["country_id"][0], "folded": False, "limit": 80, "offset": 0, "groups": inner}
    opened = _asked(partners, ["country_id", "ref"], opening_info=[there])["groups"][0]["__groups"]["groups"]
    assert [(group["ref"], _names(group)) for group in opened] == [("x", None), ("y", ["B"])]


def test_an_order_holds_for_groups_where_it_is_of_them_and_for_records_else(partners: Any) -> None:
    """Fields of an order that no group or aggregate has sort the records."""
    answer = _asked(partners, ["ref"], order="name desc", auto_unfold=True)
    assert [(group["ref"], _names(group)) for group in answer["groups"]] == [
        ("x", ["C", "A"]),
        ("y", ["B"]),
        (False, ["D"]),
    ]
    down = _asked(partners, ["ref"], order="ref desc, id")["groups"]
    assert [group["ref"] for group in down] == [False, "y", "x"]
    with pytest.raises(ValueError, match=r"Invalid order 'ref foo' for web_read_group\(\)"):
        _asked(partners, ["ref"], order="ref foo")


def test_a_page_past_the_end_is_empty(partners: Any) -> None:
    """And there are no groups then; without a groupby there is an assertion."""
    assert _asked(partners, ["ref"], offset=9) == {"groups": [], "length": 0}
    assert _asked(partners, ["ref"], limit=1, offset=1)["length"] == 3
    with pytest.raises(AssertionError):
        _asked(partners, [])


def test_records_that_groups_stand_for_are_read(partners: Any) -> None:
    """At every level; plain values stand for none."""
    wanted = {"country_id": {"code": {}}}
    values = [
        group["__values"] for group in _asked(partners, ["country_id"], groupby_read_specification=wanted)["groups"]
    ]
    assert [value.get("code") for value in values] == ["BE", "FR", None]
    assert values[-1] == {"id": False}
    with pytest.raises(AssertionError, match="We can only read extra info from a relational field"):
        _asked(partners, ["ref"], groupby_read_specification={"ref": {"code": {}}})


def test_stages_open_unless_they_are_folded(env: Any) -> None:
    """`read_group_expand` tells which are, without a word in the answer."""
    stages = env["crm.stage"].search([])
    stages[-1].fold = True
    lead = env["crm.lead"].create({"name": "L", "stage_id": stages[-1].id})
    asked = lead.with_context(read_group_expand=True)
    groups = asked.web_read_group([["id", "=", lead.id]], ["stage_id"], unfold_read_specification={"name": {}})[
        "groups"
    ]
    assert [_names(group) for group in groups] == [*[[] for _stage in stages[:-1]], None]
    assert not any("__fold" in group for group in groups)
