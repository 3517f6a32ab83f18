"""Journal entries: invoices, bills and their refunds, from draft to posted and back."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["TEXTS", "AccountMove"]

TEXTS = ("line_section", "line_subsection", "line_note")
"""Kinds of lines that only say something."""
_KEPT_WHEN_POSTED = (
    "invoice_line_ids",
    "line_ids",
    "invoice_date",
    "date",
    "partner_id",
    "invoice_payment_term_id",
    "currency_id",
    "fiscal_position_id",
    "invoice_cash_rounding_id",
)
"""Fields nobody changes on a posted move."""
_PARTNER_MISSING = {
    "sale": (
        "The 'Customer' field is required to validate the invoice.\nYou probably don't want to explain to your auditor"
        " that you invoiced an invisible man :)"
    ),
    "purchase": "The field 'Vendor' is required, please complete it to validate the Vendor Bill.",
}
_NEGATIVE = (
    "You cannot validate an invoice with a negative total amount. You should create a credit note instead. Use the"
    " action menu to transform it into a credit note or refund directly."
)
_DELETED_POSTED = (
    "You can't delete a posted journal item. Don’t play games with your accounting records; reset the journal entry to"
    " draft before deleting it."
)
_LEFT_BEHIND = ("move_id", "debit", "credit", "balance", "amount_currency", "date_maturity", "matching_number")


class AccountMove(models.Model):
    """A draft until it is posted, balanced at any time."""

    _inherit = "account.move"

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make entries; invoices get the lines of their taxes and of what is due."""
        moves = super(AccountMove, self.with_context(move_sync=True)).create(vals_list)
        result = self.browse(moves._ids)
        result._synchronise()
        result._check_balanced()
        return result

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for what a posted entry does not allow any more."""
        refused = [name for name in vals if name in _KEPT_WHEN_POSTED]
        if refused and any(move.state == "posted" for move in self) and not self.env.context.get("move_sync"):
            names = ", ".join(refused)
            raise UserError(f"You cannot modify the following readonly fields on a posted move: {names}")
        super(AccountMove, self.with_context(move_sync=True)).write(vals)
        if not self.env.context.get("move_sync"):
            self._synchronise()
            self._check_balanced()
        return True

    def _check_balanced(self) -> None:
        """Raise UserError where debit and credit differ."""
        for move in self:
            if move.currency_id and not move.company_id.currency_id.is_zero(sum(move.line_ids.mapped("balance"))):
                raise UserError("The entry is not balanced.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self) -> None:
        if any(move.state == "posted" for move in self) and not self.env.context.get("force_delete"):
            raise UserError(_DELETED_POSTED)

    def unlink(self) -> bool:
        """Delete drafts with their lines; raises UserError for posted entries."""
        self._unlink_except_posted()
        self.line_ids.with_context(move_sync=True).unlink()
        return bool(super().unlink())

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of drafts that look alike; the lines of taxes and of what is due are made anew."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        for move, values in zip(self, copies, strict=True):
            if move.is_invoice(True) and "line_ids" not in (default or {}):
                values.pop("line_ids", None)
                values["invoice_line_ids"] = move._copy_commands()
            elif "line_ids" not in (default or {}):
                values["line_ids"] = move._copy_commands()
            values.pop("journal_line_ids", None)
        return copies

    def _copy_commands(self) -> list[Any]:
        return [(0, 0, values) for values in self._line_copies()]

    def _line_copies(self) -> list[dict[str, Any]]:
        """Values of the lines of a copy; of invoices, those that people make."""
        lines = self.invoice_line_ids if self.is_invoice(True) else self.line_ids
        money = [{} if self.is_invoice(True) else _money(line) for line in lines]
        copies = lines.copy_data()
        return [
            {**{k: v for k, v in values.items() if k not in _LEFT_BEHIND}, **own}
            for values, own in zip(copies, money, strict=True)
        ]

    # ---------------------------------------------------------------- the flow

    def action_post(self) -> bool:
        """Post drafts and the payments they belong to."""
        payments = self.origin_payment_id.filtered(lambda payment: payment.state == "draft")
        payments.action_post()
        (self - payments.move_id)._post()
        return False

    def _post(self) -> None:
        problems = [problem for move in self for problem in move._posting_problems()]
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        for move in self.sorted(lambda each: (str(each.date), each.ref or "", each.id)):
            if move.is_invoice(True) and not move.invoice_date:
                move.invoice_date = self.env.clock.today()
            move._set_next_name()
            move.write({"state": "posted", "posted_before": True})
            move._set_payment_reference()
            move._add_followers(move.partner_id)
        self._count_partners()

    def _posting_problems(self) -> list[str]:
        """Why a move cannot be posted, empty where it can."""
        problems = []
        if self.state != "draft":
            problems.append(f"The entry {self.name} (id {self.id}) must be in draft.")
        if not self.line_ids.filtered(lambda line: not line._is_text()):
            problems.append("Even magicians can't post nothing!")
        if self.is_invoice(True) and not problems:
            problems += self._invoice_problems()
        return problems

    def _invoice_problems(self) -> list[str]:
        problems = []
        if not self.partner_id:
            problems.append(_PARTNER_MISSING["sale" if self.is_sale_document(True) else "purchase"])
        if self.currency_id.compare_amounts(self.amount_total, 0.0) < 0:
            problems.append(_NEGATIVE)
        if self.is_purchase_document(True) and not self.invoice_date:
            problems.append("The Bill/Refund date is required to validate this document.")
        return problems

    def _set_payment_reference(self) -> None:
        """A customer quotes the number of the invoice."""
        if self.move_type == "out_invoice" and not self.payment_reference:
            self.write({"payment_reference": self.name})
        due = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        if self.payment_reference:
            due.with_context(move_sync=True).write({"name": self.payment_reference})

    def _count_partners(self) -> None:
        """Customers and vendors are those with posted invoices."""
        for move in self:
            name = "customer_rank" if move.is_sale_document() else "supplier_rank" if move.is_invoice() else ""
            if name:
                partners = (move.partner_id | move.commercial_partner_id).sudo()
                for partner in partners:
                    partner[name] = partner[name] + 1

    def button_draft(self) -> None:
        """Make drafts of posted and cancelled entries; raises UserError for drafts."""
        if any(move.state not in ("posted", "cancel") for move in self):
            raise UserError("Only posted/cancelled journal entries can be reset to draft.")
        self.write({"state": "draft"})

    def button_cancel(self) -> None:
        """Cancel entries; posted ones become drafts first."""
        self.filtered(lambda move: move.state == "posted").button_draft()
        if any(move.state != "draft" for move in self):
            raise UserError("Only draft journal entries can be cancelled.")
        self.write({"auto_post": "no", "state": "cancel"})

    def action_register_payment(self) -> dict[str, Any]:
        """The wizard that registers a payment, as an action of the web client."""
        return dict(self.line_ids.action_register_payment())

    def action_reverse(self) -> dict[str, Any]:
        """The wizard that makes a refund, as an action of the web client."""
        action = self.env["ir.actions.actions"]._for_xml_id("account.action_view_account_move_reversal")
        if self.is_invoice():
            action["name"] = "Credit Note"
        return dict(action)

    def action_switch_move_type(self) -> None:
        """An invoice becomes a refund and the reverse; raises UserError once it had a number."""
        if any(move.posted_before and move.name for move in self):
            raise UserError("You cannot switch the type of a document with an existing sequence number.")
        if any(move.move_type == "entry" for move in self):
            raise UserError("This action isn't available for this document.")
        for move in self:
            side, kind = move.move_type.split("_")
            move.write({"move_type": f"{side}_{'refund' if kind != 'refund' else 'invoice'}"})


def _money(line: Any) -> dict[str, Any]:
    return {"balance": line.balance, "amount_currency": line.amount_currency}
