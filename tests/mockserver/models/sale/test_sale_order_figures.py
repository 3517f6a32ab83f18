"""What orders show of themselves, and the wizards that change several lines or orders."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
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
    """The percentage is a fraction of one, and more than all is refused."""
    order = _order(env, 10.0, 20.0)
    wizard = env["sale.order.discount"].create({"sale_order_id": order.id, "discount_percentage": 0.1})
    wizard.action_apply_discount()
    assert order.order_line.mapped("discount") == [10.0, 10.0]
    with pytest.raises(ValidationError, match="Invalid discount amount"):
        wizard.discount_percentage = 1.1


def test_a_discount_on_the_whole_has_a_line_for_each_set_of_taxes(env: Environment) -> None:
    """Of the company's product for discounts, made when it is first needed; an amount includes its taxes."""
    order = _order(env, 100.0, 10.0)
    order.order_line[1].tax_ids = [(5,)]
    values = {"sale_order_id": order.id, "discount_type": "so_discount", "discount_percentage": 0.1}
    env["sale.order.discount"].create(values).action_apply_discount()
    lines = order.order_line[2:]
    assert [(line.price_unit, len(line.tax_ids), line.sequence) for line in lines] == [(-10.0, 1, 999), (-1.0, 0, 999)]
    assert set(lines.mapped("name")) == {"Discount 10.00%"}
    assert lines.product_id == env.company.sale_discount_product_id
    total = order.amount_total
    fixed = {"sale_order_id": order.id, "discount_type": "amount", "discount_amount": 12.5}
    env["sale.order.discount"].create(fixed).action_apply_discount()
    assert (order.amount_total, order.order_line[-1].name) == (total - 12.5, "Discount")


def test_orders_with_one_reference_know_each_other(env: Environment) -> None:
    """Only of a draft's customer, and none that is cancelled."""
    first, second = _order(env), _order(env)
    (first | second).write({"client_order_ref": "PO-7", "partner_id": first.partner_id.id})
    assert first.duplicated_order_ids == second
    second.action_cancel()
    assert not first.duplicated_order_ids


def test_goods_alone_have_an_expected_date(env: Environment) -> None:
    """Services are not waited for."""
    order = _order(env, 10.0)
    assert order.expected_date is False
    goods = env["product.product"].create({"name": "Goods"})
    order.write({"order_line": [(0, 0, {"product_id": goods.id})]})
    assert order.expected_date


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
