"""The wizard that invoices sales orders, or asks for a part of them in advance."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

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
            companies = wizard.sale_order_ids.company_id
            wizard.company_id = companies if len(companies) == 1 else False

    @api.compute("currency_id")
    @api.depends("sale_order_ids")
    def _compute_currency_id(self) -> None:
        for wizard in self:
            currencies = wizard.sale_order_ids.currency_id
            wizard.currency_id = currencies if len(currencies) == 1 else False

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
        lines = self.env["sale.order.line"].create(self._advance_lines(order, self._share(order)))
        name = f"Down payment of {self.amount}%" if self.advance_payment_method == "percentage" else "Down Payment"
        values = [line._prepare_invoice_line(name=name, quantity=1.0) for line in lines if not line.display_type]
        commands = [(0, 0, value) for value in values]
        move = self.env["account.move"].sudo().create([{**order._prepare_invoice(), "invoice_line_ids": commands}])
        return move.with_env(self.env)

    def _share(self, order: Any) -> float:
        """The part of the order that is asked for; a fixed amount includes its taxes."""
        if self.advance_payment_method == "percentage":
            return float(self.amount / 100)
        return float(self.fixed_amount / order.amount_total) if order.amount_total else 0.0

    def _advance_lines(self, order: Any, share: float) -> list[dict[str, Any]]:
        """A section, and one line for each set of taxes of the order."""
        bases: dict[Any, float] = {}
        for line in order.order_line.filtered(lambda each: not each.display_type and not each.is_downpayment):
            bases[line.tax_ids] = bases.get(line.tax_ids, 0.0) + line.price_subtotal
        last = max(order.order_line.mapped("sequence"), default=10)
        own = {"order_id": order.id, "is_downpayment": True, "product_uom_qty": 0.0}
        section = {**own, "display_type": "line_section", "name": "Down Payments", "sequence": last + 1}
        known = order.order_line.filtered(lambda line: line.is_downpayment and line.display_type)
        day = f"{self.env.clock.today():%m/%d/%Y}"
        advances = [
            {
                **own,
                "name": f"Down Payment: {day} (Draft)",
                "sequence": last + 2,
                "price_unit": order.currency_id.round(base * share),
                "tax_ids": [(6, 0, taxes.ids)],
            }
            for taxes, base in bases.items()
        ]
        return advances if known else [section, *advances]

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
