"""What of an order line is received and billed."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.order_documents import name_on_invoice

__all__ = ["PurchaseOrderLineQuantities"]


class PurchaseOrderLineQuantities(models.Model):
    """What is received is entered by hand; bills count against what is ordered or received."""

    _inherit = "purchase.order.line"

    @api.compute("qty_received_method")
    @api.depends("product_id.type")
    def _compute_qty_received_method(self) -> None:
        for line in self:
            line.qty_received_method = "manual" if line.product_id else False

    @api.compute("qty_received")
    @api.depends("qty_received_method", "qty_received_manual")
    def _compute_qty_received(self) -> None:
        for line in self:
            line.qty_received = line.qty_received_manual

    @api.inverse("qty_received")
    def _inverse_qty_received(self) -> None:
        for line in self:
            line.qty_received_manual = line.qty_received if line.qty_received_method == "manual" else 0.0

    @api.compute("qty_invoiced", "qty_to_invoice")
    @api.depends(
        "invoice_lines.move_id.state", "invoice_lines.quantity", "qty_received", "product_qty", "order_id.state"
    )
    def _compute_qty_invoiced(self) -> None:
        for line in self:
            billed = sum(_billed(each, line.product_uom_id) for each in line.invoice_lines)
            wanted = line.product_qty if line.product_id.purchase_method == "purchase" else line.qty_received
            line.qty_invoiced = billed
            line.qty_to_invoice = wanted - billed if line.order_id.state == "purchase" else 0.0

    def _bill_line(self) -> dict[str, Any]:
        """Values of the bill's line for what is to be billed of this one."""
        if self.display_type:
            return {"display_type": self.display_type, "name": self.name, "purchase_line_id": self.id}
        return {
            "display_type": "product",
            "name": name_on_invoice(self),
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "quantity": self.qty_to_invoice,
            "discount": self.discount,
            "price_unit": self.price_unit,
            "tax_ids": [(6, 0, self.tax_ids.ids)],
            "purchase_line_id": self.id,
            "is_downpayment": self.is_downpayment,
        }


def _billed(bill_line: Any, unit: Any) -> float:
    """What a line of a bill counts; refunds count backwards, cancelled bills nothing."""
    if bill_line.parent_state == "cancel":
        return 0.0
    sign = -1 if bill_line.move_id.move_type == "in_refund" else 1
    return float(sign * bill_line._quantity_in(unit))
