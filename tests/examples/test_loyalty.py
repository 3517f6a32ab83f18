import loyalty

from fauxdoo.mockserver import FakeOdoo


def test_points_follow_the_orders():
    """Ten of what a customer orders are worth a point."""
    with FakeOdoo(extensions=[loyalty]) as odoo:
        partner = odoo.env["res.partner"].create({"name": "Ada"})
        product = odoo.env["product.product"].create({"name": "Bell", "list_price": 120.0})
        line = {"product_id": product.id}
        odoo.env["sale.order"].create({"partner_id": partner.id, "order_line": [(0, 0, line)]})
        assert partner.loyalty_points == 12
