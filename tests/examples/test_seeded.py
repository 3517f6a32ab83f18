import pytest


@pytest.mark.fauxdoo(seed="first_shop.yaml")
def test_order_is_confirmed(odoo):
    """The seed's order is a sale, with its two desks to deliver."""
    order = odoo.env.ref("first_shop.order_1")
    assert (order.state, order.partner_id.name) == ("sale", "Ada")
    assert order.picking_ids.move_ids.product_uom_qty == 2
