"""What a payment has settled."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.account_account import CLAIMS

__all__ = ["AccountPaymentSettlement"]


class AccountPaymentSettlement(models.Model):
    """Knows its invoices, and is paid with them."""

    _inherit = "account.payment"

    @api.compute("is_reconciled", "is_matched")
    @api.depends("move_id.line_ids.amount_residual", "state", "outstanding_account_id")
    def _compute_reconciliation(self) -> None:
        for payment in self:
            payment.is_reconciled, payment.is_matched = payment._reconciliation()

    def _reconciliation(self) -> tuple[bool, bool]:
        """Whether what it settles, and the money, is matched."""
        if not self.outstanding_account_id:
            return False, self.state == "paid"
        if not self.move_id or self.currency_id.is_zero(self.amount):
            return (bool(self.move_id),) * 2
        money, partner, others = self._items()
        own = self.currency_id == self.company_id.currency_id
        residual = "amount_residual" if own else "amount_residual_currency"
        direct = self.journal_id.default_account_id in money.account_id
        open_items = (partner | others).filtered(lambda line: line.account_id.reconcile)
        settled = self.currency_id.is_zero(sum(open_items.mapped(residual)))
        return settled, direct or self.currency_id.is_zero(sum(money.mapped(residual)))

    @api.compute("reconciled_invoice_ids", "reconciled_invoices_count", "reconciled_bill_ids", "reconciled_bills_count")
    def _compute_reconciled_invoices(self) -> None:
        for payment in self:
            items = payment.move_id.sudo().line_ids.filtered(lambda line: line.account_type in CLAIMS)
            settled = items.matched_debit_ids.debit_move_id.move_id | items.matched_credit_ids.credit_move_id.move_id
            moves = payment.invoice_ids | settled.with_env(self.env)
            payment.reconciled_invoice_ids = moves.filtered(lambda move: move.is_sale_document(True))
            payment.reconciled_bill_ids = moves.filtered(lambda move: move.is_purchase_document(True))
            payment.reconciled_invoices_count = len(payment.reconciled_invoice_ids)
            payment.reconciled_bills_count = len(payment.reconciled_bill_ids)

    @api.compute("reconciled_invoices_type")
    def _compute_reconciled_invoices_type(self) -> None:
        for payment in self:
            refunds = set(payment.reconciled_invoice_ids.mapped("move_type")) == {"out_refund"}
            payment.reconciled_invoices_type = "credit_note" if refunds else "invoice"

    @api.compute("show_partner_bank_account")
    def _compute_show_partner_bank_account(self) -> None:
        for payment in self:
            payment.show_partner_bank_account = payment.journal_id._shows_partner_bank(payment.payment_method_line_id)

    @api.compute("duplicate_payment_ids")
    def _compute_duplicate_payment_ids(self) -> None:
        """Others of the same partner, day, direction and amount that are not done."""
        names = ("partner_id", "company_id", "date", "payment_type", "amount")
        for payment in self:
            known = payment.partner_id and payment.amount and payment.state != "in_process"
            same = [(name, "=", getattr(payment[name], "id", payment[name])) for name in names]
            domain = [*same, ("id", "!=", payment.id), ("state", "in", ["draft", "in_process"])]
            payment.duplicate_payment_ids = self.search(domain) if known else False

    @api.search("reconciled_invoice_ids")
    def _search_reconciled_invoice_ids(self, operator: str, value: Any) -> list[Any]:
        return [("invoice_ids", operator, value)]

    def _follow_invoices(self) -> None:
        """A payment is done once the invoices it was made for are paid."""
        for payment in self.filtered(lambda each: each.state == "in_process"):
            settled = payment.invoice_ids | payment.reconciled_invoice_ids | payment.reconciled_bill_ids
            if settled and all(move.payment_state == "paid" for move in settled):
                payment.write({"state": "paid"})
