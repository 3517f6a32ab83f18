"""The API guide's XML-RPC examples, and its answers about keys and commands."""

from __future__ import annotations

from typing import Any
from xmlrpc.client import ServerProxy

import pytest

from fauxdoo.mockserver import FakeOdoo


class Models:
    """The guide's two steps: authenticate, then `execute_kw`."""

    def __init__(self, odoo: FakeOdoo, password: str) -> None:
        self.login = odoo.db, odoo.login, password
        self.uid = ServerProxy(f"{odoo.url}/xmlrpc/2/common").authenticate(*self.login, {})
        self.models = ServerProxy(f"{odoo.url}/xmlrpc/2/object")

    def __call__(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any] | None = None) -> Any:
        db, _, password = self.login
        return self.models.execute_kw(db, self.uid, password, model, method, args, kwargs or {})


@pytest.fixture(params=["password", "api_key"])
def models(odoo: FakeOdoo, request: pytest.FixtureRequest) -> Models:
    """The administrator with the password, and with an API key in its place."""
    return Models(odoo, getattr(odoo, request.param))


def test_uid(models: Models) -> None:
    """Authentication answers the user's id, with a password or a key."""
    assert models.uid == 2


def test_products(models: Models) -> None:
    """Products that can be sold are searched, then read with their category's name."""
    made = models("product.template", "create", [{"name": "Desk", "list_price": 9.5}])
    ids = models("product.template", "search", [[["sale_ok", "=", True]]], {"limit": 100})
    assert made in ids
    rows = models("product.template", "read", [ids], {"fields": ["name", "list_price", "categ_id"]})
    row = next(row for row in rows if row["id"] == made)
    assert (row["name"], row["list_price"]) == ("Desk", 9.5)
    assert isinstance(row["categ_id"], (list, bool))


def test_create_product(models: Models) -> None:
    """A product is created and answers its id."""
    new = models("product.template", "create", [{"name": "My New Product", "list_price": 99.99, "type": "consu"}])
    (row,) = models("product.template", "read", [[new]], {"fields": ["name", "list_price", "type"]})
    assert row == {"id": new, "name": "My New Product", "list_price": 99.99, "type": "consu"}


def test_commands(models: Models) -> None:
    """Command tuples create, update, delete, link and clear related records."""
    new = models("res.partner", "create", [{"name": "A", "child_ids": [(0, 0, {"name": "B"}), (0, 0, {"name": "C"})]}])
    tag = models("res.partner.category", "create", [{"name": "Gold"}])

    def write(values: dict[str, Any]) -> dict[str, Any]:
        models("res.partner", "write", [[new], values])
        row: dict[str, Any] = models("res.partner", "read", [[new]], {"fields": ["child_ids", "category_id"]})[0]
        return row

    first, second = sorted(write({})["child_ids"])
    assert write({"child_ids": [(1, first, {"name": "B2"}), (2, second, 0)]})["child_ids"] == [first]
    assert models("res.partner", "read", [[first], ["name"]])[0]["name"] == "B2"
    assert write({"category_id": [(4, tag, 0)]})["category_id"] == [tag]
    assert write({"category_id": [(5, 0, 0)]})["category_id"] == []


def test_workflow(models: Models, shop: Any) -> None:
    """Buttons are methods: a quotation is confirmed by calling `action_confirm`."""
    models("sale.order", "action_confirm", [[shop.quotations[1]]])
    assert models("sale.order", "read", [[shop.quotations[1]], ["state"]])[0]["state"] == "sale"
