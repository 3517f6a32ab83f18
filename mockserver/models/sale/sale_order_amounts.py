"""Sums of orders, and how far they are invoiced."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.order_amounts import amounts_of, currency_of, shown_totals

__all__ = ["SaleOrderAmounts"]


class SaleOrderAmounts(models.Model):
    """Amounts are sums of the lines' unrounded ones where the company rounds globally."""

    _inherit = "sale.order"

    @api.compute("amount_untaxed", "amount_tax", "amount_total")
    @api.depends("order_line.price_subtotal", "order_line.price_total", "order_line.tax_ids", "currency_id")
    def _compute_amounts(self) -> None:
        for order in self:
            amounts = amounts_of(order)
            order.amount_untaxed = amounts.untaxed
            order.amount_tax = amounts.tax
            order.amount_total = currency_of(order).round(amounts.total)

    @api.compute("amount_undiscounted")
    def _compute_amount_undiscounted(self) -> None:
        for order in self:
            order.amount_undiscounted = sum(line._undiscounted() for line in order.order_line)

    @api.compute("amount_invoiced")
    def _compute_amount_invoiced(self) -> None:
        for order in self:
            order.amount_invoiced = sum(order.order_line.mapped("amount_invoiced"))

    @api.compute("amount_to_invoice")
    def _compute_amount_to_invoice(self) -> None:
        for order in self:
            order.amount_to_invoice = sum(order.order_line.mapped("amount_to_invoice"))

    @api.compute("invoice_status")
    @api.depends("state", "order_line.invoice_status")
    def _compute_invoice_status(self) -> None:
        for order in self:
            lines = order.order_line.filtered(lambda line: not line.is_downpayment and not line.display_type)
            order.invoice_status = _summary(lines.mapped("invoice_status")) if order.state == "sale" else "no"

    @api.compute("invoice_ids", "invoice_count")
    def _compute_invoice_ids(self) -> None:
        for order in self:
            moves = order.order_line.invoice_lines.move_id
            order.invoice_ids = moves.filtered(lambda move: move.move_type in ("out_invoice", "out_refund"))
            order.invoice_count = len(order.invoice_ids)

    @api.search("invoice_ids")
    def _search_invoice_ids(self, operator: str, value: Any) -> list[Any]:
        return [("order_line.invoice_lines.move_id", operator, value)]

    @api.compute("tax_totals")
    def _compute_tax_totals(self) -> None:
        for order in self:
            order.tax_totals = shown_totals(order)


def _summary(states: list[str]) -> str:
    """The invoice status of an order whose lines have these."""
    for state in ("to invoice",):
        if state in states:
            return state
    if states and all(state == "invoiced" for state in states):
        return "invoiced"
    if states and all(state in ("invoiced", "upselling") for state in states):
        return "upselling"
    return "no"
