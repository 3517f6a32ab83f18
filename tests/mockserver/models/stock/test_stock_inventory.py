"""Counting: what waits, conflicts, what it is called."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment

STOCK = 5


def _count(env: Environment, product: Any, counted: float, **place: Any) -> Any:
    values = {"product_id": product.id, "location_id": STOCK, "inventory_quantity": counted, **place}
    return env["stock.quant"].with_context(inventory_mode=True).create(values)


@pytest.fixture
def product(env: Environment) -> Any:
    product = env["product.product"].create({"name": "Desk", "is_storable": True})
    product.qty_available = 10
    return product


def _delivered(env: Environment, product: Any, quantity: float) -> None:
    move = (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
    env["stock.picking"].create({"picking_type_id": 2, "move_ids": [move]}).button_validate()


def test_counts_are_told_of_in_moves(env: Environment, product: Any) -> None:
    """Who counted is in their name; a count that changes nothing is a move of nothing."""
    _count(env, product, 10).action_apply_inventory()
    moves = env["stock.move"].search([("product_id", "=", product.id)], order="id")
    names = [f"Product Quantity {what} ({env.user.name})" for what in ("Updated", "Confirmed")]
    assert (
        moves.mapped("reference") == names
        if env.uid != 1
        else ["Product Quantity Updated", "Product Quantity Confirmed"]
    )
    assert moves.mapped("quantity") == [10, 0]


@pytest.mark.parametrize(("method", "left"), [("action_keep_counted_quantity", 7), ("action_keep_difference", 5)])
def test_what_moved_after_a_count_is_asked_for(env: Environment, product: Any, method: str, left: int) -> None:
    quant = _count(env, product, 7)
    _delivered(env, product, 2)
    action = quant.action_apply_inventory()
    assert action["res_model"] == "stock.inventory.conflict"
    wizard = env["stock.inventory.conflict"].with_context(**action["context"]).create({})
    assert wizard.quant_to_fix_ids == quant
    getattr(wizard, method)()
    assert (product.qty_available, quant.inventory_quantity_set) == (left, False)


def test_counts_are_applied_under_a_name(env: Environment, product: Any) -> None:
    quant = _count(env, product, 7)
    values = {"quant_ids": [(6, 0, quant.ids)], "inventory_adjustment_name": "Yearly"}
    env["stock.inventory.adjustment.name"].create(values).action_apply()
    move = env["stock.move"].search([("product_id", "=", product.id)], order="id desc", limit=1)
    assert (move.reference, product.qty_available) == ("Yearly", 7)


def test_somebody_is_asked_to_count(env: Environment, product: Any) -> None:
    quant = env["stock.quant"].search([("product_id", "=", product.id), ("location_id", "=", STOCK)])
    values = {"quant_ids": [(6, 0, quant.ids)], "user_id": 2, "inventory_date": "2030-01-02"}
    env["stock.request.count"].create(values).action_request_count()
    assert (quant.user_id.id, str(quant.inventory_date)) == (2, "2030-01-02")


def test_without_the_mode_of_counting_a_quant_is_a_record_of_its_own(env: Environment, product: Any) -> None:
    place = {"product_id": product.id, "location_id": STOCK, "inventory_quantity": 3}
    quant = env["stock.quant"].create(place)
    assert (quant.quantity, quant.inventory_quantity_set) == (0, True)
    assert env["stock.quant"].search_count([("product_id", "=", product.id), ("location_id", "=", STOCK)]) == 2


@pytest.mark.parametrize(
    ("values", "error"),
    [({"quantity": 3}, "creation is restricted"), ({"location_id": 4}, 'of type "view"')],
)
def test_counts_are_of_places(env: Environment, product: Any, values: dict[str, Any], error: str) -> None:
    with pytest.raises((UserError, ValidationError), match=error):
        _count(env, product, 7, **values)


def test_places_with_products_stay_as_they_are(env: Environment, product: Any) -> None:
    shelf = env["stock.location"].create({"name": "Shelf", "location_id": STOCK})
    _count(env, product, 1, location_id=shelf.id).action_apply_inventory()
    for values, error in (
        ({"usage": "view"}, "cannot be changed to view"),
        ({"usage": "customer"}, "having stock can't be converted"),
        ({"active": False}, "You can't disable locations WH/Stock/Shelf because they still contain products"),
        ({"company_id": False}, "Changing the company"),
    ):
        with pytest.raises(UserError, match=error):
            shelf.write(values)
    with pytest.raises(UserError, match="because it is used by warehouse"):
        env["stock.location"].browse(STOCK).active = False
    assert shelf.copy().name == "Shelf (copy)"
    assert env["stock.location"].name_create("WH/Stock/Shelf/A")[1] == "WH/Stock/Shelf/A"


def test_kinds_of_operations_have_numbers(env: Environment) -> None:
    kind = env["stock.picking.type"].create({"name": "Returns", "code": "internal", "sequence_code": "RET"})
    assert (kind.sequence_id.name, kind.sequence_id.prefix) == ("My Company Sequence RET", "WH/RET/")
    kind.sequence_code = "BACK"
    assert kind.sequence_id.prefix == "WH/BACK/"


def test_a_lot_goes_where_it_is_said_to_lie(env: Environment) -> None:
    product = env["product.product"].create({"name": "Milk", "is_storable": True, "tracking": "lot"})
    lot = env["stock.lot"].create({"name": "A", "product_id": product.id})
    _count(env, product, 4, lot_id=lot.id).action_apply_inventory()
    shelf = env["stock.location"].create({"name": "Shelf", "location_id": STOCK})
    lot.location_id = shelf
    assert lot.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id == shelf
    assert lot.copy().name == "(copy of) A"
    with pytest.raises(UserError, match="not allowed to change the product"):
        lot.product_id = env["product.product"].create({"name": "Tea", "is_storable": True}).id


def test_more_than_there_is_can_be_thrown_away(env: Environment, product: Any) -> None:
    scrap = env["stock.scrap"].create({"product_id": product.id, "scrap_qty": 12})
    action = scrap.action_validate()
    env["stock.warn.insufficient.qty.scrap"].with_context(**action["context"]).create({}).action_done()
    assert (scrap.state, scrap.move_ids.reference, product.qty_available) == ("done", scrap.name, -2)


def test_lots_come_back_with_what_is_returned(env: Environment) -> None:
    """The move back follows the one it returns; all of it is less what has been returned."""
    product = env["product.product"].create({"name": "Milk", "is_storable": True, "tracking": "lot"})
    lot = env["stock.lot"].create({"name": "A", "product_id": product.id})
    _count(env, product, 4, lot_id=lot.id).action_apply_inventory()
    move = (0, 0, {"product_id": product.id, "product_uom_qty": 3})
    picking = env["stock.picking"].create({"picking_type_id": 2, "move_ids": [move]})
    picking.action_confirm()
    picking.button_validate()
    context = {"active_model": "stock.picking", "active_id": picking.id}
    wizard = env["stock.return.picking"].with_context(**context).create({})
    wizard.product_return_moves.quantity = 1
    back = env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
    assert (back.move_ids.move_orig_ids, back.move_line_ids.lot_id) == (picking.move_ids, lot)
    back.button_validate()
    wizard = env["stock.return.picking"].with_context(**context).create({})
    rest = env["stock.picking"].browse(wizard.action_create_returns_all()["res_id"])
    assert rest.move_ids.product_uom_qty == 2
