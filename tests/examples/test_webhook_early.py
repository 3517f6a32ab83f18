import json
from urllib.request import Request, urlopen


class Shop:
    """Reads the order that a webhook tells of; what is not there yet is left for later."""

    def __init__(self, odoo):
        self.odoo, self.orders, self.later = odoo, {}, []

    def handle(self, id):
        body = json.dumps({"ids": [id], "fields": ["state"]}).encode()
        key = {"Authorization": f"Bearer {self.odoo.api_key}", "Content-Type": "application/json"}
        rows = json.load(urlopen(Request(f"{self.odoo.url}/json/2/sale.order/read", body, key)))
        if rows:
            self.orders[id] = rows[0]["state"]
        else:
            self.later.append(id)


def test_a_webhook_that_arrives_before_its_record(make_odoo, odoo_webhooks, tmp_path):
    """The receiver is faster than the commit: what it asks for is not there yet."""
    odoo = make_odoo(store=str(tmp_path / "odoo.db"))
    shop = Shop(odoo)
    odoo_webhooks.on_receive = lambda received: shop.handle(received.id)
    odoo.env["sale.order"].create({"partner_id": 3})  # an earlier one
    odoo.webhooks.register("sale.order", "create", odoo_webhooks.url)
    odoo.webhooks.adversary(early=1)
    order = odoo.env["sale.order"].create({"partner_id": 3})
    assert (shop.later, shop.orders) == ([order.id], {})
    shop.handle(shop.later.pop())
    assert shop.orders == {order.id: "draft"}
