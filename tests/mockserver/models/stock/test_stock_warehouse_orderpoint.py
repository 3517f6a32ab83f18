"""Reordering rules, and kinds of operations that are given little."""

from __future__ import annotations

from fauxdoo.mockserver.orm.environment import Environment

STOCK, VENDORS = 5, 1


def test_what_is_to_be_ordered(env: Environment) -> None:
    """Up to the maximum, once less is forecast than the minimum; another amount can be set."""
    product = env["product.product"].create({"name": "Desk", "is_storable": True})
    rules = env["stock.warehouse.orderpoint"]
    rule = rules.create({"product_id": product.id, "product_min_qty": 5, "product_max_qty": 8})
    assert (rule.location_id.id, rule.warehouse_id.code) == (STOCK, "WH")
    assert (rule.qty_on_hand, rule.qty_forecast, rule.qty_to_order) == (0.0, 0.0, 8.0)
    place = {"product_id": product.id, "location_id": STOCK, "inventory_quantity": 6}
    env["stock.quant"].create(place).action_apply_inventory()
    assert (rule.qty_on_hand, rule.qty_to_order) == (6.0, 0.0)
    rule.qty_to_order = 3.0
    assert (rule.qty_to_order, rule.unwanted_replenish) == (3.0, True)
    rule.write({"product_min_qty": 9.0})
    assert rule.product_max_qty == 9.0


def test_rules_are_numbered(env: Environment) -> None:
    products = env["product.product"].create([{"name": name, "is_storable": True} for name in ("Desk", "Lamp")])
    rules = env["stock.warehouse.orderpoint"].create([{"product_id": each.id} for each in products])
    assert len(set(rules.mapped("name"))) == 2


def test_a_kind_of_operation_knows_its_places(env: Environment) -> None:
    """By what it does, in the company's first warehouse."""
    kind = env["stock.picking.type"].create({"name": "Dock", "code": "incoming", "sequence_code": "DOCK"})
    assert (kind.default_location_src_id.id, kind.default_location_dest_id.id) == (VENDORS, STOCK)
    assert kind.warehouse_id.code == "WH"


def test_a_lot_knows_its_only_place(env: Environment) -> None:
    product = env["product.product"].create({"name": "Desk", "is_storable": True, "tracking": "lot"})
    lot = env["stock.lot"].create({"name": "A", "product_id": product.id})
    assert not lot.location_id
    place = {"product_id": product.id, "location_id": STOCK, "lot_id": lot.id}
    env["stock.quant"].create({**place, "inventory_quantity": 2}).action_apply_inventory()
    assert lot.location_id.id == STOCK
