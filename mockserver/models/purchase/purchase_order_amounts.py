"""Sums of purchase orders, and how far they are billed."""

from __future__ import annotations

from itertools import count
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.order_amounts import amounts_of, currency_of, shown_totals

__all__ = ["PurchaseOrderAmounts"]

_TOGETHER = ("company_id", "partner_id", "currency_id")
"""What orders that follow each other share for one bill."""


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
        sequence = count(10)
        bills: list[dict[str, Any]] = []
        for order in self:
            values = order.with_company(order.company_id)._prepare_invoice()
            lines = [(0, 0, {**line, "sequence": next(sequence)}) for line in order._bill_lines()]
            same = [values[name] for name in _TOGETHER] == [bills[-1][name] for name in _TOGETHER] if bills else False
            if same:
                bills[-1]["invoice_line_ids"] += lines
                bills[-1]["invoice_origin"] += f", {order.name}"
            else:
                bills.append({**values, "invoice_line_ids": lines})
        moves = self.env["account.move"].create(bills)
        moves.filtered(lambda move: move.currency_id.round(move.amount_total) < 0).action_switch_move_type()
        return self.action_view_invoice(moves)

    def _bill_lines(self) -> list[dict[str, Any]]:
        """Values of a bill's lines for all lines, to be billed or not; a section only with something in it."""
        lines: list[dict[str, Any]] = []
        section = self.order_line.browse()
        for line in self.order_line:
            if line.display_type in ("line_section", "line_subsection"):
                section = line
                continue
            lines += [each._bill_line() for each in section | line]
            section = section.browse()
        return lines

    def _prepare_invoice(self) -> dict[str, Any]:
        """Values of a bill of this order, without lines."""
        vendor, company = self.partner_id, self.company_id
        banks = vendor.commercial_partner_id.bank_ids.filtered(
            lambda bank: bank.company_id in (company, company.browse())
        )
        return {
            "move_type": self.env.context.get("default_move_type", "in_invoice"),
            "narration": self.note,
            "currency_id": self.currency_id.id,
            "partner_id": vendor.address_get(["invoice"])["invoice"],
            "fiscal_position_id": self.fiscal_position_id.id,
            "partner_bank_id": banks[:1].id,
            "invoice_origin": self.name,
            "invoice_payment_term_id": self.payment_term_id.id,
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
