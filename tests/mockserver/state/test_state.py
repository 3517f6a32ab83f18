"""A state goes out as JSON and comes in again, in another database, under other ids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.state import StateError, exported, imported


@pytest.fixture(scope="module")
def _fake() -> Iterator[FakeOdoo]:
    fake = FakeOdoo()
    yield fake
    fake.close()


@pytest.fixture
def odoo(_fake: FakeOdoo) -> FakeOdoo:
    """A fake Odoo that no server listens for."""
    _fake.reset()
    return _fake


def _database(odoo: FakeOdoo) -> Database:
    return odoo.databases[odoo.db]


def _work(env: Any) -> None:
    """New, changed and removed records, with relations of every kind."""
    vip = env["res.partner.category"].create({"name": "VIP"})
    ada = env["res.partner"].create({"name": "Ada", "category_id": vip})
    eve = env["res.partner"].create({"name": "Eve", "parent_id": ada, "category_id": vip})
    product = env["product.product"].create({"name": "Desk", "type": "consu", "standard_price": 4.5})
    order = env["sale.order"].create({"partner_id": eve, "order_line": [(0, 0, {"product_id": product.id})]})
    order.action_confirm()
    env["ir.attachment"].create({"name": "n", "datas": b"bm90ZQ==", "res_model": "res.partner", "res_id": eve.id})
    parent = env["product.category"].create({"name": "Furniture"})
    env["product.category"].create({"name": "Desks", "parent_id": parent})
    env.ref("base.main_company").name = "The Shop"
    env.ref("base.res_partner_industry_A").unlink()


def test_nothing_of_a_fresh_database(odoo: FakeOdoo) -> None:
    """What reset leads back to is no part of it."""
    odoo.env["res.partner"].search([]).mapped("name")
    assert exported(_database(odoo)) == {"records": {}, "removed": {}}


def test_there_and_back(odoo: FakeOdoo) -> None:
    """In another database the same state comes out again, and the records work together as before."""
    _work(odoo.env)
    state = json.loads(json.dumps(exported(_database(odoo))))
    other = odoo.database()
    other.env["res.partner"].create([{"name": "Other"}] * 3)[0].unlink()
    before = exported(odoo.databases[other.db])
    imported(odoo.databases[other.db], state)
    both = exported(odoo.databases[other.db])
    others = set(before["records"]["res.partner"])
    assert {x: r for x, r in both["records"]["res.partner"].items() if x not in others} == state["records"][
        "res.partner"
    ]
    for model in ("sale.order", "sale.order.line", "stock.picking", "product.category", "res.company", "ir.attachment"):
        assert both["records"][model] == state["records"][model]
    assert both["removed"] == state["removed"] == {"res.partner.industry": ["base.res_partner_industry_A"]}

    eve = other.env["res.partner"].search([("name", "=", "Eve")])
    assert (eve.parent_id.name, eve.category_id.name, eve.sale_order_ids.state) == ("Ada", "VIP", "sale")
    assert eve.sale_order_ids.picking_ids.move_ids.product_id.standard_price == 4.5
    assert other.env["ir.attachment"].search([("res_id", "=", eve.id)]).datas == b"bm90ZQ=="
    root = other.env["product.category"].search([("name", "=", "Furniture")])
    assert len(other.env["product.category"].search([("id", "child_of", root.id)])) == 2
    first = eve.sale_order_ids.name
    assert other.env["sale.order"].create({"partner_id": eve}).name > first


def test_made_up_names_are_unique(odoo: FakeOdoo) -> None:
    """A record without an xmlid is not taken for one that came in under the name it would get."""
    ada = odoo.env["res.partner"].create({"name": "Ada"})
    state = {"records": {"res.partner": {f"__export__.res_partner_{ada.id}": {"name": "Eve", "active": True}}}}
    imported(_database(odoo), state)
    names = {row["name"] for row in exported(_database(odoo))["records"]["res.partner"].values()}
    assert names == {"Ada", "Eve"}


def test_no_secrets(odoo: FakeOdoo) -> None:
    """Passwords and keys stay where they are."""
    odoo.env["res.users"].create({"name": "U", "login": "u", "password": "secret-of-u"})
    odoo.env.user.password = "another-secret"
    state = exported(_database(odoo))
    assert state["records"]["res.users"]
    assert "res.users.apikeys" not in state["records"]
    assert all("password" not in row for row in state["records"]["res.users"].values())


WRONG = [
    ([], "a state has records"),
    ({"records": {"res.partner": []}}, "a state has records"),
    ({"records": {}, "removed": {"res.partner": [1]}}, "a state has records"),
    ({"records": {"no.model": {}}}, "there is no model 'no.model' here"),
    ({"records": {"ir.model.data": {}}}, "there is no model 'ir.model.data' here"),
    ({"records": {"res.partner": {"ada": {}}}}, "'ada' is no xmlid"),
    ({"records": {"res.partner": {"x.a": {"nme": "A"}}}}, "res.partner x.a: there is no column 'nme'"),
    ({"records": {"res.partner": {"x.a": {"password": "A"}}}}, "there is no column 'password'"),
    ({"records": {"res.partner": {"x.a": {"parent_id": "x.b"}}}}, "parent_id: no res.partner has the xmlid 'x.b'"),
    ({"records": {"res.partner": {"x.a": {"category_id": "x.b"}}}}, "category_id: a list of xmlids is expected"),
    ({"records": {"res.partner": {"x.a": {"name": ["A"]}}}}, "name: a list is no value of a column"),
    ({"records": {"res.partner": {"x.a": {"name": {"base64": 1}}}}}, 'name: {"base64": text} is expected'),
    ({"records": {}, "removed": {"res.partner": ["x.a"]}}, "removed: no res.partner has the xmlid 'x.a'"),
]


@pytest.mark.parametrize(("state", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_does_not_fit(odoo: FakeOdoo, state: Any, message: str) -> None:
    """The error says where, and nothing has changed."""
    if isinstance(state, dict):
        state["records"] = {"res.partner.category": {"x.vip": {"name": "VIP"}}, **state["records"]}
    with pytest.raises(StateError) as raised:
        imported(_database(odoo), state)
    assert message in str(raised.value)
    assert exported(_database(odoo)) == {"records": {}, "removed": {}}
