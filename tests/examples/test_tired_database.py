from datetime import datetime

import pytest
import tired_database  # noqa: F401

from fauxdoo.harness.transports import xmlrpc


def test_not_at_night(odoo):
    """An order is taken in the evening and refused later."""
    orders = xmlrpc.proxy(odoo, "object")
    order = (odoo.db, 2, odoo.password, "sale.order", "create", [{"partner_id": 1}])
    odoo.clock.freeze(datetime(2026, 1, 31, 21, 30))
    with odoo.faults.add("tired", model="sale.order"):
        assert orders.execute_kw(*order)
        odoo.clock.move(hours=1)
        with pytest.raises(Exception, match="not at this hour"):
            orders.execute_kw(*order)
    assert odoo.env["sale.order"].search_count([]) == 1
