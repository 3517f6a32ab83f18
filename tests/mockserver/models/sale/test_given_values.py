"""Values given with a new order's lines stand against what would be computed."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize("taxes", [[(5, 0, 0)], [(6, 0, [])], [(5,)]])
def test_taxes_of_a_new_line(env: Environment, taxes: list[Any]) -> None:
    """A line created without taxes has none, although its product and company have some."""
    product = env["product.product"].create({"name": "Desk", "list_price": 100.0})
    partner = env["res.partner"].create({"name": "Azure"})
    given, computed = ({"product_id": product.id, "tax_ids": taxes}, {"product_id": product.id})
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": [(0, 0, given), (0, 0, computed)]})
    assert [bool(line.tax_ids) for line in order.order_line] == [False, True]
    assert order.amount_untaxed == 200.0
    assert order.amount_total == pytest.approx(200.0 + order.order_line[1].price_tax)
