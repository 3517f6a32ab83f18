"""A small shop for the examples of the API guide, with ids of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fauxdoo.mockserver import FakeOdoo


@dataclass(frozen=True)
class Shop:
    """The ids the examples need."""

    customer: int
    product: int
    quotations: list[int]
    order: int


@pytest.fixture
def shop(odoo: FakeOdoo) -> Shop:
    """Customers in the US and Great Britain, a product, two quotations and a confirmed order."""
    env = odoo.env
    customers = [
        env["res.partner"].create({"name": name, "country_id": env["res.country"].search([("code", "=", code)]).id}).id
        for name, code in (("Azure", "US"), ("Deco", "GB"))
    ]
    product = env["product.product"].create({"name": "Desk", "list_price": 100.0, "type": "consu"}).id
    orders = [
        env["sale.order"].create({"partner_id": customer, "order_line": [(0, 0, _line(product, quantity))]})
        for customer, quantity in ((customers[0], 5), (customers[1], 60), (customers[0], 20))
    ]
    orders[2].action_confirm()
    return Shop(customers[0], product, [order.id for order in orders[:2]], orders[2].id)


def _line(product: int, quantity: int) -> dict[str, object]:
    return {"product_id": product, "product_uom_qty": quantity, "price_unit": 100.0, "tax_ids": [(5, 0, 0)]}
