"""Price lists."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize(
    ("rule", "quantity", "price"),
    [
        ({"compute_price": "fixed", "fixed_price": 45.0}, 1, 45.0),
        ({"compute_price": "percentage", "percent_price": 10.0}, 1, 90.0),
        ({"compute_price": "percentage", "percent_price": 10.0, "min_quantity": 5}, 1, 100.0),
        ({"compute_price": "percentage", "percent_price": 10.0, "min_quantity": 5}, 5, 90.0),
        ({"compute_price": "formula", "price_discount": 20.0, "price_surcharge": 1.0}, 1, 81.0),
        ({"compute_price": "formula", "base": "standard_price", "price_markup": 50.0}, 1, 60.0),
    ],
)
def test_rules_make_prices(env: Environment, rule: dict[str, Any], quantity: float, price: float) -> None:
    """A product of 100 that costs 40 is priced by the first rule that fits."""
    product = env["product.product"].create({"name": "Desk", "list_price": 100.0, "standard_price": 40.0})
    pricelist = env["product.pricelist"].create({"name": "Shop", "item_ids": [(0, 0, rule)]})
    assert pricelist._price_of(product, quantity) == pytest.approx(price)


def test_a_rule_needs_its_target(env: Environment) -> None:
    """A rule for a product without one is refused."""
    pricelist = env["product.pricelist"].create({"name": "Shop"})
    with pytest.raises(ValidationError, match="specify the product"):
        env["product.pricelist.item"].create({"pricelist_id": pricelist.id, "applied_on": "1_product"})
