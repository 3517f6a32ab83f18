"""Lots: how much of them there is."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize(
    ("operator", "value", "names"),
    [(">", 0, ["full"]), ("=", 4, ["full"]), ("=", 0, ["empty"]), ("!=", 4, ["empty"]), ("<", 9, ["empty", "full"])],
)
def test_lots_are_found_by_how_much_there_is(env: Environment, operator: str, value: Any, names: list[str]) -> None:
    """Lots that lie nowhere count as none."""
    product = env["product.product"].create({"name": "P", "is_storable": True, "tracking": "lot"})
    full, empty = env["stock.lot"].create([{"name": name, "product_id": product.id} for name in ("full", "empty")])
    place = env.ref("stock.stock_location_stock").id
    quant = env["stock.quant"].create(
        {"product_id": product.id, "lot_id": full.id, "location_id": place, "inventory_quantity": 4}
    )
    quant.action_apply_inventory()
    found = env["stock.lot"].search([("product_qty", operator, value), ("id", "in", (full | empty).ids)])
    assert sorted(found.mapped("name")) == names
