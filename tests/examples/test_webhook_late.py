class Shop:
    """Keeps the stock of products, but never goes back to an older state of one."""

    def __init__(self):
        self.names, self.versions = {}, {}

    def handle(self, event):
        if event["timestamp"] > self.versions.get(event["id"], ""):
            self.versions[event["id"]] = event["timestamp"]
            self.names[event["id"]] = event["fields"]["name"]


def test_a_webhook_that_arrives_late(odoo, odoo_webhooks):
    """An old state that comes after a newer one is not taken for news."""
    shop = Shop()
    odoo_webhooks.on_receive = lambda received: shop.handle(received.payload)
    odoo.webhooks.register("product.product", "write", odoo_webhooks.url, fields=["name"])
    product = odoo.env["product.product"].create({"name": "Bell"})
    odoo.clock.freeze()
    odoo.webhooks.adversary(reorder=1)
    product.name = "Old bell"
    odoo.webhooks.adversary()
    odoo.clock.move(milliseconds=10)
    product.name = "New bell"
    odoo.webhooks.flush()
    odoo.clock.move(minutes=1)
    assert [each.payload["fields"]["name"] for each in odoo_webhooks.received] == ["New bell", "Old bell"]
    assert shop.names == {product.id: "New bell"}
