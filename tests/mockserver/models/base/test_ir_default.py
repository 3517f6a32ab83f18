"""Defaults kept in the database."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment

MODEL = "res.partner.category"


def test_defaults_hold_at_once_and_ones_own_win(env: Environment) -> None:
    """For everybody, then for the user (recorded in meta/ir-default)."""
    defaults = env["ir.default"]
    assert defaults.set(MODEL, "name", "All") is True
    assert env[MODEL].default_get(["name"]) == {"name": "All"}
    defaults.set(MODEL, "name", "Mine", True)
    assert env[MODEL].default_get(["name"]) == {"name": "Mine"}
    defaults.set(MODEL, "name", "Changed")
    rows = defaults.search([("json_value", "in", ['"Changed"', '"Mine"'])])
    assert rows.mapped("user_id.id") == [env.uid]
    rows.unlink()
    assert env[MODEL].default_get(["name"]) == {}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("no_such", "x", "Invalid field res.partner.category.no_such"),
        ("color", "abc", "Invalid value for res.partner.category.color: abc"),
    ],
)
def test_what_does_not_fit_is_refused(env: Environment, field: str, value: str, message: str) -> None:
    """Unknown fields and values of the wrong type."""
    with pytest.raises(ValidationError) as caught:
        env["ir.default"].set(MODEL, field, value)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("city", "no json", "Invalid JSON format in Default Value field."),
        ("color", '"red"', "Expected type 'integer' for 'res.partner.color'"),
    ],
)
def test_what_is_kept_is_checked(env: Environment, name: str, text: str, message: str) -> None:
    """It has to be JSON, and a value of the field."""
    field = env.ref(f"base.field_res_partner__{name}").id
    with pytest.raises(ValidationError, match=message):
        env["ir.default"].create([{"field_id": field, "json_value": text}])


def test_a_number_has_bounds(env: Environment) -> None:
    """Those of a column."""
    with pytest.raises(ValidationError, match="is out of bounds"):
        env["ir.default"].set("res.partner", "color", 2**31)


def test_defaults_of_the_context_are_links_as_one_set(env: Environment) -> None:
    """Lists of ids and links are told as the command that sets them; a key is not asked whether it may be selected."""
    tag = env[MODEL].create({"name": "T"})
    for given in ([tag.id], [[4, tag.id]], [[6, 0, [tag.id]]]):
        asked = env["res.partner"].with_context(default_category_id=given, default_type="no such")
        assert asked.default_get(["category_id", "type"]) == {"category_id": [(6, 0, [tag.id])], "type": "no such"}
    team = env["crm.team"].default_get(["favorite_user_ids"])
    assert team == {"favorite_user_ids": [[6, 0, [env.uid]]]}


def test_the_first_of_one_scope_holds(env: Environment) -> None:
    """Of the company before that of all companies, whichever is older; then the one of the lowest id."""
    field = env["ir.model.fields"]._id_of("res.partner", "function")
    every = {"field_id": field, "json_value": '"Baker"'}
    env["ir.default"].create([every, {"field_id": field, "json_value": '"Cook"'}])
    assert env["res.partner"].default_get(["function"]) == {"function": "Baker"}
    env["ir.default"].create({"field_id": field, "json_value": '"Dyer"', "company_id": env.company.id})
    assert env["res.partner"].default_get(["function"]) == {"function": "Dyer"}
