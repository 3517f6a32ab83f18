"""Payments: money that comes in from customers or goes out to vendors."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
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

    @api.constrains("payment_method_line_id")
    def _check_method(self) -> None:
        for payment in self:
            method = payment.payment_method_line_id
            if not method:
                raise ValidationError("Please define a payment method line on your payment.")
            if method.journal_id and method.journal_id != payment.journal_id:
                raise ValidationError(
                    "The selected payment method is not available for this payment, please select the payment method"
                    " again."
                )

    # ---------------------------------------------------------------- saving

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of drafts that are paid the same way; they settle nothing yet."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        for payment, values in zip(self, copies, strict=True):
            method = payment.payment_method_line_id
            values |= {"invoice_ids": [], "journal_id": payment.journal_id.id, "payment_method_line_id": method.id}
        return [{**values, **(default or {})} for values in copies]

    # ---------------------------------------------------------------- the flow

    def action_post(self) -> None:
        """Book drafts; those whose money is seen at once are paid."""
        self.filtered(lambda each: each.outstanding_account_id.account_type == "asset_cash").write({"state": "paid"})
        self.filtered(lambda each: each.state in ("draft", "in_process")).write({"state": "in_process"})
        direct = self.filtered(lambda each: each.state == "in_process" and not each.outstanding_account_id.reconcile)
        direct.filtered("outstanding_account_id").write({"state": "paid"})

    def action_validate(self) -> None:
        """The money arrived."""
        self.write({"state": "paid"})

    def action_reject(self) -> None:
        """The bank refused."""
        self.write({"state": "rejected"})

    def action_draft(self) -> None:
        """Make drafts of payments and their entries; what they settled stays settled until they are cancelled."""
        self.write({"state": "draft"})
        self.move_id.sudo().button_draft()

    def action_cancel(self) -> None:
        """Cancel payments and their entries; drafts of entries go."""
        self.write({"state": "canceled"})
        drafts = self.move_id.sudo().filtered(lambda move: move.state == "draft")
        others = self.move_id.sudo() - drafts
        drafts.unlink()
        others.button_cancel()

    def mark_as_sent(self) -> None:
        """Note that the payment was handed out."""
        self.write({"is_sent": True})

    def unmark_as_sent(self) -> None:
        """Note that the payment was not handed out."""
        self.write({"is_sent": False})

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

    def action_open_business_doc(self) -> dict[str, Any]:
        """The payment's form, as an action of the web client."""
        return {
            "name": "Payment",
            "type": "ir.actions.act_window",
            "views": [(False, "form")],
            "res_model": "account.payment",
            "res_id": self.id,
        }

    def button_open_bills(self) -> dict[str, Any]:
        """The bills it paid, as an action of the web client."""
        self.ensure_one()
        bills = self.reconciled_bill_ids
        action: dict[str, Any] = {"name": "Paid Bills", "type": "ir.actions.act_window", "res_model": "account.move"}
        action |= {"context": {"create": False}}
        if len(bills) == 1:
            return {**action, "view_mode": "form", "res_id": bills.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", bills.ids)]}
