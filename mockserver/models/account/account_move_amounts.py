"""Sums of journal entries, what is left to pay, and the state of payment."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.models.account.account_move import TEXTS

__all__ = ["AccountMoveAmounts"]

_REVERSALS = {
    "in_invoice": "in_refund",
    "in_receipt": "in_refund",
    "out_invoice": "out_refund",
    "out_receipt": "out_refund",
}
_SHOWN = ["product", *TEXTS]


class AccountMoveAmounts(models.Model):
    """Amounts in the entry's own currency are positive; signed ones are in the company's."""

    _inherit = "account.move"

    invoice_line_ids = fields.One2many(domain=[("display_type", "in", _SHOWN)])
    journal_line_ids = fields.One2many(domain=[("display_type", "not in", list(TEXTS))])

    @api.compute(
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "amount_residual",
        "amount_untaxed_signed",
        "amount_tax_signed",
        "amount_total_signed",
        "amount_residual_signed",
        "amount_total_in_currency_signed",
        "amount_untaxed_in_currency_signed",
    )
    @api.depends(
        "line_ids.balance",
        "line_ids.amount_currency",
        "line_ids.amount_residual",
        "line_ids.amount_residual_currency",
        "line_ids.display_type",
        "move_type",
    )
    def _compute_amount(self) -> None:
        for move in self:
            sign = move.direction_sign
            untaxed, untaxed_own = move._sums("product", "rounding")
            tax, tax_own = move._sums("tax", "non_deductible_tax")
            total, total_own = move._total()
            due = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
            move.amount_untaxed = sign * untaxed
            move.amount_tax = sign * tax
            move.amount_total = sign * total
            move.amount_residual = -sign * sum(due.mapped("amount_residual_currency"))
            move.amount_untaxed_signed, move.amount_tax_signed = -untaxed_own, -tax_own
            move.amount_total_signed = abs(total_own) if move.move_type == "entry" else -total_own
            move.amount_residual_signed = sum(due.mapped("amount_residual"))
            move.amount_total_in_currency_signed = abs(total) if move.move_type == "entry" else -sign * sign * total
            move.amount_untaxed_in_currency_signed = -untaxed

    def _sums(self, *kinds: str) -> tuple[float, float]:
        """What the lines of these kinds add up to, in the entry's and in the company's currency."""
        if self.move_type == "entry":
            return 0.0, 0.0
        lines = self.line_ids.filtered(lambda line: _kind_of(line) in kinds)
        return sum(lines.mapped("amount_currency")), sum(lines.mapped("balance"))

    def _total(self) -> tuple[float, float]:
        if self.move_type == "entry":
            debits = self.line_ids.filtered(lambda line: line.debit)
            return sum(debits.mapped("amount_currency")), sum(debits.mapped("balance"))
        return self._sums("product", "rounding", "tax", "non_deductible_tax")

    @api.compute("payment_state")
    @api.depends("amount_residual", "move_type", "state", "line_ids.amount_residual", "matched_payment_ids.state")
    def _compute_payment_state(self) -> None:
        for move in self:
            if move.payment_state not in ("blocked", "invoicing_legacy"):
                move.payment_state = move._payment_state()

    def _payment_state(self) -> str:
        settled = self._settling_moves()
        if not self.is_invoice(True) or (self.state != "posted" and not settled):
            return "not_paid"
        if not self.currency_id.is_zero(self.amount_residual):
            return "partial" if settled else "not_paid"
        kinds = set(settled.mapped("move_type"))
        if any(move.origin_payment_id or move.statement_line_id for move in settled):
            return "paid"
        opposite = _REVERSALS.get(self.move_type)
        reversed_by = kinds in ({opposite}, {opposite, "entry"}) if opposite else kinds == {"entry"}
        return "reversed" if kinds and reversed_by else "paid"

    def _settling_moves(self) -> Any:
        """The entries whose items settle what is due here."""
        due = self.sudo().line_ids.filtered(lambda line: line.display_type == "payment_term")
        return (due.matched_debit_ids.debit_move_id | due.matched_credit_ids.credit_move_id).move_id

    @api.compute("status_in_payment")
    def _compute_status_in_payment(self) -> None:
        for move in self:
            paid = move.payment_state in ("partial", "in_payment", "paid", "reversed", "blocked")
            sent = "sent" if move.state == "posted" and move.is_move_sent else move.state
            move.status_in_payment = move.payment_state if move.state == "posted" and paid else sent

    @api.compute("has_reconciled_entries")
    def _compute_has_reconciled_entries(self) -> None:
        for move in self:
            move.has_reconciled_entries = bool(move.line_ids.matched_debit_ids or move.line_ids.matched_credit_ids)

    def js_assign_outstanding_line(self, line_id: int) -> None:
        """Settle what is due here with an open item of the same account."""
        item = self.env["account.move.line"].browse(line_id)
        due = self.line_ids.filtered(lambda line: line.account_id == item.account_id and not line.reconciled)
        (item | due).reconcile()

    def js_remove_outstanding_partial(self, partial_id: int) -> None:
        """Undo what was settled."""
        self.env["account.partial.reconcile"].browse(partial_id).unlink()


def _kind_of(line: Any) -> str:
    """What a line counts as: one that rounds a tax is one of taxes."""
    return "tax" if line.display_type == "rounding" and line.tax_repartition_line_id else str(line.display_type)
