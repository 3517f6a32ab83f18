"""Rows of texts become records, or messages."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment


def _load(env: Environment, fields: list[str], data: list[list[Any]], **context: Any) -> dict[str, Any]:
    result: dict[str, Any] = env["res.partner"].with_context(**context).load(fields, data)
    return result


def test_rows_with_an_xmlid_are_created_once(env: Environment) -> None:
    """The second time they are updated, empty cells too (recorded in io/load-create-update)."""
    first = _load(env, ["id", "name", "email"], [["shop.a", "A", "a@ex.com"], ["b", "B", ""]])
    assert first["messages"] == []
    again = _load(env, ["id", "name"], [["shop.a", "New"]])
    assert again["ids"] == first["ids"][:1]
    partner = env.ref("shop.a")
    assert (partner.name, partner.email, env.ref("__import__.b").name) == ("New", "a@ex.com", "B")


@pytest.mark.parametrize(
    ("column", "cell"),
    [("country_id", "Belgium"), ("country_id/id", "base.be"), ("country_id/.id", "20")],
)
def test_related_records_by_name_xmlid_and_id(env: Environment, column: str, cell: str) -> None:
    """The column says how they are named (recorded in io/load-many2one)."""
    ids = _load(env, ["name", column], [["A", cell]])["ids"]
    assert env["res.partner"].browse(ids).country_id == env.ref("base.be")


def test_several_related_records_and_lines(env: Environment) -> None:
    """Commas in a cell, rows below the record (recorded in io/load-x2many)."""
    env["res.partner.category"].create([{"name": "T1"}, {"name": "T2"}])
    ids = _load(env, ["name", "category_id"], [["A", "T1,T2"]])["ids"]
    assert env["res.partner"].browse(ids).category_id.mapped("name") == ["T1", "T2"]
    fields = ["id", "name", "child_ids/id", "child_ids/name"]
    ids = _load(env, fields, [["shop.p", "P", "shop.k1", "K1"], ["", "", "shop.k2", "K2"], ["shop.q", "Q", "", ""]])[
        "ids"
    ]
    assert len(ids) == 2
    assert env.ref("shop.k2").parent_id == env.ref("shop.p")
    _load(env, ["id", "child_ids/id", "child_ids/name"], [["shop.p", "shop.k1", "New"]])
    assert env.ref("shop.p").child_ids.mapped("name") == ["K2", "New"]


@pytest.mark.parametrize(
    ("columns", "cells", "field", "message"),
    [
        (["name", "color"], ["A", "x"], "color", "'x' does not seem to be an integer for field 'Color Index'"),
        (
            ["name", "country_id"],
            ["A", "Nowhere"],
            "country_id",
            "No matching record found for name 'Nowhere' in field 'Country'",
        ),
        (
            ["name", "country_id/id"],
            ["A", "base.nope"],
            "country_id",
            "No matching record found for external id 'base.nope' in field 'Country'",
        ),
        (["name", "country_id/.id"], ["A", "abc"], "country_id", "Invalid database id 'abc' for the field 'Country'"),
        (
            ["name", "country_id/code"],
            ["A", "BE"],
            "country_id",
            "Can not create Many-To-One records indirectly, import the field separately",
        ),
        ([".id", "name"], ["999999999", "A"], ".id", "Unknown database identifier '999999999'"),
        (["email"], ["a@ex.com"], None, "Contacts require a name"),
    ],
)
def test_messages_say_what_is_wrong(
    env: Environment, columns: list[str], cells: list[Any], field: str | None, message: str
) -> None:
    """With row, record and field (recorded in io/load-errors)."""
    answer = _load(env, columns, [cells])
    assert answer["ids"] is False
    found = answer["messages"][0]
    assert (found["message"], found.get("field"), found["rows"], found["record"]) == (
        message,
        field,
        {"from": 0, "to": 0},
        0,
    )


def test_nothing_is_saved_where_anything_is_wrong(env: Environment) -> None:
    """Every bad record has its message (recorded in io/load-errors)."""
    answer = env["ir.config_parameter"].load(["key", "value"], [["zq", "1"], ["zq", "2"], ["", ""]])
    assert [(each["record"], each["field"]) for each in answer["messages"]] == [(1, "key"), (2, "key")]
    assert answer["messages"][0]["message"] == "Key must be unique."
    assert not env["ir.config_parameter"].search([("key", "=", "zq")])


def test_unknown_columns_are_errors(env: Environment) -> None:
    """No message, a ValueError."""
    with pytest.raises(ValueError, match="Invalid field name 'no_such'"):
        _load(env, ["name", "no_such"], [["A", "x"]])


def test_the_context_limits_and_allows(env: Environment) -> None:
    """A number of rows at a time, records made by name, defaults (recorded in io/load-context)."""
    assert _load(env, ["name"], [["A"], ["B"], ["C"]], _import_limit=2)["nextrow"] == 2
    ids = _load(env, ["name", "category_id"], [["D", "New"]], name_create_enabled_fields={"category_id": True})["ids"]
    assert env["res.partner"].browse(ids).category_id.name == "New"
    ids = _load(env, ["name"], [["E", "too", "many"]], default_email="e@ex.com")["ids"]
    assert env["res.partner"].browse(ids).email == "e@ex.com"
