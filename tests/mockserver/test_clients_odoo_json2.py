"""odoo-json2, unmodified, over a real socket."""

from __future__ import annotations

import pytest
from odoo_json2 import (
    JSON2Client,
    OdooAuthError,
    OdooNotFoundError,
    OdooServerException,
    OdooValidationError,
)

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture
def client(odoo: FakeOdoo) -> JSON2Client:
    """The client of the administrator's key."""
    return JSON2Client(odoo.url, odoo.api_key, odoo.db)


def test_version(client: JSON2Client) -> None:
    """The client takes the server for Odoo 19."""
    assert client.version()["version"].startswith("19.0")


def test_a_life(client: JSON2Client) -> None:
    """A record is created, found, read, changed and removed."""
    partners = client.env["res.partner"]
    (id,) = partners.create({"name": "Ada", "email": "ada@shop.example"})
    assert partners.search([["email", "=", "ada@shop.example"]]) == [id]
    partners.write([id], {"city": "Turin"})
    assert partners.read([id], ["name", "city"]) == [{"id": id, "name": "Ada", "city": "Turin"}]
    assert partners.search_count([["id", "=", id]]) == 1
    assert partners.unlink([id]) is True
    assert partners.read([id], ["name"]) == []


def test_methods_and_context(client: JSON2Client, odoo: FakeOdoo) -> None:
    """Any method by name, with ids, context and named arguments."""
    product = odoo.env["product.product"].create({"name": "Bell"})
    values = {"partner_id": 3, "order_line": [(0, 0, {"product_id": product.id})]}
    (order,) = client.call("sale.order", "create", vals_list=[values])
    assert client.call("sale.order", "action_confirm", ids=[order]) is True
    found = client.call(
        "sale.order", "search_read", domain=[["id", "=", order]], fields=["state"], context={"lang": False}
    )
    assert found == [{"id": order, "state": "sale"}]


def test_errors(client: JSON2Client, odoo: FakeOdoo) -> None:
    """Each kind of refusal becomes the client's own exception."""
    with pytest.raises(OdooAuthError, match="Invalid apikey"):
        JSON2Client(odoo.url, "wrong", odoo.db).env["res.partner"].search([])
    with pytest.raises(OdooNotFoundError, match=r"no\.such"):
        client.call("no.such", "search", domain=[])
    with pytest.raises(OdooValidationError, match="missing a required argument"):
        client.call("res.partner", "create")
    with pytest.raises(OdooServerException, match="Invalid field"):
        client.env["res.partner"].search([["nope", "=", 1]])
