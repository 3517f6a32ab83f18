import requests


def import_orders(odoo, orders):
    """Sends all orders at once; asks which ones arrived before it sends any again."""
    headers = {"Authorization": f"bearer {odoo.api_key}"}
    address = f"{odoo.url}/json/2/sale.order"
    for _attempt in range(3):
        known = requests.post(
            f"{address}/search_read",
            json={"domain": [["client_order_ref", "in", [*orders]]], "fields": ["client_order_ref"]},
            headers=headers,
            timeout=10,
        ).json()
        missing = {
            ref: partner for ref, partner in orders.items() if ref not in {row["client_order_ref"] for row in known}
        }
        if not missing:
            return True
        values = [{"client_order_ref": ref, "partner_id": partner} for ref, partner in missing.items()]
        requests.post(f"{address}/create", json={"vals_list": values}, headers=headers, timeout=10)
    return False


def test_the_proxy_times_out_while_the_work_goes_on(odoo):
    """The answer is lost, the orders are there: whoever looks first makes no second ones."""
    partner = odoo.env["res.partner"].create({"name": "Ada"}).id
    with odoo.faults.add("page", status=504, committed=True, method="create", count=1):
        assert import_orders(odoo, {f"A{n}": partner for n in range(5)})
    assert odoo.env["sale.order"].search_count([("partner_id", "=", partner)]) == 5


def test_what_a_retry_would_do_twice(odoo):
    """The audit makes each call again, undoes it, and names what would be there twice."""
    partner = odoo.env["res.partner"].create({"name": "Ada"}).id
    with odoo.faults.audit() as audit:
        import_orders(odoo, {"A1": partner})
    assert str(audit).startswith("sale.order.create over json2: sent again it makes 1 sale.order")
