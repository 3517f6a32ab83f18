"""Warehouses that are made, renamed, archived, and whose goods come and go in several steps."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.errors import DatabaseError, UserError
from fauxdoo.mockserver.orm.environment import Environment

CUSTOMERS = 2


def _warehouse(env: Environment, **vals: Any) -> Any:
    return env["stock.warehouse"].create({"name": "North", "code": "NO", **vals})


def _goods(env: Environment, warehouse: Any, quantity: float) -> Any:
    product = env["product.product"].create({"name": "Desk", "is_storable": True})
    place = {"product_id": product.id, "location_id": warehouse.lot_stock_id.id}
    env["stock.quant"].with_context(inventory_mode=True).create({**place, "inventory_quantity_auto_apply": quantity})
    return product


def _order(env: Environment, warehouse: Any, product: Any, quantity: float) -> Any:
    customer = env["res.partner"].create({"name": "Customer"})
    line = {"product_id": product.id, "product_uom_qty": quantity}
    values = {"partner_id": customer.id, "warehouse_id": warehouse.id, "order_line": [(0, 0, line)]}
    order = env["sale.order"].create(values)
    order.action_confirm()
    return order


def _open(pickings: Any) -> Any:
    return pickings.filtered(lambda picking: picking.state not in ("done", "cancel"))


def test_a_new_warehouse_is_built_as_the_first_one(env: Environment) -> None:
    """Places, kinds of operations, numbers, routes and rules."""
    warehouse = _warehouse(env)
    assert warehouse.lot_stock_id.complete_name == "NO/Stock"
    assert warehouse.lot_stock_id.barcode == "NOSTOCK"
    assert warehouse.lot_stock_id.warehouse_id == warehouse
    assert (warehouse.wh_input_stock_loc_id.active, warehouse.pick_type_id.active) == (False, False)
    assert warehouse.in_type_id.display_name == "North: Receipts"
    assert warehouse.in_type_id.return_picking_type_id == warehouse.out_type_id
    assert (warehouse.out_type_id.barcode, warehouse.out_type_id.sequence_id.prefix) == ("NOOUT", "NO/OUT/")
    assert warehouse.delivery_route_id.name == "North: Deliver in 1 step (ship)"
    assert warehouse.delivery_route_id.rule_ids.name == "NO: Stock → Customers"
    assert (warehouse.mto_pull_id.name, warehouse.buy_pull_id.name) == (
        "NO: Stock → Customers (MTO)",
        "NO: Stock (Buy)",
    )
    assert warehouse.buy_to_resupply
    assert env["stock.warehouse"].default_get(["name"])["name"] == "My Company - warehouse # 3"


def test_one_that_does_not_buy_is_not_in_the_route_of_buying(env: Environment) -> None:
    warehouse = _warehouse(env, buy_to_resupply=False)
    assert warehouse.buy_pull_id.route_id not in warehouse.route_ids
    warehouse.buy_to_resupply = True
    assert warehouse.buy_pull_id.route_id in warehouse.route_ids


@pytest.mark.parametrize(
    ("vals", "message"),
    [
        ({"name": "My Company"}, "The name of the warehouse must be unique per company!"),
        ({"code": "WH"}, "The short name of the warehouse must be unique per company!"),
    ],
)
def test_names_and_codes_are_unique(env: Environment, vals: dict[str, str], message: str) -> None:
    with pytest.raises((DatabaseError, UserError), match=message):
        _warehouse(env, **vals)


def test_with_a_second_warehouse_users_see_places(env: Environment) -> None:
    """As long as there is one; the places stay visible."""
    users = env.ref("base.group_user")
    several, places = env.ref("stock.group_stock_multi_warehouses"), env.ref("stock.group_stock_multi_locations")
    warehouse = _warehouse(env)
    assert (several | places) <= users.implied_ids
    warehouse.active = False
    assert several not in users.implied_ids
    assert places in users.implied_ids


def test_a_new_name_and_code_are_those_of_places_routes_and_numbers(env: Environment) -> None:
    warehouse = _warehouse(env)
    warehouse.write({"name": "South", "code": "SO"})
    assert warehouse.lot_stock_id.complete_name == "SO/Stock"
    assert warehouse.delivery_route_id.name == "South: Deliver in 1 step (ship)"
    assert warehouse.in_type_id.sequence_id.name == "South Sequence in"
    assert (warehouse.in_type_id.sequence_id.prefix, warehouse.in_type_id.barcode) == ("SO/IN/", "SOIN")


def test_its_company_stays(env: Environment) -> None:
    company = env["res.company"].create({"name": "Other"})
    with pytest.raises(UserError, match="Changing the company of this record is forbidden"):
        _warehouse(env).write({"company_id": company.id})


def test_one_where_something_is_under_way_cannot_be_archived(env: Environment) -> None:
    warehouse = _warehouse(env)
    order = _order(env, warehouse, _goods(env, warehouse, 2), 2)
    with pytest.raises(UserError, match="ongoing operations for operation types Delivery Orders in warehouse North"):
        warehouse.active = False
    order.picking_ids.button_validate()
    warehouse.active = False
    for part in (warehouse.in_type_id, warehouse.view_location_id, warehouse.delivery_route_id):
        assert not part.active
    warehouse.active = True
    assert warehouse.in_type_id.active
    assert not warehouse.pick_type_id.active


def test_at_its_address_goods_are_in_transit(env: Environment) -> None:
    partner = env["res.partner"].create({"name": "Hall"})
    warehouse = _warehouse(env, partner_id=partner.id)
    transit = warehouse.company_id.internal_transit_location_id
    assert transit
    assert (partner.property_stock_customer, partner.property_stock_supplier) == (transit, transit)


# ---------------------------------------------------------------- steps


@pytest.mark.parametrize(
    ("steps", "kinds", "ends"),
    [
        ("ship_only", ["OUT"], ["Partners/Customers"]),
        ("pick_ship", ["PICK", "OUT"], ["NO/Output", "Customers"]),
        ("pick_pack_ship", ["PICK", "PACK", "OUT"], ["NO/Packing Zone", "NO/Output", "Customers"]),
    ],
)
def test_each_step_of_a_delivery_follows_when_the_one_before_is_done(
    env: Environment, steps: str, kinds: list[str], ends: list[str]
) -> None:
    """From Odoo 18 on; what is sold goes out from the beginning, and is delivered at the end."""
    warehouse = _warehouse(env)
    warehouse.delivery_steps = steps
    product = _goods(env, warehouse, 10)
    order = _order(env, warehouse, product, 4)
    done = []
    for kind, end in zip(kinds, ends, strict=True):
        picking = _open(order.picking_ids)
        assert (picking.picking_type_id.sequence_code, picking.state) == (kind, "assigned")
        assert picking.location_dest_id.complete_name == end.rpartition("Partners/")[2]
        assert picking.move_ids.location_final_id.id == CUSTOMERS
        assert (product.outgoing_qty, product.virtual_available) == (4, 6)
        assert order.delivery_status == ("started" if done else "pending")
        assert order.order_line.qty_delivered == 0
        assert picking.move_ids.move_orig_ids == env["stock.move"].browse(done[-1:])
        picking.button_validate()
        done.append(picking.move_ids.id)
    assert (order.delivery_status, order.order_line.qty_delivered, product.qty_available) == ("full", 4, 6)
    assert (
        order.effective_date == order.picking_ids.filtered(lambda each: each.location_dest_id.id == CUSTOMERS).date_done
    )


@pytest.mark.parametrize(
    ("steps", "kinds"), [("one_step", ["IN"]), ("two_steps", ["IN", "STOR"]), ("three_steps", ["IN", "QC", "STOR"])]
)
def test_what_is_bought_is_received_once_in_any_number_of_steps(env: Environment, steps: str, kinds: list[str]) -> None:
    warehouse = _warehouse(env, reception_steps=steps)
    product = env["product.product"].create({"name": "Desk", "is_storable": True})
    vendor = env["res.partner"].create({"name": "Vendor"})
    dozen = env.ref("uom.product_uom_dozen")
    line = {"product_id": product.id, "product_qty": 1, "product_uom_id": dozen.id, "price_unit": 5}
    values = {"partner_id": vendor.id, "picking_type_id": warehouse.in_type_id.id, "order_line": [(0, 0, line)]}
    order = env["purchase.order"].create(values)
    order.button_confirm()
    assert order.picking_ids.move_ids.packaging_uom_id == dozen
    for kind in kinds:
        picking = env["stock.picking"].search([("origin", "=", order.name), ("state", "=", "assigned")])
        assert picking.picking_type_id.sequence_code == kind
        picking.button_validate()
        assert order.order_line.qty_received == 1
    assert not env["stock.picking"].search([("origin", "=", order.name), ("state", "!=", "done")])
    assert env["stock.quant"].search([("product_id", "=", product.id), ("location_id", "=", warehouse.lot_stock_id.id)])


def test_steps_that_are_taken_back_leave_the_rules_they_had(env: Environment) -> None:
    warehouse = _warehouse(env, delivery_steps="pick_ship")
    first = warehouse.delivery_route_id.rule_ids
    assert [(rule.action, rule.procure_method) for rule in first] == [
        ("pull", "make_to_stock"),
        ("push", "make_to_order"),
    ]
    assert warehouse.mto_pull_id.picking_type_id == warehouse.pick_type_id
    warehouse.delivery_steps = "ship_only"
    assert warehouse.delivery_route_id.rule_ids.picking_type_id == warehouse.out_type_id
    assert warehouse.out_type_id.default_location_src_id == warehouse.lot_stock_id
    assert not warehouse.wh_output_stock_loc_id.active
    warehouse.delivery_steps = "pick_ship"
    assert warehouse.delivery_route_id.rule_ids == first


def test_only_what_was_picked_goes_on(env: Environment) -> None:
    """The rest follows in a transfer of its own; more that is ordered is picked anew."""
    warehouse = _warehouse(env, delivery_steps="pick_ship")
    order = _order(env, warehouse, _goods(env, warehouse, 10), 4)
    pick = order.picking_ids
    pick.move_ids.quantity = 1
    pick.with_context(skip_backorder=True).button_validate()
    rest, ship = (
        _open(order.picking_ids).filtered(lambda each, code=code: each.picking_type_id.sequence_code == code)
        for code in ("PICK", "OUT")
    )
    assert (ship.move_ids.product_uom_qty, rest.move_ids.product_uom_qty) == (1, 3)
    rest.button_validate()
    assert sum(ship.move_ids.mapped("product_uom_qty")) == 4
    ship.button_validate()
    assert order.order_line.qty_delivered == 4
    order.order_line.product_uom_qty = 6
    assert [each.picking_type_id.sequence_code for each in _open(order.picking_ids)] == ["PICK"]
    assert _open(order.picking_ids).move_ids.product_uom_qty == 2


def test_what_comes_back_to_the_dock_is_not_sent_out_again(env: Environment) -> None:
    """A return into the place it was shipped from stays there."""
    warehouse = _warehouse(env, delivery_steps="pick_ship")
    order = _order(env, warehouse, _goods(env, warehouse, 10), 4)
    for _step in range(2):
        _open(order.picking_ids).button_validate()
    shipped = order.picking_ids.filtered(lambda each: each.location_dest_id.id == CUSTOMERS)
    wizard = env["stock.return.picking"].with_context(active_id=shipped.id, active_model="stock.picking").create({})
    action = wizard.action_create_returns_all()
    back = env["stock.picking"].browse(action["res_id"])
    back.button_validate()
    assert back.location_dest_id == warehouse.wh_output_stock_loc_id
    assert not _open(order.picking_ids)
    assert order.order_line.qty_delivered == 0


def test_where_nothing_is_bought_receipts_are_pulled() -> None:
    """Without the app for purchases; orders make receipts where it is there."""
    with FakeOdoo(modules=("sale_stock",)) as odoo:
        warehouse = odoo.env["stock.warehouse"].create({"name": "North", "code": "NO", "reception_steps": "two_steps"})
        rules = [(rule.action, rule.procure_method) for rule in warehouse.reception_route_id.rule_ids]
        assert rules == [("pull", "make_to_stock"), ("push", "make_to_order")]
