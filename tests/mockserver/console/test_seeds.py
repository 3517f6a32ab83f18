"""Seeds over the admin API."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo

SHOP = {
    "sale.order": {"order_1": {"partner_id": "ada", "_call": "action_confirm"}},
    "res.partner": {"ada": {"name": "Ada", "country_id": "base.be"}},
}


def test_records_with_xmlids(odoo: FakeOdoo, client: Client) -> None:
    """In any order, with references by name; the answer tells their ids; a reset takes them away."""
    ids = (client.post("/_fauxdoo/seed", json={"records": SHOP, "module": "shop"}).json or {})["ids"]
    order = odoo.env.ref("shop.order_1")
    assert (order.id, order.state, order.partner_id.id) == (ids["shop.order_1"], "sale", ids["shop.ada"])
    client.post("/_fauxdoo/reset")
    with pytest.raises(ValueError, match="shop.order_1"):
        odoo.env.ref("shop.order_1")


def test_again(odoo: FakeOdoo, client: Client) -> None:
    """What is known by its xmlid is changed."""
    first = client.post("/_fauxdoo/seed", json={"records": {"res.partner": {"ada": {"name": "Ada"}}}}).json
    again = client.post("/_fauxdoo/seed", json={"records": {"res.partner": {"ada": {"city": "Turin"}}}}).json
    assert first == again
    assert (odoo.env.ref("test.ada").name, odoo.env.ref("test.ada").city) == ("Ada", "Turin")


def test_of_one_database(odoo: FakeOdoo, client: Client) -> None:
    """Others do not get them."""
    name = (client.post("/_fauxdoo/databases").json or {})["db"]
    records = {"res.partner": {"ada": {"name": "Ada"}}}
    assert client.post("/_fauxdoo/seed", json={"records": records, "db": name}).status_code == 200
    assert not odoo.env["res.partner"].search([("name", "=", "Ada")])


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        ({"res.partner": {"ada": {"nmae": "Ada"}}}, "test.ada (res.partner)"),
        ({"res.partners": {"ada": {}}}, "there is no such model"),
        ({"res.partner": {"ada": {"country_id": "base.nowhere"}}}, "base.nowhere"),
        ({"res.partner": []}, "mapping of xmlids"),
        ("shop.yaml", "records is to be object"),
    ],
)
def test_what_cannot_be_planted(odoo: FakeOdoo, client: Client, records: Any, complaint: str) -> None:
    """Is named, and nothing stays of the rest."""
    good = {"res.country": {"x": {"name": "X", "code": "XX"}}}
    sent = {**good, **records} if isinstance(records, dict) else records
    reply = client.post("/_fauxdoo/seed", json={"records": sent})
    assert reply.status_code == 400
    assert complaint in (reply.json or {})["error"]
    assert not odoo.env["res.country"].search([("code", "=", "XX")])
