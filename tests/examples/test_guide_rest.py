"""The API guide's REST examples: sales orders by HTTP verbs, with an API key."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from fauxdoo.mockserver import FakeOdoo

pytestmark = pytest.mark.fauxdoo(dialect="guide")


class Api:
    """The orders' address and the guide's headers."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self.url = f"{odoo.url}/api/sale.order"
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {odoo.api_key}"}

    def __call__(self, verb: str, path: Any = "", **options: Any) -> requests.Response:
        """A request below the orders' address."""
        url = f"{self.url}/{path}" if path else self.url
        return requests.request(verb, url, headers=self.headers, timeout=30, **options)


@pytest.fixture
def api(odoo: FakeOdoo) -> Api:
    """The REST interface, as the administrator."""
    return Api(odoo)


def test_list(api: Api, shop: Any) -> None:
    """A domain, fields, a limit and an offset as query values give an array of orders."""
    query = {
        "domain": '[["state", "=", "sale"]]',
        "fields": '["name", "partner_id", "amount_total", "state"]',
        "limit": 50,
        "offset": 0,
    }
    reply = api("GET", params=query)
    (order,) = reply.json()
    assert set(order) == {"id", "name", "partner_id", "amount_total", "state"}
    assert (order["id"], order["partner_id"], order["state"]) == (shop.order, [shop.customer, "Azure"], "sale")
    assert reply.headers["X-Total-Count"] == "1"


def test_pages(api: Api, shop: Any) -> None:
    """`requests` follows the links to the next page."""
    reply = api("GET", params={"fields": "name", "order": "id", "limit": 2})
    following = requests.get(reply.links["next"]["url"], headers=api.headers, timeout=30)
    assert [order["id"] for order in reply.json() + following.json()] == [*shop.quotations, shop.order]


def test_read(api: Api, shop: Any) -> None:
    """One order is an object."""
    order = api("GET", shop.order).json()
    assert (order["id"], order["amount_total"]) == (shop.order, 2000.0)


def test_create(api: Api, shop: Any) -> None:
    """An order comes with its lines as plain objects; the answer is the order made."""
    line = {"product_id": shop.product, "product_uom_qty": 5, "price_unit": 100.0}
    reply = api("POST", json={"partner_id": shop.customer, "order_line": [line]})
    order = reply.json()
    assert reply.status_code == 201
    assert reply.headers["Location"] == f"{api.url}/{order['id']}"
    assert (order["state"], order["amount_untaxed"], len(order["order_line"])) == ("draft", 500.0, 1)


def test_update(api: Api, shop: Any) -> None:
    """A note is changed; the answer is the order as it is now."""
    reply = api("PATCH", shop.quotations[0], json={"note": "Rush order — priority handling required"})
    assert reply.status_code == 200
    assert "Rush order — priority handling required" in reply.json()["note"]


def test_delete(api: Api, shop: Any) -> None:
    """A quotation is deleted, then there is none."""
    assert api("DELETE", shop.quotations[0]).status_code == 204
    reply = api("GET", shop.quotations[0])
    assert (reply.status_code, reply.json()["error"]["code"]) == (404, 300)


def test_confirm(api: Api, shop: Any) -> None:
    """A workflow step is a POST to its method."""
    reply = api("POST", f"{shop.quotations[0]}/action_confirm")
    assert (reply.status_code, reply.json()) == (200, True)
    assert api("GET", shop.quotations[0]).json()["state"] == "sale"


def test_command_tuples(api: Api, shop: Any) -> None:
    """Lines are added, changed and removed by the same commands as over RPC."""
    line = {"product_id": shop.product, "product_uom_qty": 1, "price_unit": 50.0}
    order = api("PATCH", shop.quotations[0], json={"order_line": [[0, 0, line]]}).json()
    old, new = order["order_line"]
    commands = [[1, old, {"product_uom_qty": 2}], [2, new, 0]]
    order = api("PATCH", shop.quotations[0], json={"order_line": commands}).json()
    assert (order["order_line"], order["amount_untaxed"]) == ([old], 200.0)


def test_common_errors(api: Api, shop: Any) -> None:
    """Codes 200, 300 and 304 tell a wrong key, a missing record and a missing field."""
    without_partner = api("POST", json={"order_line": []})
    assert (without_partner.status_code, without_partner.json()["error"]["code"]) == (422, 304)
    missing = api("PATCH", 999_999, json={"note": "x"})
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, 300)
    api.headers["Authorization"] = "Bearer wrong"
    denied = api("GET")
    assert (denied.status_code, denied.json()["error"]["code"]) == (401, 200)
