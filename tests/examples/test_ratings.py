import xmlrpc.client

import pytest
import ratings

from fauxdoo.mockserver import FakeOdoo


def test_over_rpc():
    """Clients create ratings, ask for the best, and cannot break the rule."""
    with FakeOdoo(extensions=[ratings]) as odoo:
        call = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object").execute_kw
        product = odoo.env["product.product"].create({"name": "Bell"})
        rating = call(odoo.db, 2, odoo.password, "shop.rating", "create", [{"product_id": product.id}])
        [best] = call(odoo.db, 2, odoo.password, "shop.rating", "best", [])
        assert best == {"id": rating, "product_id": [product.id, "Bell"], "stars": 5}
        with pytest.raises(xmlrpc.client.Fault, match="From one to five stars"):
            call(odoo.db, 2, odoo.password, "shop.rating", "write", [[rating], {"stars": 6}])
