"""What products show of prices, sales and barcodes."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment


def test_a_price_with_its_tax(env: Environment) -> None:
    """A space where tax changes nothing."""
    template = env["product.template"].create({"name": "Desk", "list_price": 100.0})
    assert template.tax_string == "(= $\xa0115.00 Incl. Taxes)"
    template.taxes_id = False
    assert template.tax_string == " "


def test_what_was_sold_and_bought_in_a_year(env: Environment) -> None:
    """In the product's unit; quotations do not count."""
    product = env["product.product"].create({"name": "Desk", "type": "consu"})
    partner, dozen = env["res.partner"].create({"name": "Partner"}), env.ref("uom.product_uom_dozen")
    line = {"product_id": product.id, "product_uom_qty": 2.0, "product_uom_id": dozen.id}
    orders = env["sale.order"].create([{"partner_id": partner.id, "order_line": [(0, 0, line)]} for _ in range(2)])
    orders[0].action_confirm()
    bought = {"product_id": product.id, "product_qty": 3.0, "price_unit": 1.0}
    env["purchase.order"].create({"partner_id": partner.id, "order_line": [(0, 0, bought)]}).button_confirm()
    assert (product.sales_count, product.product_tmpl_id.sales_count) == (24.0, 24.0)
    assert (product.purchased_product_qty, product.product_tmpl_id.purchased_product_qty) == (3.0, 3.0)


@pytest.mark.parametrize(
    ("barcode", "valid"), [("4006381333931", True), ("96385074", True), ("4006381333932", False), ("A1", False)]
)
def test_the_check_digit_of_a_barcode(env: Environment, barcode: str, valid: bool) -> None:
    assert env["product.product"].create({"name": "Pen", "barcode": barcode}).valid_ean is valid


def test_how_services_are_invoiced(env: Environment) -> None:
    """One choice stands for policy and kind, and sets them."""
    service: Any = env["product.template"].create({"name": "Work", "type": "service", "invoice_policy": "delivery"})
    assert service.service_policy == "delivered_manual"
    service.service_policy = "ordered_prepaid"
    assert (service.invoice_policy, service.service_type) == ("order", "manual")


def test_value_of_what_is_on_hand(env: Environment) -> None:
    product = env["product.product"].create({"name": "Desk", "is_storable": True, "standard_price": 4.0})
    place = {"product_id": product.id, "location_id": 5, "inventory_quantity": 5}
    env["stock.quant"].create(place).action_apply_inventory()
    assert (product.avg_cost, product.total_value, product.cost_method, product.valuation) == (
        4.0,
        20.0,
        "standard",
        "periodic",
    )
