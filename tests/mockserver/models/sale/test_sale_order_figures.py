"""What orders show of themselves, and the wizards that change several lines or orders."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment


def _order(env: Environment, *prices: float) -> Any:
    customer = env["res.partner"].create({"name": "Customer"})
    product = env["product.product"].create({"name": "Work", "type": "service"})
    lines = [(0, 0, {"product_id": product.id, "price_unit": price}) for price in prices]
    return env["sale.order"].create({"partner_id": customer.id, "order_line": lines})


def test_the_link_of_a_customer_stays_the_same(env: Environment) -> None:
    """The token is made once; what is asked for comes behind it."""
    order = _order(env)
    url = order.get_portal_url()
    assert url == f"/my/orders/{order.id}?access_token={order.access_token}"
    assert (
        order.get_portal_url(suffix="/accept", report_type="pdf", download=True, anchor="end")
        == url.replace("?", "/accept?") + "&report_type=pdf&download=true#end"
    )
    assert order.action_preview_sale_order() == {"type": "ir.actions.act_url", "target": "self", "url": url}
    assert (order.access_url, order.access_warning) == (f"/my/orders/{order.id}", "")


def test_every_line_gets_the_discount(env: Environment) -> None:
    """A discount on the whole order is refused rather than done in another way."""
    order = _order(env, 10.0, 20.0)
    wizard = env["sale.order.discount"].create({"sale_order_id": order.id, "discount_percentage": 0.1})
    wizard.action_apply_discount()
    assert order.order_line.mapped("discount") == [10.0, 10.0]
    wizard.discount_type = "so_discount"
    with pytest.raises(NotImplementedError, match="so_discount"):
        wizard.action_apply_discount()


def test_several_orders_are_cancelled_at_once(env: Environment) -> None:
    orders = _order(env) | _order(env)
    env["sale.mass.cancel.orders"].create({"sale_order_ids": [(6, 0, orders.ids)]}).action_mass_cancel()
    assert orders.mapped("state") == ["cancel", "cancel"]


def test_a_down_payment_is_named_after_its_invoice(env: Environment) -> None:
    """First as a draft; what takes it off the last invoice stands in a section of its own."""
    order = _order(env, 100.0)
    order.action_confirm()
    context = {"active_model": "sale.order", "active_ids": order.ids}
    wizards = env["sale.advance.payment.inv"].with_context(**context)
    advance = wizards.create({"advance_payment_method": "percentage", "amount": 20})
    invoice = env["account.move"].browse(advance.create_invoices()["res_id"])
    line = order.order_line.filtered(lambda each: each.is_downpayment and not each.display_type)
    assert line.name.endswith("(Draft)")
    invoice.action_post()
    assert line.name == f"Down Payment (ref: {invoice.name} on {invoice.invoice_date:%m/%d/%Y})"
    last = env["account.move"].browse(wizards.create({}).create_invoices()["res_id"])
    shown = [(each.display_type, each.name, each.price_subtotal) for each in last.invoice_line_ids]
    assert shown == [("product", "Work", 100.0), ("line_section", "Down Payments", 0.0), ("product", line.name, -20.0)]


def test_what_a_line_shows_of_its_product(env: Environment) -> None:
    """Units to choose from, its name, and whether it can still be sold."""
    order = _order(env, 10.0)
    line = order.order_line
    assert (line.allowed_uom_ids.ids, line.translated_product_name) == (line.product_id.uom_id.ids, "Work")
    assert not order.has_archived_products
    line.product_id.active = False
    assert (line.is_product_archived, order.has_archived_products) == (True, True)


def test_taxes_follow_the_fiscal_position_when_asked_to(env: Environment) -> None:
    order = _order(env, 10.0)
    order.order_line.tax_ids = False
    order.action_update_taxes()
    assert order.order_line.tax_ids == order.order_line.product_id.taxes_id
    assert "taxes have been recomputed" in order.message_ids[0].body
