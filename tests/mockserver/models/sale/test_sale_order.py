"""Sales orders: defaults, amounts, states, guards."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def _order(env: Environment, *lines: dict[str, Any], **product: Any) -> Any:
    given = {"name": "Desk", "list_price": 9.99, "type": "service", "taxes_id": [(6, 0, [1])], **product}
    desk = env["product.product"].create(given)
    partner = env["res.partner"].create({"name": "Azure"})
    commands = [(0, 0, {"product_id": desk.id, **line}) for line in lines or ({},)]
    return env["sale.order"].create({"partner_id": partner.id, "order_line": commands})


def test_a_quotation_is_numbered_and_complete(env: Environment) -> None:
    """Number, addresses, currency and warehouse come by themselves."""
    order = _order(env)
    assert order.name.startswith("S000")
    assert order.partner_invoice_id == order.partner_shipping_id == order.partner_id
    assert (order.state, order.currency_id.name, order.warehouse_id.code) == ("draft", "USD", "WH")


def test_a_line_takes_name_price_and_taxes(env: Environment) -> None:
    """What the product says stands on the line until something else is given."""
    order = _order(env, {"product_uom_qty": 3}, default_code="D1", description_sale="Oak")
    line = order.order_line
    assert (line.name, line.price_unit, line.tax_ids.ids) == ("[D1] Desk\nOak", 9.99, [1])
    assert (order.amount_untaxed, order.amount_tax, order.amount_total) == pytest.approx((29.97, 4.5, 34.47))


def test_a_typed_price_stays(env: Environment) -> None:
    """A price written on a line survives another quantity; one given on creation does not."""
    order = _order(env, {"price_unit": 5.0})
    line = order.order_line
    line.write({"product_uom_qty": 2})
    assert line.price_unit == 9.99
    line.write({"price_unit": 5.0})
    line.write({"product_uom_qty": 3})
    assert line.price_unit == 5.0


def test_states(env: Environment) -> None:
    """Sent, confirmed, cancelled, draft again; each step refuses what it cannot start from."""
    order = _order(env)
    order.action_quotation_sent()
    with pytest.raises(UserError, match="Only draft orders"):
        order.action_quotation_sent()
    assert order.action_confirm() is True
    with pytest.raises(UserError, match="not in a state requiring confirmation"):
        order.action_confirm()
    order.action_draft()
    assert order.state == "sale"
    order.action_cancel()
    order.action_draft()
    assert order.state == "draft"


def test_a_confirmed_order_is_not_deleted(env: Environment) -> None:
    """Neither the order nor its lines go; after cancelling both do."""
    order = _order(env)
    order.action_confirm()
    with pytest.raises(UserError, match="can not delete"):
        order.unlink()
    with pytest.raises(UserError, match="can't remove one of its lines"):
        order.order_line.unlink()
    order.action_cancel()
    assert order.unlink() is True


def test_a_locked_order_keeps_its_prices(env: Environment) -> None:
    """Locked orders refuse prices and cancelling."""
    order = _order(env)
    order.action_lock()
    with pytest.raises(UserError, match="locked order:\nUnit Price"):
        order.order_line.write({"price_unit": 1.0})
    with pytest.raises(UserError, match="cannot cancel a locked order"):
        order.action_cancel()


def test_a_copy_starts_anew(env: Environment) -> None:
    """A copy is a draft with the same lines, without the customer's reference."""
    order = _order(env, {"product_uom_qty": 3})
    order.client_order_ref = "PO1"
    order.action_confirm()
    copy = order.copy()
    assert (copy.state, copy.client_order_ref, copy.amount_total) == ("draft", False, order.amount_total)


def test_goods_are_delivered(env: Environment) -> None:
    """Confirming makes a delivery that follows the quantities."""
    order = _order(env, {"product_uom_qty": 2}, type="consu")
    order.action_confirm()
    assert (order.delivery_status, order.picking_ids.state) == ("pending", "assigned")
    order.order_line.write({"product_uom_qty": 5})
    assert order.picking_ids.move_ids.product_uom_qty == 5
    order.order_line.write({"product_uom_qty": 3})
    assert order.picking_ids.move_ids.product_uom_qty == 3
    order.picking_ids.button_validate()
    assert (order.delivery_status, order.order_line.qty_delivered) == ("full", 3.0)


def test_a_line_says_order_product_and_customer(env: Environment) -> None:
    """The second line of a text of one's own stands for the product, the customer's reference for the name."""
    order = _order(env)
    line = order.order_line
    assert line.display_name == f"{order.name} - Desk (Azure)"
    line.name = "Desk\nwith drawers"
    order.partner_id.ref = "AZ"
    assert line.display_name == f"{order.name} - with drawers (AZ)"


def test_another_product_brings_its_unit(env: Environment) -> None:
    """Whatever unit the line had."""
    order = _order(env, {"product_uom_id": env.ref("uom.product_uom_dozen").id})
    assert order.order_line.product_uom_id == env.ref("uom.product_uom_dozen")
    order.order_line.product_id = env["product.product"].create({"name": "Chair"})
    assert order.order_line.product_uom_id == env.ref("uom.product_uom_unit")


def test_what_is_changed_after_confirming_is_noted(env: Environment) -> None:
    """A line more, and other quantities."""
    order = _order(env, {"product_uom_qty": 2})
    order.action_confirm()
    order.order_line.write({"product_uom_qty": 5})
    order.write({"order_line": [(0, 0, {"product_id": order.order_line.product_id.id})]})
    bodies = " ".join(order.message_ids.mapped("body"))
    assert "Extra line with Desk" in bodies
    assert "Ordered Quantity: 2.0 -&gt; 5" in bodies


def test_a_locked_order_names_the_fields_by_their_order(env: Environment) -> None:
    """By their technical names, not as they were given."""
    order = _order(env)
    order.action_lock()
    with pytest.raises(UserError, match=r"locked order:\nDiscount \(%\)\nUnit Price\nQuantity"):
        order.order_line.write({"product_uom_qty": 3, "price_unit": 1.0, "discount": 5})


def test_a_prepayment_is_a_fraction(env: Environment) -> None:
    """Where a payment is asked for at all."""
    order = _order(env)
    order.prepayment_percent = 2
    with pytest.raises(ValidationError, match="valid percentage"):
        order.write({"require_payment": True, "prepayment_percent": 3})
