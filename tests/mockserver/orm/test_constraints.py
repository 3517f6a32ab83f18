"""SQL constraints of the catalogue, in every store."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import DatabaseError, MissingError, ValidationError


def test_conditions_on_booleans(env: Any) -> None:
    """A CHECK of the catalogue that looks at a boolean column holds in every store."""
    group = env.ref("base.group_portal").id
    vals = {"name": "Una", "login": "una", "group_ids": [(6, 0, [group])]}
    user = env["res.users"].create(vals)
    with pytest.raises(ValidationError, match="Only internal user"), env.cr.savepoint():
        user.write({"notification_type": "inbox"})
        env.flush()


@pytest.mark.parametrize(
    ("model", "vals", "column"),
    [
        ("stock.move", {"product_id": True}, "location_id"),
        ("res.partner.bank", {}, "partner_id"),
        ("res.country.state", {}, "country_id"),
        ("res.country.state", {"country_id": True}, "name"),
        ("account.journal", {}, "type"),
        ("ir.model.access", {}, "model_id"),
        ("purchase.order.line", {}, "order_id"),
    ],
)
def test_the_first_of_what_is_missing(env: Any, model: str, vals: dict[str, Any], column: str) -> None:
    """Columns stand in the table by type, numbers first (recorded in stock/move-create-errors)."""
    made = {name: env[model]._fields[name].comodel_name for name in vals}
    links = {name: env[comodel].create([{"name": "X", **_coded(comodel)}]).id for name, comodel in made.items()}
    with pytest.raises(ValidationError, match=rf"\({column}\)"):
        env[model].create([links])


def _coded(model: str) -> dict[str, str]:
    return {"code": "XX"} if model == "res.country" else {}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("20", None),
        (" +20 ", None),
        (20.4, None),
        ("", None),
        (False, None),
        ([], None),
        ("Belgium", "psycopg2.errors.InvalidTextRepresentation"),
        ("20.0", "psycopg2.errors.InvalidTextRepresentation"),
        ([20, "Belgium"], "psycopg2.errors.InvalidTextRepresentation"),
        ([20], "psycopg2.errors.DatatypeMismatch"),
        (["20"], "psycopg2.errors.DatatypeMismatch"),
        (True, "psycopg2.errors.DatatypeMismatch"),
        ({"id": 20}, "psycopg2.ProgrammingError"),
        (2**31, "psycopg2.errors.NumericValueOutOfRange"),
        (1e300, "psycopg2.errors.NumericValueOutOfRange"),
        (float("inf"), "psycopg2.errors.NumericValueOutOfRange"),
    ],
)
def test_a_link_in_the_values_of_a_new_record(env: Any, value: Any, name: str | None) -> None:
    """It reaches the database as it is, which takes numbers only (recorded in sale/required-errors)."""
    if name is None:
        made = env["res.partner"].create([{"name": "P", "country_id": value}])
        assert made.country_id.id == (20 if value else False)
        return
    with pytest.raises(DatabaseError) as caught:
        env["res.partner"].create([{"name": "P", "country_id": value}])
    assert caught.value.name == name


@pytest.mark.parametrize("value", ["20", "Belgium", [20, "Belgium"], True, 20.0, {"id": 20}])
def test_a_link_that_is_written_is_nothing_unless_it_is_a_number(env: Any, value: Any) -> None:
    """What is written has been understood before (recorded in field/many2one-wrong-types)."""
    partner = env["res.partner"].create([{"name": "P", "country_id": 20}])
    partner.write({"country_id": value})
    env.flush()
    env.transaction.invalidate()
    assert not partner.country_id


def test_links_to_what_is_not_there(env: Any) -> None:
    """A new contact's tags are looked at, which have a list of contacts too (recorded in command/m2m-missing-ids)."""
    for command in ([4, 99999999], [6, 0, [99999999]]):
        with pytest.raises(MissingError, match="res.partner.category"):
            env["res.partner"].create([{"name": "P", "category_id": [command]}])
        with pytest.raises(ValidationError, match="Another model"), env.cr.savepoint():
            env["res.partner"].create([{"name": "P"}]).write({"category_id": [command]})


def test_ids_that_are_lists(env: Any) -> None:
    """They are no ids, whatever is to be done (recorded in config/config-parameter-record-json2)."""
    with pytest.raises(TypeError, match="unhashable type: 'list'"):
        env["res.partner"].browse(([1],)).unlink()


@pytest.mark.parametrize(
    ("model", "vals", "message"),
    [
        ("hr.employee", {"name": "E", "barcode": "1"}, "The Badge ID must be unique"),
        (
            "account.journal",
            {"name": "J", "code": "J1", "type": "general"},
            "Journal codes must be unique per company.",
        ),
        ("utm.tag", {"name": "T"}, "Tag name already exists!"),
        ("stock.package.type", {"name": "P", "barcode": "1"}, "A barcode can only be assigned to one package"),
    ],
)
def test_broken_constraints_are_told_in_words(env: Any, model: str, vals: dict[str, Any], message: str) -> None:
    """Also of models without a class of their own."""
    env[model].create([vals])
    with pytest.raises(ValidationError, match=f"The operation cannot be completed: {message}"):
        env[model].create([{**vals, "name": "Other"} if model == "account.journal" else vals])
