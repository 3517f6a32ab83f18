"""Names that records are shown by, where they are more than one field."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize(
    ("model", "values", "shown"),
    [
        ("res.bank", {"name": "Bank", "bic": "ABNANL2A"}, "Bank - ABNANL2A"),
        ("res.bank", {"name": "Bank"}, "Bank"),
        ("account.incoterms", {"name": "EX WORKS", "code": "EXW"}, "[EXW] EX WORKS"),
        ("account.group", {"name": "Assets", "code_prefix_start": "10", "code_prefix_end": "19"}, "10-19 Assets"),
        ("account.group", {"name": "Cash", "code_prefix_start": "57", "code_prefix_end": "57"}, "57 Cash"),
        ("account.analytic.account", {"name": "Site", "code": "S1", "partner_id": 1}, "[S1] Site - My Company"),
        ("account.analytic.account", {"name": "Site"}, "Site"),
    ],
)
def test_codes_and_names_are_shown_together(env: Environment, model: str, values: dict[str, Any], shown: str) -> None:
    """Each model in its own way."""
    plan = {"plan_id": env["account.analytic.plan"].search([], limit=1).id} if "analytic" in model else {}
    assert env[model].create({**values, **plan}).display_name == shown


def test_accounts_show_their_code_to_who_reads_all_accounting(env: Environment) -> None:
    """Others see the name alone, as the administrator of a fresh database does."""
    account = env["account.account"].search([("code", "=", "101000")])
    user = env["res.users"].create({"name": "Reader", "login": "reader"})
    user.group_ids = env.ref("base.group_user") + env.ref("account.group_account_readonly")
    assert account.with_user(user.id).display_name == "101000 Current Assets"
    assert account.with_user(env.ref("base.user_admin").id).display_name == "Current Assets"


def test_stock_is_shown_by_where_it_lies(env: Environment) -> None:
    """A quant with its lot and owner, a move with its way."""
    product = env["product.product"].create(
        {"name": "Bolt", "default_code": "B1", "is_storable": True, "tracking": "lot"}
    )
    lot = env["stock.lot"].create({"name": "L7", "product_id": product.id})
    place, customers = env.ref("stock.stock_location_stock"), env.ref("stock.stock_location_customers")
    quant = env["stock.quant"].create({"product_id": product.id, "location_id": place.id, "lot_id": lot.id})
    move = env["stock.move"].create(
        {"product_id": product.id, "location_id": place.id, "location_dest_id": customers.id, "product_uom_qty": 1}
    )
    assert quant.display_name == "WH/Stock - L7"
    assert move.display_name == "B1: Stock>Customers"
    picking = env["stock.picking"].create({"picking_type_id": env.ref("stock.picking_type_out").id, "origin": "SO9"})
    move.picking_id = picking
    assert move.display_name.startswith("SO9/B1: ")


def test_a_formatted_name_marks_what_is_beside_it(env: Environment) -> None:
    """With `formatted_display_name` in the context, as lists to choose from ask for it."""
    formatted = env(context={"formatted_display_name": True})
    product = formatted["product.product"].create({"name": "Vase", "default_code": "V1"})
    assert product.display_name == product.product_tmpl_id.display_name == "Vase\t--V1--"
    assert formatted.ref("uom.product_uom_dozen").display_name == "Dozens\t--12.0 Units--"
    assert formatted.ref("stock.stock_location_stock").display_name == "--WH/--Stock"
    found = env["product.product"].web_name_search("V1", {"display_name": {}})
    assert found == [{"id": product.id, "display_name": "[V1] Vase", "__formatted_display_name": "Vase\t--V1--"}]


def test_a_bank_is_found_by_how_its_bic_begins(env: Environment) -> None:
    """A part from the middle finds it by its name only."""
    bank = env["res.bank"].create({"name": "Northern", "bic": "QQXXZZ"})
    assert [env["res.bank"].name_search(text) for text in ("qqxx", "xxzz", "orther")] == [
        [(bank.id, "Northern - QQXXZZ")],
        [],
        [(bank.id, "Northern - QQXXZZ")],
    ]
    assert bank not in env["res.bank"].search([("display_name", "not ilike", "qqxx")])


def test_a_name_is_asked_of_fields_that_may_have_it(env: Environment) -> None:
    """A rate is found by its day, although the day is no number; where no field fits nothing is found."""
    rates = env["res.currency.rate"]
    rate = rates.create({"name": "2024-01-01", "rate": 2, "currency_id": env.ref("base.EUR").id})
    assert rates.name_search("2024-01-01", operator="=") == [(rate.id, "2024-01-01")]
    assert rates.search([("display_name", "=", "2.0")]) == rate
    assert not rates.search([("display_name", "=", "soon")])
