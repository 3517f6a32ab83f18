"""Early payments: until when an invoice costs less, and where what is saved is booked."""

from __future__ import annotations

from datetime import date
from typing import Any

from fauxdoo.mockserver import models

__all__ = ["AccountMoveEarly", "AccountMoveLineEarly"]

_KINDS = ("out_invoice", "out_receipt", "in_invoice", "in_receipt")


class AccountMoveEarly(models.Model):
    """Has a discount while its terms grant one and nothing is paid yet."""

    _inherit = "account.move"

    def _can_pay_early(self, currency: Any, day: date) -> bool:
        """Whether a payment in a currency on a day gets the discount of the terms."""
        term = self.invoice_payment_term_id
        if self.currency_id != currency or self.move_type not in _KINDS or not term.early_discount:
            return False
        due = self.sudo().line_ids.filtered(lambda line: line.display_type == "payment_term")
        last = term._last_early_day(self.invoice_date)
        return (not last or day <= last) and not (due.matched_debit_ids or due.matched_credit_ids)


class AccountMoveLineEarly(models.Model):
    """What is due, less the discount."""

    _inherit = "account.move.line"

    def _early_write_offs(self, currency: Any, day: date) -> list[dict[str, Any]]:
        """The items that an early payment of these brings with it."""
        due = self.filtered(lambda line: line.move_id._can_pay_early(currency, day))
        return [values for line in due for values in line._savings()]

    def _savings(self) -> list[dict[str, Any]]:
        """What is saved: of the whole, or of the untaxed amount and of each tax where the taxes shrink too."""
        move, company = self.move_id, self.company_id
        side = "loss" if move.is_inbound() else "gain"
        account = company[f"account_journal_early_pay_discount_{side}_account_id"]
        whole = self.amount_currency - self.discount_amount_currency
        own = {"partner_id": self.partner_id.id, "currency_id": self.currency_id.id}
        parts: list[dict[str, Any]] = []
        term = move.invoice_payment_term_id
        for line in move.line_ids.filtered("tax_line_id") if term.early_pay_discount_computation == "included" else ():
            saved = self.currency_id.round(-line.amount_currency * term.discount_percentage / 100)
            shares = line.tax_line_id._repartition_of("out_refund")
            share = shares.filtered(lambda each: each.repartition_type == "tax")[:1]
            label = f"Early Payment Discount ({line.tax_line_id.name})"
            taxed = {"name": label, "account_id": line.account_id.id, "tax_repartition_line_id": share.id}
            parts.append({**own, **taxed, "amount_currency": saved})
        rest = self.currency_id.round(whole - sum(part["amount_currency"] for part in parts))
        parts.insert(0, {**own, "name": "Early Payment Discount", "account_id": account.id, "amount_currency": rest})
        for part in parts:
            part["balance"] = self.currency_id._convert(
                part["amount_currency"], company.currency_id, company, move.date
            )
        return parts
