"""Sums of entries, and how far they are paid."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["AccountMoveAmounts"]


class AccountMoveAmounts(models.Model):
    """Amounts follow from the lines."""

    _inherit = "account.move"

    @api.compute(
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "amount_residual",
        "amount_untaxed_signed",
        "amount_untaxed_in_currency_signed",
        "amount_tax_signed",
        "amount_total_signed",
        "amount_total_in_currency_signed",
        "amount_residual_signed",
    )
    @api.depends(
        "line_ids.balance",
        "line_ids.amount_currency",
        "line_ids.amount_residual",
        "line_ids.display_type",
        "line_ids.tax_repartition_line_id",
        "state",
        "move_type",
    )
    def _compute_amount(self) -> None:
        for move in self:
            move._set_amounts() if move._is_invoice() else move._set_entry_amounts()

    def _set_amounts(self) -> None:
        lines, sign = self.line_ids, self._direction()
        products = lines.filtered(lambda line: line.display_type == "product")
        taxes = lines.filtered(lambda line: line.display_type == "tax")
        terms = lines.filtered(lambda line: line.display_type == "payment_term")
        untaxed, tax = sum(products.mapped("amount_currency")), sum(taxes.mapped("amount_currency"))
        own_untaxed, own_tax = sum(products.mapped("balance")), sum(taxes.mapped("balance"))
        outward = 1 if self.move_type.startswith("out") else -1
        self.amount_untaxed, self.amount_tax = sign * untaxed, sign * tax
        self.amount_total = sign * (untaxed + tax)
        self.amount_residual = -sign * sum(terms.mapped("amount_residual_currency"))
        self.amount_untaxed_signed = -own_untaxed
        self.amount_untaxed_in_currency_signed = -untaxed
        self.amount_tax_signed = -own_tax
        self.amount_total_signed = -(own_untaxed + own_tax)
        self.amount_total_in_currency_signed = -(untaxed + tax)
        self.amount_residual_signed = sum(terms.mapped("amount_residual")) * abs(outward)

    def _set_entry_amounts(self) -> None:
        total = sum(self.line_ids.mapped("debit"))
        self.amount_untaxed = self.amount_tax = self.amount_residual = 0.0
        self.amount_untaxed_signed = self.amount_untaxed_in_currency_signed = 0.0
        self.amount_tax_signed = self.amount_residual_signed = 0.0
        self.amount_total = self.amount_total_signed = total
        self.amount_total_in_currency_signed = total

    @api.compute("payment_state")
    @api.depends("amount_residual", "move_type", "state")
    def _compute_payment_state(self) -> None:
        """A draft keeps what it was (recorded in account/reconcile-payment-with-invoice)."""
        for move in self:
            if move.state != "posted" or not move._is_invoice():
                move.payment_state = move.payment_state or "not_paid"
                continue
            currency = move.currency_id
            paid = currency.is_zero(move.amount_residual) and not currency.is_zero(move.amount_total)
            partly = currency.compare_amounts(move.amount_residual, move.amount_total) != 0
            move.payment_state = move._settled_by() if paid else "partial" if partly else "not_paid"

    def _settled_by(self) -> str:
        """Reversed where refunds alone settle it."""
        terms = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        others = (terms.matched_debit_ids.debit_move_id | terms.matched_credit_ids.credit_move_id).move_id
        refunds = others and all(other.move_type in ("out_refund", "in_refund") for other in others)
        return "reversed" if refunds and self.move_type in ("out_invoice", "in_invoice") else "paid"

    @api.compute("status_in_payment")
    def _compute_status_in_payment(self) -> None:
        for move in self:
            move.status_in_payment = move.payment_state if move.state == "posted" else move.state
