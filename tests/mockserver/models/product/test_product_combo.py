"""Combos, packagings, and what vendors call products."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def _product(env: Environment, name: str, **values: Any) -> Any:
    return env["product.product"].create({"name": name, **values})


def _combo(env: Environment, *products: Any) -> Any:
    items = [(0, 0, {"product_id": product.id}) for product in products]
    return env["product.combo"].create({"name": "Menu", "combo_item_ids": items})


def test_a_choice_costs_at_least_its_cheapest_product(env: Environment) -> None:
    combo = _combo(env, _product(env, "Soup", list_price=3), _product(env, "Steak", list_price=9))
    assert (combo.base_price, combo.combo_item_count, combo.currency_id) == (3, 2, env.company.currency_id)


def test_choices_are_of_different_products(env: Environment) -> None:
    soup = _product(env, "Soup")
    combo = _combo(env, soup)
    menu = env["product.template"].create({"name": "Menu", "type": "combo", "combo_ids": [(6, 0, combo.ids)]})
    for products, error in (
        ([], "must contain at least 1 product"),
        ([soup, soup], "can't contain duplicate products"),
        ([menu.product_variant_id], 'can\'t contain products of type "combo"'),
    ):
        with pytest.raises(ValidationError, match=error):
            _combo(env, *products)
    with pytest.raises(ValidationError, match="can only contain sellable products"):
        menu.combo_ids = [(4, _combo(env, _product(env, "Box", sale_ok=False)).id)]
    menu.type = "consu"
    assert not menu.combo_ids
    assert combo.exists()


def test_a_barcode_is_of_a_product_or_of_a_packaging(env: Environment) -> None:
    product, dozen = _product(env, "Egg", barcode="E1"), env.ref("uom.product_uom_dozen")
    packaging = {"product_id": product.id, "uom_id": dozen.id, "barcode": "E12"}
    env["product.uom"].create(packaging)
    with pytest.raises(ValidationError, match="A packaging already uses the barcode"):
        _product(env, "Tray", barcode="E12")
    with pytest.raises(ValidationError, match="A product already uses the barcode"):
        env["product.uom"].create({**packaging, "barcode": "E1"})
    with pytest.raises(ValidationError, match="only be assigned to one packaging"):
        env["product.uom"].create(packaging)


def test_vendors_have_names_and_codes_of_their_own(env: Environment) -> None:
    product, vendor = _product(env, "Desk", default_code="D1"), env["res.partner"].create({"name": "Vendor"})
    line = {"partner_id": vendor.id, "product_code": "V9", "product_name": "Table"}
    product.product_tmpl_id.seller_ids = [(0, 0, line)]
    theirs = product.with_context(partner_id=vendor.id)
    assert (theirs.display_name, theirs.code, theirs.partner_ref) == ("[V9] Table", "V9", "[V9] Table")
    assert (product.display_name, product.code, product.partner_ref) == ("[D1] Desk", "D1", "[D1] Desk")
    assert theirs.name_search("V9") == [(product.id, "[V9] Table")]
    assert product.name_search("V9") == []


def test_price_lists_tell_what_is_added_and_where_they_come_from(env: Environment) -> None:
    first = env["product.pricelist"].create({"name": "First"})
    second = env["product.pricelist"].create({"name": "Second"})
    rule = {"compute_price": "formula", "base": "list_price", "price_discount": 20, "price_surcharge": 5}
    first.item_ids = [(0, 0, rule)]
    assert first.item_ids.price == "20 % discount on sales price + $\xa05.00 extra fee"
    first.item_ids = [(5,), (0, 0, {**rule, "base": "pricelist", "base_pricelist_id": second.id})]
    with pytest.raises(ValidationError, match="detected: Second ⇒ First ⇒ Second"):
        second.item_ids = [(0, 0, {**rule, "base": "pricelist", "base_pricelist_id": first.id})]
    assert first.copy().name == "First (copy)"
