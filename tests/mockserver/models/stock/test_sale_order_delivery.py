"""When deliveries are due, and what they have in common with their order."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment

STOCK, CUSTOMERS = 5, 2


def _goods(env: Environment, lead: float = 0.0) -> Any:
    return env["product.product"].create({"name": "Desk", "is_storable": True, "sale_delay": lead})


def _order(env: Environment, *goods: Any, **vals: Any) -> Any:
    customer = env["res.partner"].create({"name": "Customer"})
    lines = [(0, 0, {"product_id": each.id, "product_uom_qty": 2}) for each in goods]
    return env["sale.order"].create({"partner_id": customer.id, "order_line": lines, **vals})


def test_moves_know_their_rule_place_and_reference(env: Environment) -> None:
    """One reference, with the order's name, is shared by its moves and transfers."""
    order = _order(env, _goods(env))
    order.action_confirm()
    move = order.order_line.move_ids
    assert (move.rule_id.name, move.warehouse_id.id) == ("WH: Stock → Customers", order.warehouse_id.id)
    assert move.location_final_id.id == CUSTOMERS
    assert order.stock_reference_ids.name == order.name
    assert move.reference_ids == order.picking_ids.reference_ids == order.stock_reference_ids
    assert (move.packaging_uom_id, move.packaging_uom_qty) == (order.order_line.product_uom_id, 2.0)


def test_goods_are_expected_after_their_lead_time(env: Environment) -> None:
    """The earliest line counts, or the latest where all goes at once."""
    order = _order(env, _goods(env, 3), _goods(env, 5))
    order.action_confirm()
    assert (order.expected_date - order.date_order).days == 3
    assert [(move.date_deadline - order.date_order).days for move in order.order_line.move_ids] == [3, 5]
    assert (order.picking_ids.date_deadline - order.date_order).days == 3
    order.picking_policy = "one"
    assert (order.expected_date - order.date_order).days == 5
    order.action_cancel()
    assert not order.expected_date


def test_a_promised_date_is_the_deadline(env: Environment) -> None:
    """Also where it is promised later, for what is not delivered yet."""
    order = _order(env, _goods(env), commitment_date="2030-01-02 08:00:00")
    order.action_confirm()
    assert order.picking_ids.date_deadline == order.commitment_date == order.picking_ids.scheduled_date
    order.write({"commitment_date": "2030-02-03 08:00:00"})
    assert order.picking_ids.date_deadline == order.commitment_date


def test_what_a_count_says_of_a_place(env: Environment) -> None:
    """Value, next and last count; nothing differs once the count is applied."""
    product = env["product.product"].create({"name": "Desk", "is_storable": True, "standard_price": 4.0})
    quant = env["stock.quant"].create({"product_id": product.id, "location_id": STOCK, "inventory_quantity": 5})
    assert quant.inventory_diff_quantity == 5.0
    quant.action_apply_inventory()
    assert (quant.inventory_diff_quantity, quant.value, quant.cost_method) == (0.0, 20.0, "standard")
    assert quant.last_count_date == env.clock.today()
    assert (quant.inventory_date.month, quant.inventory_date.day) == (12, 31)
    assert quant in env["stock.quant"].search([("on_hand", "=", True)])
    assert quant not in env["stock.quant"].search([("on_hand", "=", False)])


def test_quantities_by_warehouse_and_lot(env: Environment) -> None:
    """The context narrows down what is on hand."""
    product = env["product.product"].create({"name": "Desk", "is_storable": True, "tracking": "lot"})
    lots = env["stock.lot"].create([{"name": name, "product_id": product.id} for name in ("A", "B")])
    for lot, quantity in zip(lots, (2, 3), strict=True):
        place = {"product_id": product.id, "location_id": STOCK, "lot_id": lot.id}
        env["stock.quant"].create({**place, "inventory_quantity": quantity}).action_apply_inventory()
    assert product.with_context(lot_id=lots[0].id).qty_available == 2.0
    assert product.with_context(warehouse_id=1).qty_available == 5.0
    assert product.with_context(location=CUSTOMERS).qty_available == 0.0


def test_quantities_are_searched_by_sets_too(env: Environment) -> None:
    """Products without stock have 0, which a set may hold."""
    products = env["product.product"].create([{"name": name, "is_storable": True} for name in ("Desk", "Lamp")])
    place = {"product_id": products[0].id, "location_id": STOCK, "inventory_quantity": 5}
    env["stock.quant"].create(place).action_apply_inventory()
    own = ("id", "in", products.ids)
    assert env["product.product"].search([own, ("qty_available", "in", [5.0])]) == products[0]
    assert env["product.product"].search([own, ("qty_available", "in", [0.0])]) == products[1]
    assert env["product.product"].search([own, ("qty_available", "not in", [0.0])]) == products[0]
    variants = ("product_variant_ids", "in", products.ids)
    assert env["product.template"].search([variants, ("virtual_available", ">", 4)]) == products[0].product_tmpl_id


def test_operations_are_counted_by_their_state(env: Environment) -> None:
    """What waits, what is ready, and what is late."""
    kind = env["stock.picking.type"].browse(2)
    before = kind.count_picking_waiting
    order = _order(env, _goods(env), commitment_date="2020-01-02 08:00:00")
    order.action_confirm()
    assert (kind.count_picking_waiting, kind.count_picking_ready) == (before + 1, 0)
    assert kind.count_picking_late == kind.count_picking == before + 1


def test_lots_are_named_by_counting_on(env: Environment) -> None:
    """The last number counts, with its zeros; without one it begins at 0."""
    named = [each["lot_name"] for each in env["stock.lot"].generate_lot_names("L9-008B", 3)]
    assert named == ["L9-008B", "L9-009B", "L9-010B"]
    assert [each["lot_name"] for each in env["stock.lot"].generate_lot_names("X", 2)] == ["X0", "X1"]
    with pytest.raises(UserError, match="at most"):
        env["stock.lot"].generate_lot_names("X", 10**9)


def test_what_is_not_there_is_scrapped_when_asked_twice(env: Environment) -> None:
    """`action_validate` warns where there is too little, `do_scrap` does it."""
    scrap = env["stock.scrap"].create({"product_id": _goods(env).id, "scrap_qty": 1})
    assert not scrap.check_available_qty()
    assert scrap.action_validate()["res_model"] == "stock.warn.insufficient.qty.scrap"
    assert scrap.do_scrap()
    assert scrap.state == "done"
