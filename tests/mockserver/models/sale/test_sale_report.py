"""Sales analysis follows orders without being stored."""

from __future__ import annotations

from typing import Any


def test_lines_are_summed_per_product(env: Any) -> None:
    """Two lines of one product at one price are one row, which refers to the order."""
    product = env["product.product"].create([{"name": "P", "list_price": 10, "taxes_id": [(6, 0, [])]}])
    partner = env["res.partner"].create([{"name": "C"}])
    lines = [(0, 0, {"product_id": product.id, "product_uom_qty": quantity}) for quantity in (1, 2)]
    order = env["sale.order"].create([{"partner_id": partner.id, "order_line": lines}])
    report = env["sale.report"].search([("partner_id", "=", partner.id)])
    assert (report.product_uom_qty, report.price_subtotal, report.nbr) == (3.0, 30.0, 2)
    assert report.order_reference == order
    groups = env["sale.report"].formatted_read_group(
        [("partner_id", "=", partner.id)], ["state"], ["price_subtotal:sum"]
    )
    assert groups == [{"state": "draft", "__extra_domain": [["state", "=", "draft"]], "price_subtotal:sum": 30.0}]
