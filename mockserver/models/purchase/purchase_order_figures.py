"""Small figures that forms and lists of purchase orders show."""

from __future__ import annotations

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.order_documents import duplicates_of

__all__ = ["PurchaseOrderFigures", "PurchaseOrderLineFigures"]


class PurchaseOrderFigures(models.Model):
    """Where it came from, and what the vendor's form warns of."""

    _inherit = "purchase.order"

    @api.compute("sale_order_count", "has_sale_order")
    def _compute_sale_order_count(self) -> None:
        for order in self:
            sales = order.sudo().order_line.sale_order_id
            order.sale_order_count, order.has_sale_order = len(sales), bool(sales)

    @api.compute("receipt_reminder_email", "reminder_date_before_receipt")
    @api.depends("company_id", "partner_id")
    def _compute_reminder(self) -> None:
        for order in self:
            vendor = order.partner_id.with_company(order.company_id)
            order.receipt_reminder_email = vendor.receipt_reminder_email
            order.reminder_date_before_receipt = vendor.reminder_date_before_receipt

    @api.compute("duplicated_order_ids")
    def _compute_duplicated_order_ids(self) -> None:
        for order in self:
            order.duplicated_order_ids = duplicates_of(order, "partner_ref")

    @api.compute("show_comparison")
    def _compute_show_comparison(self) -> None:
        """Whether its products were ordered elsewhere too."""
        lines = self.env["purchase.order.line"]
        for order in self:
            others = [("order_id", "!=", order.id), ("product_id", "in", order.order_line.product_id.ids)]
            order.show_comparison = bool(lines.search_count([*others, ("order_id.state", "=", "purchase")], limit=1))

    @api.compute("purchase_warning_text")
    def _compute_purchase_warning_text(self) -> None:
        for order in self:
            said = order.partner_id.purchase_warn_msg
            order.purchase_warning_text = f"{order.partner_id.name} - {said}" if said else ""


class PurchaseOrderLineFigures(models.Model):
    """What a line shows of its product and of how far it is."""

    _inherit = "purchase.order.line"

    @api.compute("allowed_uom_ids")
    def _compute_allowed_uom_ids(self) -> None:
        for line in self:
            product, vendor = line.product_id, line.order_id.partner_id
            offered = product.seller_ids.filtered(lambda seller, vendor=vendor: seller.partner_id == vendor)
            line.allowed_uom_ids = product.uom_id | product.uom_ids | offered.product_uom_id

    @api.compute("qty_received_at_date", "qty_invoiced_at_date", "amount_to_invoice_at_date")
    def _compute_at_date(self) -> None:
        for line in self:
            line.qty_received_at_date, line.qty_invoiced_at_date = line.qty_received, line.qty_invoiced
            line.amount_to_invoice_at_date = (line.qty_received - line.qty_invoiced) * line.price_unit
