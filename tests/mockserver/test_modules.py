"""Installed apps are selectable."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.contracts import UnknownModule
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call

SELECTIONS = ["base", "contacts", "sale", "stock", "crm", "sale,stock", "account", "project", "purchase"]


@pytest.mark.parametrize("names", SELECTIONS)
def test_partners(names: str) -> None:
    """Whatever is installed, partners are created, read, found and deleted."""
    partners = _odoo(names).env["res.partner"]
    partner = partners.create({"name": "Spoke & Chain", "is_company": True})
    partner.write({"email": "a@example.com"})
    assert partner.read()[0]["email"] == "a@example.com"
    assert partners.search([("name", "ilike", "spoke")]).ids == partner.ids
    assert partner.unlink()


@pytest.mark.parametrize("names", SELECTIONS)
def test_demo(names: str) -> None:
    """The demo company has what the installed apps can hold."""
    odoo = _odoo(names, demo=True)
    assert odoo.env.ref("demo.partner_kettenhof").name == "Kettenhof Fahrradhandel GmbH"


def test_order_without_stock() -> None:
    """An order is confirmed and invoiced; what is delivered is entered by hand."""
    env = _odoo("sale").env
    order = env["sale.order"].create({"partner_id": _partner(env), "order_line": [(0, 0, _line(env))]})
    order.action_confirm()
    assert order.order_line.qty_delivered_method == "manual"
    assert order.read()[0]["state"] == "sale"
    assert "picking_ids" not in order.fields_get()


def test_order_with_stock() -> None:
    """With the stock app, the order has a delivery."""
    env = _odoo("sale,stock").env
    order = env["sale.order"].create({"partner_id": _partner(env), "order_line": [(0, 0, _line(env))]})
    order.action_confirm()
    assert order.order_line.qty_delivered_method == "stock_move"
    assert len(order.picking_ids) == 1


def test_purchase_without_stock() -> None:
    """Of what is purchased, the quantity received is entered by hand."""
    env = _odoo("purchase").env
    line = {"product_id": _product(env), "product_qty": 2.0, "price_unit": 3.0}
    order = env["purchase.order"].create({"partner_id": _partner(env), "order_line": [(0, 0, line)]})
    order.button_confirm()
    order.order_line.write({"qty_received": 2.0})
    assert order.order_line.qty_received == 2.0


@pytest.mark.parametrize(
    ("names", "model", "values"),
    [("crm", "crm.lead", {"name": "Fleet"}), ("project", "project.task", {"name": "Repair"})],
)
def test_main_models(names: str, model: str, values: dict[str, Any]) -> None:
    """The main model of an app works without the other apps."""
    records = _odoo(names).env[model]
    record = records.create(values)
    assert record.read()[0]["name"] == values["name"]
    assert record.unlink()


def test_invoice_alone() -> None:
    """Invoices are posted without the sales app."""
    env = _odoo("account").env
    lines = [(0, 0, {"name": "Bell", "price_unit": 5.0})]
    move = env["account.move"].create(
        {"partner_id": _partner(env), "move_type": "out_invoice", "invoice_line_ids": lines}
    )
    move.action_post()
    assert move.state == "posted"


def test_unknown_model() -> None:
    """A model of an app that is not installed is unknown, as on a real server."""
    odoo = _odoo("crm")
    with pytest.raises(Exception, match=r"Object sale\.order doesn't exist"):
        odoo.dispatch.call_kw(Call("xmlrpc", odoo.db, 2, "sale.order", "search", [[]]))
    assert not odoo.env["ir.model"].search([("model", "=", "sale.order")])


def test_states() -> None:
    """`ir.module.module` says what is installed."""
    modules = _odoo("crm").env["ir.module.module"]
    found = modules.search_read([("name", "in", ["crm", "mail", "sale"])], ["name", "state"])
    assert {row["name"]: row["state"] for row in found} == {
        "crm": "installed",
        "mail": "installed",
        "sale": "uninstalled",
    }


def test_unknown_module() -> None:
    """A module that cannot be served is refused."""
    with pytest.raises(UnknownModule, match="website"):
        FakeOdoo(modules=("website",))


def _odoo(names: str, **settings: Any) -> FakeOdoo:
    return FakeOdoo(modules=tuple(names.split(",")), **settings)


def _partner(env: Any) -> int:
    return int(env["res.partner"].create({"name": "Spoke & Chain"}).id)


def _product(env: Any) -> int:
    return int(env["product.product"].create({"name": "Bell", "list_price": 5.0, "type": "consu"}).id)


def _line(env: Any) -> dict[str, Any]:
    return {"product_id": _product(env), "product_uom_qty": 2.0}
