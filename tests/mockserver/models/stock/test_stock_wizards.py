"""Backorders and returns, through their wizards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment


def _receipt(env: Environment, quantity: float) -> Any:
    kind = env.ref("stock.picking_type_in")
    product = env["product.product"].create({"name": "Good", "is_storable": True})
    move = (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
    picking = env["stock.picking"].create({"picking_type_id": kind.id, "move_ids": [move]})
    picking.action_confirm()
    return picking


def _confirmation(env: Environment, picking: Any) -> Any:
    picking.move_ids.quantity = 3.0
    action = picking.button_validate()
    assert action["res_model"] == "stock.backorder.confirmation"
    return env["stock.backorder.confirmation"].with_context(**action["context"]).create({})


def test_a_backorder_takes_what_was_left(env: Environment) -> None:
    """The transfer is done for what was taken, another one waits for the rest."""
    picking = _receipt(env, 5.0)
    assert _confirmation(env, picking).process() is True
    assert (picking.state, picking.move_ids.quantity) == ("done", 3.0)
    assert picking.backorder_ids.move_ids.product_uom_qty == 2.0
    assert picking.move_ids.product_id.qty_available == 3.0


def test_without_backorder_the_rest_is_dropped(env: Environment) -> None:
    """Nothing waits any more."""
    picking = _receipt(env, 5.0)
    assert _confirmation(env, picking).process_cancel_backorder() is True
    assert picking.state == "done"
    assert not picking.backorder_ids.filtered(lambda each: each.state != "cancel")


def _return_wizard(env: Environment, picking: Any) -> Any:
    context = {"active_model": "stock.picking", "active_id": picking.id, "active_ids": picking.ids}
    return env["stock.return.picking"].with_context(**context).create({})


def test_a_return_goes_the_other_way(env: Environment) -> None:
    """Quantities start at zero; what is asked for leaves the stock again."""
    picking = _receipt(env, 5.0)
    picking.button_validate()
    wizard = _return_wizard(env, picking)
    assert wizard.product_return_moves.mapped("quantity") == [0.0]
    wizard.product_return_moves.quantity = 2.0
    back = env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
    assert (back.return_id, back.location_dest_id, back.state) == (picking, picking.location_id, "assigned")
    back.button_validate()
    assert picking.move_ids.product_id.qty_available == 3.0


def test_everything_can_be_returned_at_once(env: Environment) -> None:
    """All that was moved goes back."""
    picking = _receipt(env, 5.0)
    picking.button_validate()
    back = env["stock.picking"].browse(_return_wizard(env, picking).action_create_returns_all()["res_id"])
    assert back.move_ids.product_uom_qty == 5.0


def test_a_return_of_nothing_is_refused(env: Environment) -> None:
    """At least one quantity is given; and only what is done is returned."""
    picking = _receipt(env, 5.0)
    with pytest.raises(UserError, match="only return Done pickings"):
        _return_wizard(env, picking).product_return_moves.mapped("quantity")
    picking.button_validate()
    with pytest.raises(UserError, match="at least one non-zero quantity"):
        _return_wizard(env, picking).action_create_returns()


def test_a_returned_delivery_is_no_longer_delivered(env: Environment) -> None:
    """What comes back from a customer counts against the order line."""
    partner = env["res.partner"].create({"name": "Customer"})
    product = env["product.product"].create({"name": "Good", "type": "consu"})
    line = (0, 0, {"product_id": product.id, "product_uom_qty": 5})
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": [line]})
    order.action_confirm()
    order.picking_ids.button_validate()
    assert order.order_line.qty_delivered == 5.0
    wizard = _return_wizard(env, order.picking_ids)
    wizard.product_return_moves.quantity = 2.0
    env["stock.picking"].browse(wizard.action_create_returns()["res_id"]).button_validate()
    assert order.order_line.qty_delivered == 3.0


def test_an_order_shows_its_delivery(env: Environment) -> None:
    """One delivery opens as a form, several as a list."""
    partner = env["res.partner"].create({"name": "Customer"})
    product = env["product.product"].create({"name": "Good", "type": "consu"})
    line = (0, 0, {"product_id": product.id, "product_uom_qty": 5})
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": [line]})
    order.action_confirm()
    action = order.action_view_delivery()
    assert (action["res_model"], action["res_id"]) == ("stock.picking", order.picking_ids.id)


def test_a_written_state_stays(env: Environment) -> None:
    """A connector may write the state of a transfer, although it is computed."""
    picking = _receipt(env, 5.0)
    picking.write({"state": "done"})
    assert picking.state == "done"
