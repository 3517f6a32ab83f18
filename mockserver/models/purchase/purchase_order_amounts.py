"""Sums of purchase orders, and how far they are billed."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.order_amounts import amounts_of, currency_of, shown_totals

__all__ = ["PurchaseOrderAmounts"]


class PurchaseOrderAmounts(models.Model):
    """Sums of the lines' unrounded amounts where the company rounds globally; bills of the lines."""

    _inherit = "purchase.order"

    @api.compute("amount_untaxed", "amount_tax", "amount_total", "amount_total_cc")
    @api.depends("order_line.price_subtotal", "order_line.price_total", "order_line.tax_ids", "currency_id")
    def _compute_amounts(self) -> None:
        for order in self:
            amounts = amounts_of(order)
            order.amount_untaxed, order.amount_tax = amounts.untaxed, amounts.tax
            order.amount_total = currency_of(order).round(amounts.total)
            order.amount_total_cc = order.amount_total / (order.currency_rate or 1.0)

    @api.compute("tax_totals")
    def _compute_tax_totals(self) -> None:
        for order in self:
            order.tax_totals = shown_totals(order)

    @api.compute("invoice_status")
    @api.depends("state", "order_line.qty_to_invoice", "invoice_ids")
    def _compute_invoice_status(self) -> None:
        for order in self:
            lines = order.order_line.filtered(lambda line: not line.display_type)
            if order.state != "purchase":
                order.invoice_status = "no"
            elif any(round(line.qty_to_invoice, 6) for line in lines):
                order.invoice_status = "to invoice"
            else:
                order.invoice_status = "invoiced" if order.invoice_ids else "no"

    @api.compute("invoice_ids", "invoice_count")
    @api.depends("order_line.invoice_lines.move_id")
    def _compute_invoices(self) -> None:
        for order in self:
            order.invoice_ids = order.order_line.invoice_lines.move_id
            order.invoice_count = len(order.invoice_ids)

    def action_create_invoice(self) -> dict[str, Any]:
        """Make drafts of bills for what is to be billed; answers an action that shows them."""
        batches: dict[Any, Any] = {}
        for order in self:
            key = (order.company_id, order.partner_id, order.currency_id)
            batches[key] = batches.get(key, self.browse()) | order
        moves = self.env["account.move"].create([orders._bill() for orders in batches.values()])
        return self.action_view_invoice(moves)

    def _bill(self) -> dict[str, Any]:
        """One bill of orders of the same vendor."""
        lines = [line for order in self for line in order._billable_lines()]
        references = ", ".join(order.partner_ref for order in self if order.partner_ref) or False
        origins = ", ".join(self.mapped("name"))
        commands = [(0, 0, line._bill_line()) for line in lines]
        return {
            **self[0]._prepare_invoice(),
            "ref": references,
            "invoice_origin": origins,
            "invoice_line_ids": commands,
        }

    def _billable_lines(self) -> Any:
        """What is still to be billed; all lines with nothing where there is nothing (recorded in bill-from-order)."""
        due = self.order_line.filtered(lambda line: line.display_type or round(line.qty_to_invoice, 6))
        return due if due.filtered(lambda line: not line.display_type) else self.order_line

    def _prepare_invoice(self) -> dict[str, Any]:
        """Values of a bill of this order, without lines."""
        vendor = self.partner_id
        return {
            "move_type": "in_refund" if self.env.context.get("default_move_type") == "in_refund" else "in_invoice",
            "narration": self.note,
            "currency_id": self.currency_id.id,
            "partner_id": vendor.address_get(["invoice"])["invoice"],
            "fiscal_position_id": self.fiscal_position_id.id,
            "invoice_payment_term_id": self.payment_term_id.id,
            "invoice_user_id": self.user_id.id,
            "company_id": self.company_id.id,
        }

    def action_view_invoice(self, invoices: Any = False) -> dict[str, Any]:
        """The bills of these orders, as an action of the web client."""
        invoices = invoices or self.invoice_ids
        action: dict[str, Any] = self.env["ir.actions.actions"]._for_xml_id("account.action_move_in_invoice_type")
        context: dict[str, Any] = {"default_move_type": "in_invoice", "display_account_trust": True}
        if len(self.partner_id) == 1:
            context["default_partner_id"] = self.partner_id.id
        if not invoices:
            return {"type": "ir.actions.act_window_close"}
        if len(invoices) > 1:
            action["domain"] = [("id", "in", invoices.ids)]
        else:
            others = [view for view in action["views"] if view[1] != "form"]
            action |= {"views": [[False, "form"], *others], "res_id": invoices.id}
        return {**action, "context": context}
