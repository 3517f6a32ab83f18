import json


class Shop:
    """Books each order that a webhook tells of, and remembers which delivery it has seen."""

    def __init__(self):
        self.seen, self.booked = set(), []

    def handle(self, body):
        event = json.loads(body)
        if event["delivery"] not in self.seen:
            self.seen.add(event["delivery"])
            self.booked.append(event["id"])


def test_a_webhook_that_arrives_twice(odoo, odoo_webhooks):
    """At least once means sometimes twice: the delivery's number tells."""
    shop = Shop()
    odoo_webhooks.on_receive = lambda received: shop.handle(received.body)
    odoo.webhooks.register("sale.order", "create", odoo_webhooks.url, secret=odoo_webhooks.secret)
    odoo.webhooks.adversary(duplicate=1)
    order = odoo.env["sale.order"].create({"partner_id": 3})
    odoo.webhooks.flush()
    assert len(odoo_webhooks.received) == 2
    assert shop.booked == [order.id]
