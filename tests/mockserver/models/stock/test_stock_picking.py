"""Counts and transfers."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment

STOCK, CUSTOMERS, VENDORS = 5, 2, 1


def _product(env: Environment, on_hand: float = 0.0) -> Any:
    product = env["product.product"].create({"name": "Desk", "is_storable": True})
    if on_hand:
        _count(env, product, on_hand).action_apply_inventory()
    return product


def _count(env: Environment, product: Any, quantity: float, **place: Any) -> Any:
    counted = {"product_id": product.id, "location_id": STOCK, "inventory_quantity": quantity, **place}
    return env["stock.quant"].with_context(inventory_mode=True).create(counted)


def _transfer(env: Environment, product: Any, quantity: float, kind: int = 2) -> Any:
    source, target = (STOCK, CUSTOMERS) if kind == 2 else (VENDORS, STOCK)
    places = {"location_id": source, "location_dest_id": target}
    move = {"product_id": product.id, "product_uom_qty": quantity, **places}
    picking = env["stock.picking"].create({"picking_type_id": kind, **places, "move_ids": [(0, 0, move)]})
    picking.action_confirm()
    return picking


def test_a_count_waits_until_it_is_applied(env: Environment) -> None:
    """The second count of a place is the same record, and counts only when applied."""
    product = _product(env, 20)
    quant = _count(env, product, 5)
    assert (product.qty_available, quant.quantity, quant.inventory_quantity) == (20.0, 20.0, 5.0)
    quant.action_apply_inventory()
    assert product.qty_available == 5.0


def test_a_delivery_reserves_and_takes(env: Environment) -> None:
    """Goods in stock are reserved at once and leave when the transfer is validated."""
    product = _product(env, 20)
    picking = _transfer(env, product, 5)
    assert (picking.state, product.free_qty, product.qty_available) == ("assigned", 15.0, 20.0)
    assert picking.button_validate() is True
    assert (picking.state, product.qty_available) == ("done", 15.0)


def test_what_is_missing_waits(env: Environment) -> None:
    """Without stock a delivery waits; a count gives it its share."""
    product = _product(env)
    picking = _transfer(env, product, 5)
    assert picking.state == "confirmed"
    _count(env, product, 8).action_apply_inventory()
    assert picking.state == "assigned"


def test_part_of_a_transfer_asks_for_the_rest(env: Environment) -> None:
    """Less than wanted answers the wizard's action; told to skip it, the rest becomes a backorder."""
    picking = _transfer(env, _product(env, 20), 5)
    picking.move_ids.write({"quantity": 3})
    assert picking.button_validate()["res_model"] == "stock.backorder.confirmation"
    assert picking.with_context(skip_backorder=True).button_validate() is True
    backorder = env["stock.picking"].search([("backorder_id", "=", picking.id)])
    assert (picking.state, backorder.state, backorder.move_ids.product_uom_qty) == ("done", "assigned", 2.0)


def test_a_receipt_fills_the_stock(env: Environment) -> None:
    """Vendors have no end of goods."""
    product = _product(env)
    _transfer(env, product, 12, kind=1).button_validate()
    assert product.qty_available == 12.0


def test_nothing_taken_is_not_validated(env: Environment) -> None:
    """A transfer without any quantity is refused."""
    with pytest.raises(UserError, match="Validating a zero quantity transfer"):
        _transfer(env, _product(env), 5).button_validate()
