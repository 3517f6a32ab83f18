"""The wizard that invoices sales orders, or asks for a part of them in advance."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.sale.order_parts import Part, percent_of, worth_of

__all__ = ["SaleAdvancePaymentInv"]


class SaleAdvancePaymentInv(models.TransientModel):
    """Invoices what is to be invoiced, a percentage, or a fixed amount."""

    _inherit = "sale.advance.payment.inv"

    @api.default("sale_order_ids")
    def _default_sale_order_ids(self) -> list[Any]:
        context = self.env.context
        orders = context.get("active_ids") or [] if context.get("active_model", "sale.order") == "sale.order" else []
        return [(6, 0, list(orders))]

    @api.compute("count", "has_down_payments", "amount_invoiced", "display_draft_invoice_warning")
    def _compute_from_orders(self) -> None:
        for wizard in self:
            orders = wizard.sale_order_ids
            wizard.count = len(orders)
            wizard.has_down_payments = bool(orders.order_line.filtered("is_downpayment"))
            wizard.amount_invoiced = sum(orders.mapped("amount_invoiced"))
            wizard.display_draft_invoice_warning = "draft" in orders.invoice_ids.mapped("state")

    @api.compute("company_id")
    @api.depends("sale_order_ids")
    def _compute_company_id(self) -> None:
        for wizard in self:
            orders = wizard.sale_order_ids
            wizard.company_id = orders.company_id if len(orders) == 1 else False

    @api.compute("currency_id")
    @api.depends("sale_order_ids")
    def _compute_currency_id(self) -> None:
        for wizard in self:
            orders = wizard.sale_order_ids
            wizard.currency_id = orders.currency_id if len(orders) == 1 else False

    def create_invoices(self) -> dict[str, Any]:
        """Make the drafts; answers an action that shows them. Raises UserError where there is nothing to invoice."""
        self.ensure_one()
        self._check_amount()
        return dict(self.sale_order_ids.action_view_invoice(self._create_invoices()))

    def _check_amount(self) -> None:
        kind = self.advance_payment_method
        if (kind == "percentage" and self.amount <= 0) or (kind == "fixed" and self.fixed_amount <= 0):
            raise UserError("The value of the down payment amount must be positive.")

    def _create_invoices(self) -> Any:
        if self.advance_payment_method == "delivered":
            return self.sale_order_ids._create_invoices(
                final=self.deduct_down_payments, grouped=not self.consolidated_billing
            )
        self.sale_order_ids.ensure_one()
        return self._invoice_advance(self.sale_order_ids)

    def _invoice_advance(self, order: Any) -> Any:
        """The invoice of a down payment; the order keeps a line of it that is taken off later."""
        lines = order._add_advances(self._parts(order))
        percentage = self.advance_payment_method == "percentage"
        name = f"Down payment of {self.amount:,.2f}%" if percentage else "Down Payment"
        commands = [(0, 0, line._prepare_invoice_line(name=name, quantity=1.0)) for line in lines]
        move = self.env["account.move"].sudo().create([{**order._prepare_invoice(), "invoice_line_ids": commands}])
        return move.with_env(self.env)

    def _parts(self, order: Any) -> list[Part]:
        """What of the order is asked for."""
        if self.advance_payment_method == "percentage":
            return percent_of(order, self.amount)
        return worth_of(order, self.fixed_amount)

    def view_draft_invoices(self) -> dict[str, Any]:
        """The drafts of the orders, as an action of the web client."""
        return {
            "name": "Draft Invoices",
            "type": "ir.actions.act_window",
            "view_mode": "list",
            "views": [(False, "list"), (False, "form")],
            "res_model": "account.move",
            "domain": [("line_ids.sale_line_ids.order_id", "in", self.sale_order_ids.ids), ("state", "=", "draft")],
        }
