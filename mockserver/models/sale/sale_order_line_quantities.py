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
            line.untaxed_amount_to_invoice = line._untaxed_left() if line.state == "sale" else 0.0

    def _untaxed_left(self) -> float:
        """What is ordered or delivered, at its price, less what posted invoices ask for."""
        quantity, price = self._wanted_quantity(), self.price_unit * (1 - (self.discount or 0.0) / 100.0)
        whole = price * quantity
        if self.tax_ids.filtered("price_include"):
            whole = self.tax_ids.compute_all(price, self.currency_id, quantity)["total_excluded"]
        if all(each.discount == self.discount for each in self.invoice_lines):
            return float(whole - self.untaxed_amount_invoiced)
        return float(max(whole - sum(each.price_unit * each.quantity for each in self.invoice_lines), 0.0))

    def _wanted_quantity(self) -> float:
        """The quantity the customer is to pay for in the end."""
        return float(self.qty_delivered if self.product_id.invoice_policy == "delivery" else self.product_uom_qty)

    @api.compute("amount_invoiced")
    def _compute_amount_invoiced(self) -> None:
        for line in self:
            posted = line.invoice_lines.filtered(lambda each: each.parent_state == "posted")
            line.amount_invoiced = sum(_sign(each) * each.price_total for each in posted)

    @api.compute("amount_to_invoice")
    def _compute_amount_to_invoice(self) -> None:
        for line in self:
            left, ordered = line._wanted_quantity() - line.qty_invoiced_posted, line.product_uom_qty
            line.amount_to_invoice = line.price_total / ordered * left if ordered else 0.0


def _sign(invoice_line: Any) -> int:
    """Refunds count backwards."""
    return -1 if invoice_line.move_id.move_type == "out_refund" else 1


def _status(line: Any) -> str:
    if line.state != "sale":
        return "no"
    if line.is_downpayment and line.untaxed_amount_to_invoice == 0:
        return "invoiced"
    if round(line.qty_to_invoice, 6) != 0:
        return "to invoice"
    by_order = line.product_id.invoice_policy == "order"
    if by_order and line.product_uom_qty >= 0 and line.qty_delivered > line.product_uom_qty:
        return "upselling"
    return "invoiced" if line.qty_invoiced >= line.product_uom_qty else "no"
