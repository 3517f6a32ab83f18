"""Moves: their states, what is picked, what follows them."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment
from tests.mockserver.models.stock.goods import STOCK, VENDORS, make_product


def _transfer(env: Environment, *wanted: tuple[Any, float], kind: int = 2, **values: Any) -> Any:
    moves = [(0, 0, {"product_id": product.id, "product_uom_qty": quantity}) for product, quantity in wanted]
    picking = env["stock.picking"].create({"picking_type_id": kind, "move_ids": moves, **values})
    picking.action_confirm()
    return picking


def test_moves_of_one_product_are_made_one(env: Environment) -> None:
    product = make_product(env, 10)
    picking = _transfer(env, (product, 2), (product, 3), (make_product(env, 1), 1))
    assert picking.move_ids.mapped("product_uom_qty") == [5, 1]
    assert picking.move_ids.mapped("quantity") == [5, 1]


@pytest.mark.parametrize(("demand", "quantity", "state"), [(3, 0, "confirmed"), (6, 5, "partially_available")])
def test_a_new_demand_changes_what_is_reserved(env: Environment, demand: int, quantity: int, state: str) -> None:
    """Less gives all of it back; more leaves a part to be found."""
    move = _transfer(env, (make_product(env, 10), 5)).move_ids
    move.product_uom_qty = demand
    assert (move.quantity, move.state) == (quantity, state)
    move.picking_id.action_assign()
    assert (move.quantity, move.state) == (demand, "assigned")


def test_a_receipt_of_another_demand_is_ready_again(env: Environment) -> None:
    move = _transfer(env, (make_product(env), 5), kind=1).move_ids
    move.product_uom_qty = 3
    assert (move.quantity, move.state) == (3, "assigned")


def test_more_is_taken_in_a_line_of_its_own(env: Environment) -> None:
    """What was reserved stays as it was; less is given back from the last line."""
    move = _transfer(env, (make_product(env, 10), 5)).move_ids
    move.quantity = 7
    assert move.move_line_ids.mapped("quantity") == [5, 2]
    assert not move.picked
    move.quantity = 4
    assert move.move_line_ids.mapped("quantity") == [4]


def test_only_what_was_picked_is_carried_out(env: Environment) -> None:
    """Once a move is picked the others wait for a backorder."""
    first, second = make_product(env, 5), make_product(env, 5)
    picking = _transfer(env, (first, 1), (second, 1))
    picking.move_ids[0].picked = True
    assert picking.button_validate()["res_model"] == "stock.backorder.confirmation"
    picking.with_context(skip_backorder=True).button_validate()
    assert (first.qty_available, second.qty_available) == (4, 5)
    assert picking.backorder_ids.move_ids.product_id == second
    assert "The backorder" in picking.message_ids[0].body


def test_a_draft_is_validated_as_it_was_wanted(env: Environment) -> None:
    """Even of goods that are not there."""
    product = make_product(env)
    move = (0, 0, {"product_id": product.id, "product_uom_qty": 2})
    picking = env["stock.picking"].create({"picking_type_id": 2, "move_ids": [move]})
    assert picking.button_validate() is True
    assert (picking.state, product.qty_available) == ("done", -2)


def test_what_takes_something_is_confirmed_at_once(env: Environment) -> None:
    move = (0, 0, {"product_id": make_product(env).id, "product_uom_qty": 2, "quantity": 2})
    picking = env["stock.picking"].create({"picking_type_id": 1, "move_ids": [move]})
    assert (picking.state, picking.move_ids.quantity) == ("assigned", 2)


def test_cancelled_moves_change_no_more(env: Environment) -> None:
    picking = _transfer(env, (make_product(env, 5), 1))
    picking.action_cancel()
    assert (picking.state, picking.move_ids.state, picking.move_line_ids.ids) == ("cancel", "cancel", [])
    with pytest.raises(UserError, match="You cannot change a cancelled stock move"):
        picking.move_ids.quantity = 1
    with pytest.raises(UserError, match="operation type of this record is forbidden"):
        picking.picking_type_id = 1


def test_an_empty_transfer_is_cancelled_but_not_validated(env: Environment) -> None:
    picking = env["stock.picking"].create({"picking_type_id": 2})
    with pytest.raises(UserError, match="validate an empty transfer"):
        picking.button_validate()
    picking.action_cancel()
    assert picking.state == "cancel"


def test_what_is_real_is_not_set(env: Environment) -> None:
    with pytest.raises(UserError, match="setting the `product_qty` field"):
        _transfer(env, (make_product(env), 1)).move_ids.product_qty = 2


def test_another_kind_of_operation_has_its_numbers_and_places(env: Environment) -> None:
    picking = env["stock.picking"].create({"picking_type_id": 2, "move_ids": []})
    picking.picking_type_id = 1
    assert picking.name.startswith("WH/IN/")
    assert (picking.location_id.id, picking.location_dest_id.id) == (VENDORS, STOCK)


@pytest.mark.parametrize(("strategy", "taken"), [("fifo", ["L1"]), ("lifo", ["L2"])])
def test_goods_are_taken_by_the_removal_strategy(env: Environment, strategy: str, taken: list[str]) -> None:
    product = make_product(env, tracking="lot")
    removal = env["product.removal"].search([("method", "=", strategy)])
    product.categ_id = env["product.category"].create({"name": "Goods", "removal_strategy_id": removal.id})
    for number, day in (("L1", 1), ("L2", 2)):
        lot = env["stock.lot"].create({"name": number, "product_id": product.id})
        place = {
            "product_id": product.id,
            "location_id": STOCK,
            "lot_id": lot.id,
            "in_date": f"2026-01-0{day} 08:00:00",
        }
        env["stock.quant"].create({**place, "quantity": 5})
    assert _transfer(env, (product, 3)).move_line_ids.lot_id.mapped("name") == taken
