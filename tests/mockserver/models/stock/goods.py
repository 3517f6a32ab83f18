"""Goods that tests move about, and where."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm.environment import Environment

STOCK, CUSTOMERS, VENDORS = 5, 2, 1


def make_product(env: Environment, on_hand: float = 0.0, **values: Any) -> Any:
    """A product that is stored, of which so much lies in stock."""
    product = env["product.product"].create({"name": "Desk", "is_storable": True, **values})
    if on_hand:
        product.qty_available = on_hand
    return product
