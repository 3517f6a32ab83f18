"""The audit of retries: what a client would make twice."""

from __future__ import annotations

from typing import Any

import requests

from fauxdoo.harness.transports import xmlrpc
from fauxdoo.mockserver import FakeOdoo


def _call(odoo: FakeOdoo, model: str, method: str, *args: Any) -> Any:
    return xmlrpc.proxy(odoo, "object").execute_kw(odoo.db, 2, odoo.password, model, method, list(args))


def test_names_what_is_made_twice(odoo: FakeOdoo) -> None:
    """A create makes another record, a write does not, and nothing of the second time stays."""
    bell = odoo.env["product.product"].create({"name": "Bell"})
    with odoo.faults.audit() as audit:
        order = _call(odoo, "sale.order", "create", {"partner_id": 1})
        _call(odoo, "sale.order", "write", [order], {"client_order_ref": "A1"})
        _call(odoo, "sale.order", "write", [order], {"order_line": [(0, 0, {"product_id": bell.id})]})
        _call(odoo, "sale.order", "search_count", [])
    assert [(duplicate.call.method, duplicate.created.get("sale.order")) for duplicate in audit.duplicates] == [
        ("create", 1),
        ("write", None),
    ]
    assert "sale.order.create over xmlrpc: sent again it makes 1 sale.order" in str(audit)
    assert not audit
    assert odoo.env["sale.order"].browse(order).order_line.ids
    assert len(odoo.env["sale.order"].browse(order).order_line) == 1
    assert len(odoo.calls.of("sale.order")) == 4


def test_what_is_refused_is_safe(odoo: FakeOdoo) -> None:
    """A second confirmation raises, a second currency of that name too: nothing is made twice."""
    order = odoo.env["sale.order"].create({"partner_id": 1})
    with odoo.faults.audit() as audit:
        _call(odoo, "sale.order", "action_confirm", [order.id])
        _call(odoo, "res.currency", "create", {"name": "ZZZ", "symbol": "Z"})
    assert audit, str(audit)
    assert str(audit) == "no call makes anything twice when it is sent again"


def test_rest_with_a_key_is_safe(odoo: FakeOdoo) -> None:
    """REST answers the second of two requests with one Idempotency-Key from memory; without one it makes two."""
    headers = {"Authorization": f"Bearer {odoo.api_key}"}
    with odoo.faults.audit() as audit:
        for extra in ({"Idempotency-Key": "a"}, {}):
            requests.post(f"{odoo.url}/api/res.partner", json={"name": "x"}, headers=headers | extra, timeout=10)
    assert [(each.call.protocol, each.created["res.partner"]) for each in audit.duplicates] == [("rest", 1)]
    assert odoo.env["res.partner"].search_count([("name", "=", "x")]) == 2
