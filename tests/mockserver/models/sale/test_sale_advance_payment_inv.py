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


def test_a_down_payment_keeps_all_digits_of_its_price(env: Environment) -> None:
    """The part of the order's price, whatever its taxes come to; the invoice rounds."""
    order = _order(env)
    order.action_confirm()
    move = _invoice(order, advance_payment_method="fixed", fixed_amount=50.0)
    line = order.order_line.filtered(lambda each: each.is_downpayment and not each.display_type)
    assert line.price_unit == pytest.approx(50 / 1.15, abs=1e-9)
    assert (move.invoice_line_ids.price_subtotal, move.amount_total) == (43.48, 50.0)


def test_a_percentage_is_named_with_two_digits(env: Environment) -> None:
    """A posted one leaves less than nothing to invoice on its line."""
    order = _order(env)
    order.action_confirm()
    move = _invoice(order, advance_payment_method="percentage", amount=30)
    assert move.invoice_line_ids.name == "Down payment of 30.00%"
    line = order.order_line.filtered(lambda each: each.is_downpayment and not each.display_type)
    assert (line.invoice_status, line.untaxed_amount_to_invoice) == ("invoiced", 0.0)
    move.action_post()
    assert (line.invoice_status, line.untaxed_amount_to_invoice) == ("to invoice", -60.0)
    assert order.amount_to_invoice == order.amount_total


def test_a_deleted_down_payment_is_forgotten(env: Environment) -> None:
    """The order's line goes with its last invoice, and says of a cancelled one that it is."""
    order = _order(env)
    order.action_confirm()
    first = _invoice(order, advance_payment_method="percentage", amount=10)
    second = _invoice(order, advance_payment_method="percentage", amount=20)
    first.unlink()
    line = order.order_line.filtered(lambda each: each.is_downpayment and not each.display_type)
    assert line.invoice_lines.move_id == second
    second.button_cancel()
    assert line.name == "Down Payment (Cancelled)"


def test_an_invoice_refers_to_its_order(env: Environment) -> None:
    """By the customer's reference, else by number; lines count from zero, from one where orders are joined."""
    first, second = _order(env), _order(env)
    second.write({"partner_id": first.partner_id.id, "client_order_ref": "PO-8"})
    (first | second).action_confirm()
    first.order_line.name = "Night shift"
    joined = _invoice(first | second)
    assert set(joined.ref.split(", ")) == {first.name, "PO-8"}
    assert joined.invoice_line_ids.mapped("sequence") == [1, 2]
    assert set(joined.invoice_line_ids.mapped("name")) == {"Work", "Work Night shift"}
    third = _order(env)
    third.action_confirm()
    assert _invoice(third).invoice_line_ids.mapped("sequence") == [0]


def test_sections_are_invoiced_with_something_in_them(env: Environment) -> None:
    """A section, its subsection and their notes wait for the first line to be invoiced."""
    order = _order(env)
    product = order.order_line.product_id
    kinds = ["line_section", "line_subsection", "line_note", "", "line_section", "line_note"]
    lines = [
        {"display_type": kind, "name": kind} if kind else {"product_id": product.id, "name": "Work"} for kind in kinds
    ]
    order.write({"order_line": [(0, 0, {**values, "sequence": 20 + n}) for n, values in enumerate(lines)]})
    order.action_confirm()
    shown = _invoice(order).invoice_line_ids.mapped("display_type")
    assert shown == ["product", "line_section", "line_subsection", "line_note", "product"]
    assert set(order.order_line.mapped("invoice_status")) == {"invoiced"}
