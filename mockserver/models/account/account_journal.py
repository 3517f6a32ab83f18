"""Journals, and the ways to pay through them."""

from __future__ import annotations

from itertools import count
from typing import Any, Self

from fauxdoo.mockserver import api, fields, models

__all__ = ["MONEY", "AccountJournal", "AccountPaymentMethodLine"]

MONEY = ("bank", "cash", "credit")
"""Types of journals that can be paid through."""
_CODES = {"sale": "INV", "purchase": "BILL", "cash": "CSH", "bank": "BNK", "credit": "CCD", "general": "GEN"}


class AccountPaymentMethodLine(models.Model):
    """A way to pay through a journal."""

    _inherit = "account.payment.method.line"

    def _compute_display_name(self) -> None:
        """The name with the journal's."""
        for line in self:
            line.display_name = f"{line.name} ({line.journal_id.name})" if line.journal_id else line.name


class AccountJournal(models.Model):
    """A journal of money has ways to pay through it from the start."""

    _inherit = "account.journal"

    inbound_payment_method_line_ids = fields.One2many(domain=[("payment_method_id.payment_type", "=", "inbound")])
    outbound_payment_method_line_ids = fields.One2many(domain=[("payment_method_id.payment_type", "=", "outbound")])

    @api.compute("code")
    @api.depends("type", "company_id")
    def _compute_code(self) -> None:
        """Unless it is given, the first free number of its kind: `BNK2`."""
        for journal in self.filtered(lambda each: each.type and not each.code):
            taken = set(self.sudo().with_context(active_test=False).search([]).mapped("code"))
            numbered = (f"{_CODES[journal.type]}{number}" for number in count(1))
            journal.code = next(code for code in numbered if code not in taken)

    @api.compute("refund_sequence", "payment_sequence")
    @api.depends("type")
    def _compute_sequences(self) -> None:
        for journal in self:
            journal.refund_sequence = journal.type in ("sale", "purchase")
            journal.payment_sequence = journal.type in MONEY

    @api.compute("suspense_account_id")
    @api.depends("company_id", "type")
    def _compute_suspense_account_id(self) -> None:
        for journal in self:
            kept = journal.suspense_account_id or journal.company_id.account_journal_suspense_account_id
            journal.suspense_account_id = kept if journal.type in MONEY else False

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make journals; those of money can be paid through by hand unless their ways to pay are given."""
        journals = super().create(vals_list)
        for journal, vals in zip(journals, vals_list, strict=True):
            for side, method in (("inbound", "in"), ("outbound", "out")):
                if journal.type in MONEY and f"{side}_payment_method_line_ids" not in vals:
                    by_hand = self.env.ref(f"account.account_payment_method_manual_{method}")
                    journal._add_method(by_hand)
        return journals

    def _add_method(self, method: Any) -> None:
        own = {"journal_id": self.id, "payment_method_id": method.id, "name": method.name}
        self.env["account.payment.method.line"].sudo().create([own])

    def _method_lines(self, payment_type: str) -> Any:
        """The ways to pay in (inbound) or out (outbound)."""
        lines = self.env["account.payment.method.line"].sudo().search([("journal_id", "in", self.ids)])
        return lines.filtered(lambda line: line.payment_method_id.payment_type == payment_type).with_env(self.env)

    def _shows_partner_bank(self, method: Any) -> bool:
        """Whether forms of payments show where the partner's money lies: for methods by hand, but not for cash."""
        return bool(method.payment_method_id.code == "manual" and self.type != "cash")
