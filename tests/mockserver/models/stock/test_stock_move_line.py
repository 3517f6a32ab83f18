"""Lines of moves: what is set on them is what is reserved, and moved."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment
from tests.mockserver.models.stock.goods import CUSTOMERS, STOCK, make_product


def _delivery(env: Environment, *wanted: tuple[Any, float], **values: Any) -> Any:
    moves = [(0, 0, {"product_id": product.id, "product_uom_qty": quantity}) for product, quantity in wanted]
    return env["stock.picking"].create({"picking_type_id": 2, "move_ids": moves, **values})


def _reserved(env: Environment, product: Any) -> float:
    quants = env["stock.quant"].search([("product_id", "=", product.id), ("location_id", "=", STOCK)])
    return float(sum(quants.mapped("reserved_quantity")))


@pytest.mark.parametrize(("quantity", "state"), [(3, "partially_available"), (5, "assigned"), (7, "assigned")])
def test_what_a_line_takes_is_reserved(env: Environment, quantity: float, state: str) -> None:
    product = make_product(env, 10)
    picking = _delivery(env, (product, 5))
    picking.action_confirm()
    picking.move_line_ids.quantity = quantity
    assert (picking.move_ids.state, picking.move_ids.quantity) == (state, quantity)
    assert _reserved(env, product) == quantity


def test_a_line_that_is_deleted_gives_back_what_it_held(env: Environment) -> None:
    product = make_product(env, 10)
    picking = _delivery(env, (product, 5))
    picking.action_confirm()
    picking.move_line_ids.unlink()
    assert (picking.state, picking.move_ids.quantity, _reserved(env, product)) == ("confirmed", 0, 0)


def test_a_line_of_a_transfer_joins_the_move_of_itsmake_product(env: Environment) -> None:
    product, other = make_product(env), make_product(env, 4)
    picking = _delivery(env, (product, 5))
    picking.action_confirm()
    line = env["stock.move.line"].create({"picking_id": picking.id, "product_id": product.id, "quantity": 2})
    assert (line.move_id, line.company_id) == (picking.move_ids, picking.company_id)
    assert (line.location_id.id, line.location_dest_id.id) == (STOCK, CUSTOMERS)
    added = env["stock.move.line"].create({"picking_id": picking.id, "product_id": other.id, "quantity": 1})
    assert (added.move_id.product_uom_qty, added.move_id.state) == (0, "assigned")
    picking.with_context(skip_backorder=True).button_validate()
    assert (product.qty_available, other.qty_available) == (-2, 3)


def test_what_is_done_can_be_corrected_but_not_deleted(env: Environment) -> None:
    product = make_product(env, 10)
    picking = _delivery(env, (product, 5))
    picking.action_confirm()
    picking.button_validate()
    picking.move_line_ids.quantity = 2
    assert (product.qty_available, picking.move_ids.quantity) == (8, 2)
    with pytest.raises(UserError, match="Deleting product moves after the transfer is done"):
        picking.move_line_ids.unlink()
    with pytest.raises(UserError, match="only allowed in 'Draft' state"):
        picking.move_line_ids.product_id = make_product(env)
    with pytest.raises(UserError, match="cannot change the UoM"):
        picking.move_ids.product_uom = env.ref("uom.product_uom_dozen")


def test_goods_that_were_taken_elsewhere_are_no_longer_reserved(env: Environment) -> None:
    product = make_product(env, 5)
    first, second = (_delivery(env, (product, 5)) for _ in range(2))
    first.action_confirm()
    second.action_confirm()
    second.move_ids.quantity = 5
    second.button_validate()
    assert (first.state, first.move_ids.quantity) == ("confirmed", 0)


@pytest.mark.parametrize(("quantity", "error"), [(-1, UserError), (-0.5, UserError)])
def test_nothing_negative_is_reserved(env: Environment, quantity: float, error: type[Exception]) -> None:
    picking = _delivery(env, (make_product(env, 10), 5))
    picking.action_confirm()
    with pytest.raises(error, match="Reserving a negative quantity"):
        picking.move_line_ids.quantity = quantity


def test_a_lot_is_of_itsmake_product(env: Environment) -> None:
    product, other = make_product(env, tracking="lot"), make_product(env, tracking="lot")
    lot = env["stock.lot"].create({"name": "L1", "product_id": other.id})
    picking = _delivery(env, (product, 5))
    values = {"picking_id": picking.id, "product_id": product.id, "quantity": 2, "lot_id": lot.id}
    with pytest.raises(ValidationError, match="This lot L1 is incompatible with this product Desk"):
        env["stock.move.line"].create(values)
