"""Booking: what keeps an entry from being posted, and what follows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError

__all__ = ["AccountMoveBooking"]

_PARTNER_MISSING = {
    "sale": (
        "The 'Customer' field is required to validate the invoice.\nYou probably don't want to explain to your auditor"
        " that you invoiced an invisible man :)"
    ),
    "purchase": "The field 'Vendor' is required, please complete it to validate the Vendor Bill.",
}
_NEGATIVE = (
    "You cannot validate an invoice with a negative total amount. You should create a credit note instead. Use the"
    " action menu to transform it into a credit note or refund."
)
_RANKS = {"asset_receivable": "customer_rank", "liability_payable": "supplier_rank"}


class AccountMoveBooking(models.Model):
    """Gets a number, settles what it reverses, and counts for its partner."""

    _inherit = "account.move"

    def _post(self) -> None:
        problems = [problem for move in self for problem in move._invoice_problems()]
        problems += [problem for move in self for problem in move._posting_problems()]
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        for move in self.sorted(lambda each: (str(each.date), each.ref or "", each.id)):
            if move.is_sale_document(True) and not move.invoice_date:
                move.invoice_date = self.env.clock.today()
            move._set_next_name()
            move.write({"state": "posted", "posted_before": True})
            move._set_payment_reference()
            move._add_followers(move.partner_id)
        for move in self.filtered(lambda each: each.reversed_entry_id.state == "posted"):
            move.reversed_entry_id._settle_by(move)
        self._count_partners()

    def _posting_problems(self) -> list[str]:
        """Why an entry cannot be posted, empty where it can."""
        problems = []
        if self.state in ("posted", "cancel"):
            problems.append(f"The entry {self.name} (id {self.id}) must be in draft.")
        if not self.line_ids.filtered(lambda line: not line._is_text()):
            problems.append("Even magicians can't post nothing!")
        if self.auto_post != "no" and self.date > self.env.clock.today():
            problems.append(f"This move is configured to be auto-posted on {self.date:%m/%d/%Y}")
        if not self.journal_id.active:
            problems.append(f"You cannot post an entry in an archived journal ({self.journal_id.display_name})")
        if self.state == "draft" and not self.currency_id.active:
            problems.append(f"You cannot validate a document with an inactive currency: {self.currency_id.name}")
        if any(not account.active for account in self.line_ids.account_id):
            problems.append("A line of this move is using a archived account, you cannot post it.")
        return problems

    def _invoice_problems(self) -> list[str]:
        """Why an invoice cannot be posted; nothing of other entries."""
        problems: list[str] = []
        if not self.is_invoice(True):
            return problems
        if self.partner_bank_id and not self.partner_bank_id.active:
            archived = (
                "The recipient bank account linked to this invoice is archived.\nSo you cannot confirm the invoice."
            )
            problems.append(archived)
        if self.currency_id.compare_amounts(self.amount_total, 0.0) < 0:
            problems.append(_NEGATIVE)
        if not self.partner_id and not self.is_receipt():
            problems.append(_PARTNER_MISSING["sale" if self.is_sale_document() else "purchase"])
        if self.is_purchase_document(True) and not self.invoice_date:
            problems.append("The Bill/Refund date is required to validate this document.")
        return problems

    def _set_payment_reference(self) -> None:
        """A customer quotes the number of the invoice."""
        if self.move_type == "out_invoice" and not self.payment_reference:
            self.write({"payment_reference": self.name})

    def _settle_by(self, opposite: Any) -> None:
        """Reconcile what is open of an entry and its opposite, account by account."""
        items = (self | opposite).line_ids.filtered(lambda line: line.account_id._settles() and not line.reconciled)
        for account in items.account_id:
            same = items.filtered(lambda line, account=account: line.account_id == account)
            for currency in same.currency_id:
                own = same.filtered(lambda line, currency=currency: line.currency_id == currency)
                if len(own.move_id) > 1:
                    own.reconcile()

    def _count_partners(self) -> None:
        """Customers and vendors are those with posted invoices, or with items on their accounts in other entries."""
        counts: Counter[tuple[str, Any]] = Counter()
        for move in self:
            if move.move_type == "entry":
                claims = move.line_ids.filtered(lambda line: line.partner_id and line.account_type in _RANKS)
                counts.update({(_RANKS[line.account_type], line.partner_id) for line in claims})
            elif move.partner_id and not move.is_receipt():
                counts["customer_rank" if move.is_sale_document() else "supplier_rank", move.partner_id] += 1
        for (name, partner), count in counts.items():
            for each in (partner | partner.commercial_partner_id).sudo():
                each[name] = each[name] + count
