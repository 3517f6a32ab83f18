"""Invoicing orders, whole and in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment


def _order(env: Environment) -> Any:
    partner = env["res.partner"].create({"name": "Customer"})
    product = env["product.product"].create({"name": "Work", "type": "service", "list_price": 100.0})
    line = (0, 0, {"product_id": product.id, "product_uom_qty": 2})
    return env["sale.order"].create({"partner_id": partner.id, "order_line": [line]})


def _invoice(order: Any, **values: Any) -> Any:
    context = {"active_model": "sale.order", "active_ids": order.ids}
    wizard = order.env["sale.advance.payment.inv"].with_context(**context).create(values)
    return order.env["account.move"].browse(wizard.create_invoices()["res_id"])


def test_a_confirmed_order_is_invoiced_once(env: Environment) -> None:
    """The invoice carries the order's lines; a second one finds nothing."""
    order = _order(env)
    order.action_confirm()
    move = _invoice(order)
    assert (move.state, move.invoice_origin, move.amount_total) == ("draft", order.name, order.amount_total)
    assert (order.invoice_status, order.order_line.qty_invoiced) == ("invoiced", 2.0)
    with pytest.raises(UserError, match="No items are available to invoice"):
        _invoice(order)


def test_a_quotation_has_nothing_to_invoice(env: Environment) -> None:
    """Only confirmed orders are invoiced."""
    with pytest.raises(UserError, match="No items are available to invoice"):
        _invoice(_order(env))


def test_a_deleted_invoice_can_be_made_again(env: Environment) -> None:
    """What a deleted draft invoiced is to be invoiced again."""
    order = _order(env)
    order.action_confirm()
    _invoice(order).unlink()
    assert order.invoice_status == "to invoice"


def test_a_fixed_down_payment_includes_its_taxes_and_is_taken_off(env: Environment) -> None:
    """The customer pays the amount asked for, and the rest with the final invoice."""
    order = _order(env)
    order.action_confirm()
    total = order.amount_total
    advance = _invoice(order, advance_payment_method="fixed", fixed_amount=50.0)
    advance.action_post()
    assert advance.amount_total == 50.0
    assert _invoice(order).amount_total == total - 50.0


def test_a_percentage_is_asked_in_advance(env: Environment) -> None:
    """A tenth of the order."""
    order = _order(env)
    order.action_confirm()
    move = _invoice(order, advance_payment_method="percentage", amount=10.0)
    assert move.amount_untaxed == 20.0
