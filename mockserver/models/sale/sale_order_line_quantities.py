"""What of an order line is delivered, invoiced and to be invoiced."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["SaleOrderLineQuantities"]


class SaleOrderLineQuantities(models.Model):
    """Quantities and amounts of a line against its invoices."""

    _inherit = "sale.order.line"

    @api.compute("qty_delivered_method")
    @api.depends("is_expense")
    def _compute_qty_delivered_method(self) -> None:
        for line in self:
            line.qty_delivered_method = "analytic" if line.is_expense else "manual"

    @api.compute("qty_invoiced")
    @api.depends("invoice_lines.move_id.state", "invoice_lines.quantity")
    def _compute_qty_invoiced(self) -> None:
        for line in self:
            live = line.invoice_lines.filtered(lambda each: each.parent_state != "cancel")
            line.qty_invoiced = sum(_sign(each) * each._quantity_in(line.product_uom_id) for each in live)

    @api.compute("qty_to_invoice")
    @api.depends("qty_invoiced", "qty_delivered", "product_uom_qty", "state")
    def _compute_qty_to_invoice(self) -> None:
        for line in self:
            wanted = line.product_uom_qty if line.product_id.invoice_policy == "order" else line.qty_delivered
            counts = line.state == "sale" and not line.display_type
            line.qty_to_invoice = wanted - line.qty_invoiced if counts else 0.0

    @api.compute("invoice_status")
    @api.depends("state", "product_uom_qty", "qty_delivered", "qty_to_invoice", "qty_invoiced")
    def _compute_invoice_status(self) -> None:
        for line in self:
            line.invoice_status = _status(line)

    @api.compute("untaxed_amount_invoiced")
    @api.depends("invoice_lines.price_total", "invoice_lines.move_id.state", "invoice_lines.move_id.move_type")
    def _compute_untaxed_amount_invoiced(self) -> None:
        for line in self:
            posted = line.invoice_lines.filtered(lambda each: each.parent_state == "posted")
            line.untaxed_amount_invoiced = sum(_sign(each) * each.price_subtotal for each in posted)

    @api.compute("untaxed_amount_to_invoice")
    @api.depends(
        "state",
        "untaxed_amount_invoiced",
        "qty_delivered",
        "product_uom_qty",
        "price_unit",
        "discount",
        "price_subtotal",
    )
    def _compute_untaxed_amount_to_invoice(self) -> None:
        for line in self:
            delivered = line.product_id.invoice_policy == "delivery"
            quantity = line.qty_delivered if delivered else line.product_uom_qty
            whole = line.price_reduce_taxexcl * quantity if delivered else line.price_subtotal
            left = max(whole - line.untaxed_amount_invoiced, 0.0)
            line.untaxed_amount_to_invoice = left if line.state == "sale" else 0.0

    @api.compute("amount_invoiced")
    def _compute_amount_invoiced(self) -> None:
        for line in self:
            posted = line.invoice_lines.filtered(lambda each: each.parent_state == "posted")
            line.amount_invoiced = sum(_sign(each) * each.price_total for each in posted)

    @api.compute("amount_to_invoice")
    def _compute_amount_to_invoice(self) -> None:
        for line in self:
            quantity = line.product_uom_qty or 1.0
            wanted = line.qty_delivered if line.product_id.invoice_policy == "delivery" else line.product_uom_qty
            line.amount_to_invoice = line.price_total / quantity * (wanted - line.qty_invoiced)


def _sign(invoice_line: Any) -> int:
    """Refunds count backwards."""
    return -1 if invoice_line.move_id.move_type == "out_refund" else 1


def _status(line: Any) -> str:
    if line.state != "sale" or line.display_type:
        return "no"
    if line.is_downpayment and line.untaxed_amount_to_invoice == 0:
        return "invoiced"
    if round(line.qty_to_invoice, 6) != 0:
        return "to invoice"
    by_order = line.product_id.invoice_policy == "order"
    if by_order and line.product_uom_qty >= 0 and line.qty_delivered > line.product_uom_qty:
        return "upselling"
    return "invoiced" if line.qty_invoiced >= line.product_uom_qty else "no"
