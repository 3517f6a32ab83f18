import requests

from fauxdoo.mockserver import FakeOdoo


def create_order(odoo: FakeOdoo, partner: int) -> requests.Response:
    params = {
        "service": "object",
        "method": "execute_kw",
        "args": [odoo.db, 2, odoo.password, "sale.order", "create", [{"partner_id": partner}]],
    }
    message = {"jsonrpc": "2.0", "method": "call", "params": params}
    return requests.post(f"{odoo.url}/jsonrpc", json=message, timeout=10)


def test_a_retry_makes_a_second_order(odoo):
    """The proxy gives up while the work goes on: whoever just tries again orders twice."""
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    orders = odoo.env["sale.order"]
    with odoo.faults.add("page", status=504, committed=True, model="sale.order", method="create", count=1):
        assert create_order(odoo, partner.id).status_code == 504
        assert create_order(odoo, partner.id).status_code == 200
    assert orders.search_count([("partner_id", "=", partner.id)]) == 2
    assert not odoo.faults.unused
