"""Payments: money that comes in from customers or goes out to vendors."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.account.account_account import CLAIMS
from fauxdoo.mockserver.models.account.account_journal import MONEY

__all__ = ["AccountPayment"]


class AccountPayment(models.Model):
    """A draft, then in process with an entry of its own, paid once the money is seen or the invoices are settled."""

    _inherit = "account.payment"
    _sql_messages = {"account_payment_check_amount_not_negative": "The payment amount cannot be negative."}

    # ---------------------------------------------------------------- what a payment takes from others

    @api.compute("company_id")
    @api.depends("journal_id")
    def _compute_company_id(self) -> None:
        for payment in self:
            payment.company_id = payment.journal_id.company_id or payment.company_id or self.env.company

    @api.compute("journal_id")
    @api.depends("company_id")
    def _compute_journal_id(self) -> None:
        for payment in self:
            company = payment.company_id or self.env.company
            domain = [("company_id", "=", company.id), ("type", "in", MONEY)]
            payment.journal_id = payment.journal_id or self.env["account.journal"].search(domain, limit=1)

    @api.compute("currency_id")
    @api.depends("journal_id")
    def _compute_currency_id(self) -> None:
        for payment in self:
            journal = payment.journal_id
            payment.currency_id = journal.currency_id or journal.company_id.currency_id or self.env.company.currency_id

    @api.compute("available_payment_method_line_ids")
    def _compute_available_payment_method_line_ids(self) -> None:
        for payment in self:
            payment.available_payment_method_line_ids = payment.journal_id._method_lines(payment.payment_type)

    @api.compute("available_journal_ids")
    def _compute_available_journal_ids(self) -> None:
        for payment in self:
            company = payment.company_id or self.env.company
            journals = self.env["account.journal"].search([("company_id", "=", company.id), ("type", "in", MONEY)])
            kind = payment.payment_type
            payment.available_journal_ids = journals.filtered(lambda journal, kind=kind: journal._method_lines(kind))

    @api.compute("available_partner_bank_ids")
    def _compute_available_partner_bank_ids(self) -> None:
        """Where the money may go: the journal's own account, or those of the partner."""
        for payment in self:
            if payment.payment_type == "inbound":
                payment.available_partner_bank_ids = payment.journal_id.bank_account_id
            else:
                payment.available_partner_bank_ids = payment.partner_id.bank_ids

    @api.compute("partner_bank_id")
    @api.depends("partner_id", "journal_id", "payment_type")
    def _compute_partner_bank_id(self) -> None:
        for payment in self:
            usable = payment.available_partner_bank_ids
            payment.partner_bank_id = payment.partner_bank_id if payment.partner_bank_id in usable else usable[:1]

    @api.compute("payment_receipt_title")
    def _compute_payment_receipt_title(self) -> None:
        for payment in self:
            payment.payment_receipt_title = "Payment Receipt"

    @api.compute("payment_method_line_id")
    @api.depends("journal_id", "payment_type")
    def _compute_payment_method_line_id(self) -> None:
        for payment in self:
            known, available = payment.payment_method_line_id, payment.journal_id._method_lines(payment.payment_type)
            payment.payment_method_line_id = known if known and known in available else available[:1]

    @api.compute("outstanding_account_id")
    @api.depends("payment_method_line_id", "payment_type")
    def _compute_outstanding_account_id(self) -> None:
        for payment in self:
            payment.outstanding_account_id = payment._outstanding_account()

    def _outstanding_account(self) -> Any:
        """Where the money waits until the bank statement shows it."""
        side = "debit" if self.payment_type == "inbound" else "credit"
        company = self.company_id or self.env.company
        xmlid = f"account.{company.id}_account_journal_payment_{side}_account_id"
        fallback = self.env.ref(xmlid, raise_if_not_found=False) or self.env["account.account"]
        return self.payment_method_line_id.payment_account_id or fallback

    @api.compute("destination_account_id")
    @api.depends("partner_id", "partner_type")
    def _compute_destination_account_id(self) -> None:
        for payment in self:
            payment.destination_account_id = payment._partner_account()

    def _partner_account(self) -> Any:
        customer = self.partner_type == "customer"
        partner = self.partner_id.with_company(self.company_id).commercial_partner_id
        own = partner[f"property_account_{'receivable' if customer else 'payable'}_id"]
        kind = "asset_receivable" if customer else "liability_payable"
        accounts = self.env["account.account"].sudo()
        return own or accounts.search([("account_type", "=", kind)], order="id", limit=1)

    @api.compute("amount_signed")
    def _compute_amount_signed(self) -> None:
        for payment in self:
            payment.amount_signed = payment.amount if payment.payment_type == "inbound" else -payment.amount

    @api.compute("amount_company_currency_signed")
    @api.depends("amount", "payment_type", "currency_id", "date")
    def _compute_amount_company_currency_signed(self) -> None:
        for payment in self:
            own = payment.company_id.currency_id or self.env.company.currency_id
            payment.amount_company_currency_signed = payment.currency_id._convert(
                payment.amount_signed, own, payment.company_id, payment.date
            )

    @api.compute("name")
    @api.depends("move_id.name", "state")
    def _compute_name(self) -> None:
        for payment in self:
            payment.name = payment.move_id.name or payment.name

    def _compute_display_name(self) -> None:
        """The number, or that it is a draft."""
        for payment in self:
            payment.display_name = payment.name or "Draft Payment"

    # ---------------------------------------------------------------- what it settles

    @api.compute("is_reconciled", "is_matched")
    @api.depends("move_id.line_ids.amount_residual", "state", "outstanding_account_id")
    def _compute_reconciliation(self) -> None:
        for payment in self:
            items = payment.move_id.sudo().line_ids
            money = items.filtered(lambda line, payment=payment: line.account_id == payment.outstanding_account_id)
            partner = items.filtered(lambda line: line.account_type in CLAIMS)
            payment.is_matched = bool(money) and not sum(money.mapped("amount_residual"))
            payment.is_reconciled = bool(partner) and not sum(partner.mapped("amount_residual"))

    @api.compute("reconciled_invoice_ids", "reconciled_invoices_count", "reconciled_bill_ids", "reconciled_bills_count")
    def _compute_reconciled_invoices(self) -> None:
        for payment in self:
            items = payment.move_id.sudo().line_ids
            settled = items.matched_debit_ids.debit_move_id.move_id | items.matched_credit_ids.credit_move_id.move_id
            moves = settled.with_env(self.env)
            payment.reconciled_invoice_ids = moves.filtered(lambda move: move.is_sale_document(True))
            payment.reconciled_bill_ids = moves.filtered(lambda move: move.is_purchase_document(True))
            payment.reconciled_invoices_count = len(payment.reconciled_invoice_ids)
            payment.reconciled_bills_count = len(payment.reconciled_bill_ids)

    @api.search("reconciled_invoice_ids")
    def _search_reconciled_invoice_ids(self, operator: str, value: Any) -> list[Any]:
        return [("invoice_ids", operator, value)]

    @api.constrains("payment_method_line_id", "journal_id")
    def _check_method(self) -> None:
        if any(not payment.payment_method_line_id for payment in self):
            raise ValidationError("Please define a payment method line on your payment.")

    # ---------------------------------------------------------------- the flow

    def action_post(self) -> None:
        """Book drafts; raises UserError for others."""
        for payment in self:
            if payment.state != "draft":
                continue
            payment._book()
            payment.write({"state": "in_process"})

    def _book(self) -> None:
        """The payment's entry: made when there is none yet, and posted."""
        if not self.move_id:
            self.write({"move_id": self.env["account.move"].sudo().create([self._entry()]).id})
        self.mapped("move_id").sudo()._post()

    def _entry(self) -> dict[str, Any]:
        label, signed = self._label(), self.amount_signed
        shared = {"name": label, "partner_id": self.partner_id.id, "currency_id": self.currency_id.id}
        money = {**shared, "account_id": self.outstanding_account_id.id, "amount_currency": signed}
        partner = {**shared, "account_id": self.destination_account_id.id, "amount_currency": -signed}
        return {
            "move_type": "entry",
            "ref": self.memo,
            "date": self.date,
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "origin_payment_id": self.id,
            "line_ids": [(0, 0, money), (0, 0, partner)],
        }

    def _label(self) -> str:
        return "Manual Payment" + (f": {self.memo}" if self.memo else "")

    def _follow_invoices(self) -> None:
        """A payment is done once the invoices it was made for are paid."""
        for payment in self.filtered(lambda each: each.state == "in_process"):
            settled = payment.invoice_ids | payment.reconciled_invoice_ids | payment.reconciled_bill_ids
            if settled and all(move.payment_state == "paid" for move in settled):
                payment.write({"state": "paid"})

    def action_validate(self) -> None:
        """The money arrived."""
        self.write({"state": "paid"})

    def action_reject(self) -> None:
        """The bank refused."""
        self.write({"state": "rejected"})

    def action_draft(self) -> None:
        """Make drafts of payments; what they settled is open again."""
        self.write({"state": "draft"})
        moves = self.move_id.sudo().filtered(lambda move: move.state != "draft")
        moves.line_ids.remove_move_reconcile()
        moves.button_draft()

    def action_cancel(self) -> None:
        """Cancel payments and their entries; drafts of entries go."""
        self.write({"state": "canceled"})
        moves = self.move_id.sudo()
        moves.filtered(lambda move: move.state == "draft").unlink()
        moves.exists().filtered(lambda move: move.state == "posted").button_cancel()

    def mark_as_sent(self) -> None:
        """Note that the payment was handed out."""
        self.write({"is_sent": True})

    def unmark_as_sent(self) -> None:
        """Note that the payment was not handed out."""
        self.write({"is_sent": False})

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the entry of a draft follows."""
        super().write(vals)
        entry = {"amount", "date", "partner_id", "journal_id", "currency_id", "memo", "payment_type", "partner_type"}
        for payment in self.filtered(lambda each: entry & set(vals) and each.state == "draft" and each.move_id):
            old = payment.move_id.sudo()
            payment.move_id = False
            old.with_context(force_delete=True).unlink()
        return True

    def unlink(self) -> bool:
        """Delete payments with their entries; raises UserError for entries that are posted."""
        moves = self.move_id.sudo()
        if any(move.state == "posted" for move in moves):
            raise UserError("You can not delete a payment whose entry is posted. Reset it to draft first.")
        super().unlink()
        moves.exists().unlink()
        return True

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of drafts; they settle nothing yet."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        return [{**values, "invoice_ids": []} for values in copies]

    def button_open_journal_entry(self) -> dict[str, Any]:
        """The payment's entry, as an action of the web client."""
        self.ensure_one()
        return {
            "name": "Journal Entry",
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "context": {"create": False},
            "view_mode": "form",
            "res_id": self.move_id.id,
        }
