"""Small figures that forms and lists of sales orders show."""

from __future__ import annotations

from datetime import datetime, timedelta

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.order_documents import duplicates_of

__all__ = ["SaleOrderFigures", "SaleOrderLineFigures"]


class SaleOrderFigures(models.Model):
    """What follows from lines and tasks alone, and warnings nobody has asked for."""

    _inherit = "sale.order"

    @api.compute("expected_date")
    def _compute_expected_date(self) -> None:
        """When the goods can be there; false for an order that is cancelled or has none."""
        for order in self:
            lines = order.order_line.filtered(lambda line: line.product_id.type == "consu" and not line.display_type)
            dates = [line._expected() for line in lines] if order.state != "cancel" else []
            order.expected_date = order._select_expected(dates) if dates else False

    def _select_expected(self, dates: list[datetime]) -> datetime:
        """What counts of the dates of the lines."""
        return min(dates)

    @api.compute("has_archived_products")
    def _compute_has_archived_products(self) -> None:
        for order in self:
            order.has_archived_products = any(not product.active for product in order.order_line.product_id)

    @api.compute("duplicated_order_ids")
    def _compute_duplicated_order_ids(self) -> None:
        for order in self:
            order.duplicated_order_ids = duplicates_of(order, "client_order_ref")

    @api.compute("visible_project")
    def _compute_visible_project(self) -> None:
        for order in self:
            order.visible_project = "task_in_project" in order.order_line.product_id.mapped("service_tracking")

    @api.compute("completed_task_percentage", "closed_task_count")
    def _compute_completed_task_percentage(self) -> None:
        for order in self:
            order.closed_task_count = len(order.tasks_ids.filtered("is_closed"))
            all_tasks = order.tasks_count
            order.completed_task_percentage = order.closed_task_count / all_tasks if all_tasks else 0.0

    @api.compute("milestone_count")
    def _compute_milestone_count(self) -> None:
        milestones = self.env["project.milestone"].sudo()
        for order in self:
            order.milestone_count = milestones.search_count([("sale_line_id", "in", order.order_line.ids)])

    @api.compute("purchase_order_count")
    def _compute_purchase_order_count(self) -> None:
        for order in self:
            order.purchase_order_count = len(order.sudo().order_line.purchase_line_ids.order_id)

    @api.compute("partner_credit_warning", "sale_warning_text")
    def _compute_warnings(self) -> None:
        """What the customer's form warns of; nothing of credit, whose limits a fresh database has switched off."""
        for order in self:
            order.partner_credit_warning = ""
            said = order.partner_id.sale_warn_msg
            order.sale_warning_text = f"{order.partner_id.name} - {said}" if said else ""


class SaleOrderLineFigures(models.Model):
    """What a line shows of its product and of how far it is."""

    _inherit = "sale.order.line"

    def _expected(self) -> datetime:
        """When the goods can be there: the product's lead time after the order."""
        order = self.order_id
        begin = order.date_order if order.state == "sale" and order.date_order else self.env.transaction.now
        expected: datetime = begin + timedelta(days=self.customer_lead or 0.0)
        return expected

    @api.compute("allowed_uom_ids", "is_product_archived", "translated_product_name")
    def _compute_of_product(self) -> None:
        for line in self:
            product = line.product_id
            line.allowed_uom_ids = product.uom_id | product.uom_ids
            line.is_product_archived = bool(product) and not product.active
            line.translated_product_name = product.with_context(lang=line.order_partner_id.lang or None).display_name

    @api.compute("qty_delivered_at_date", "qty_invoiced_at_date", "amount_to_invoice_at_date")
    def _compute_at_date(self) -> None:
        for line in self:
            line.qty_delivered_at_date, line.qty_invoiced_at_date = line.qty_delivered, line.qty_invoiced
            line.amount_to_invoice_at_date = (line.qty_delivered - line.qty_invoiced) * line.price_unit

    @api.compute("purchase_line_count")
    def _compute_purchase_line_count(self) -> None:
        for line in self:
            line.purchase_line_count = len(line.sudo().purchase_line_ids)
