"""Places, and what may become of them."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError


@pytest.fixture
def shelf(env: Any) -> Any:
    """A place within the warehouse's stock."""
    return env["stock.location"].create([{"name": "Shelf", "location_id": env.ref("stock.stock_location_stock").id}])


def _put(env: Any, place: Any) -> None:
    product = env["product.product"].create([{"name": "P", "is_storable": True}])
    quant = {"product_id": product.id, "location_id": place.id, "inventory_quantity": 3}
    env["stock.quant"].create([quant]).action_apply_inventory()


def test_what_a_warehouse_needs_stays(env: Any) -> None:
    """Its stock is not archived."""
    with pytest.raises(UserError, match="You cannot archive location WH/Stock because it is used by warehouse"):
        env.ref("stock.stock_location_stock").write({"active": False})


def test_places_with_products_stay(env: Any, shelf: Any) -> None:
    """As they are."""
    _put(env, shelf)
    for values, message in (
        ({"active": False}, "You can't disable locations WH/Stock/Shelf because they still contain products."),
        ({"usage": "view"}, "cannot be changed to view"),
        ({"usage": "customer"}, "Internal locations having stock can't be converted"),
        ({"company_id": False}, "Changing the company of this record is forbidden"),
    ):
        with pytest.raises(UserError, match=message):
            shelf.write(values)


def test_places_below_go_along(env: Any, shelf: Any) -> None:
    """Into the archive and back."""
    box = env["stock.location"].create([{"name": "Box", "location_id": shelf.id}])
    shelf.active = False
    assert not box.active
    shelf.active = True
    assert box.active
