"""Journal entries: invoices, bills and their refunds, from draft to posted and back."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

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
_DELETED_POSTED = (
    "You can't delete a posted journal item. Don’t play games with your accounting records; reset the journal entry to"
    " draft before deleting it."
)
_JOURNAL_KEPT = (
    'You cannot edit the journal of an account move {}, unless the name is removed or set to "/". This might create a'
    " gap in the sequence."
)
_LEFT_BEHIND = ("move_id", "debit", "credit", "balance", "amount_currency", "date_maturity", "matching_number")


class AccountMove(models.Model):
    """A draft until it is posted, balanced at any time."""

    _inherit = "account.move"

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make entries; invoices get the lines of their taxes and of what is due."""
        if any(vals.get("state") == "posted" for vals in vals_list):
            raise UserError(
                "You cannot create a move already in the posted state. Please create a draft move and post it after."
            )
        moves = super(AccountMove, self.with_context(move_sync=True)).create(vals_list)
        result = self.browse(moves._ids)
        result._synchronise()
        result._check_balanced()
        return result

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for what a posted entry does not allow any more."""
        for move in self if not self.env.context.get("move_sync") else ():
            move._check_journal_kept(vals)
            move._check_kept(vals)
        super(AccountMove, self.with_context(move_sync=True)).write(vals)
        if not self.env.context.get("move_sync"):
            self._synchronise()
            self._check_balanced()
        return True

    def _check_kept(self, vals: dict[str, Any]) -> None:
        refused = [name for name in vals if name in _KEPT_WHEN_POSTED]
        if refused and vals.get("state", self.state) == "posted":
            names = ", ".join(refused)
            raise UserError(f"You cannot modify the following readonly fields on a posted move: {names}")

    def _check_journal_kept(self, vals: dict[str, Any]) -> None:
        named = self.name and self.name != "/" and vals.get("name", self.name) not in (False, "", "/")
        if "journal_id" not in vals or vals["journal_id"] == self.journal_id.id or not named:
            return
        if self.posted_before:
            raise UserError(_JOURNAL_KEPT.format("if it has been posted once"))
        if self.sequence_number not in (0, 1):
            raise UserError(_JOURNAL_KEPT.format("with a sequence number assigned"))

    @api.constrains("journal_id", "move_type")
    def _check_journal_move_type(self) -> None:
        for move in self:
            for kind in ("purchase", "sale"):
                if kind in move._journal_types() and move.journal_id.type != kind:
                    raise ValidationError(f"Cannot create a {kind} document in a non {kind} journal")

    def _check_balanced(self) -> None:
        """Raise UserError where debit and credit differ."""
        wrong = [move for move in self if move.currency_id and not move._is_balanced()]
        if len(wrong) == 1:
            raise UserError("The entry is not balanced.")
        if wrong:
            names = "".join(f"  - {move.name or None}\n" for move in wrong)
            raise UserError(f"The following entries are unbalanced:\n\n{names}")

    def _is_balanced(self) -> bool:
        return bool(self.company_id.currency_id.is_zero(sum(self.line_ids.mapped("balance"))))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self) -> None:
        if any(move.state == "posted" for move in self) and not self.env.context.get("force_delete"):
            raise UserError(_DELETED_POSTED)

    def unlink(self) -> bool:
        """Delete drafts with their lines; raises UserError for posted entries."""
        self._unlink_except_posted()
        self.line_ids.remove_move_reconcile()
        self.line_ids.with_context(move_sync=True).unlink()
        return bool(super().unlink())

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of drafts that look alike; the lines of taxes and of what is due are made anew."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        for move, values in zip(self, copies, strict=True):
            if move.move_type == "entry" and "partner_id" not in (default or {}):
                values["partner_id"] = False
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
        self.line_ids.remove_move_reconcile()
        self.env["account.payment"].sudo().search([("move_id", "in", self.ids)]).write({"state": "canceled"})
        self.write({"auto_post": "no", "state": "cancel"})

    def action_register_payment(self) -> dict[str, Any]:
        """The wizard that pays posted invoices, as an action of the web client; raises UserError for others."""
        if any(move.state != "posted" for move in self):
            raise UserError("You can only register payment for posted journal entries.")
        return self.action_force_register_payment()

    def action_force_register_payment(self) -> dict[str, Any]:
        """The wizard that pays invoices, drafts too; raises UserError for entries that are none."""
        if any(move.move_type == "entry" for move in self):
            raise UserError("You cannot register payments for miscellaneous entries.")
        return dict(self.line_ids.action_register_payment())

    def action_reverse(self) -> dict[str, Any]:
        """The wizard that makes a refund, as an action of the web client."""
        action = self.env["ir.actions.actions"]._for_xml_id("account.action_view_account_move_reversal")
        if self.is_invoice():
            action["name"] = "Credit Note"
        return dict(action)

    def action_switch_move_type(self) -> None:
        """An invoice becomes a refund and the reverse, of a positive amount; not once it has been posted."""
        if any(move.posted_before for move in self):
            raise ValidationError(
                "Once a document has been posted once, its type is set in stone and you can't change it anymore."
            )
        if any(move.move_type == "entry" for move in self):
            raise ValidationError("This action isn't available for this document.")
        for move in self:
            side, kind = move.move_type.split("_")
            move.write({"name": False, "move_type": f"{side}_{'refund' if kind != 'refund' else 'invoice'}"})
            if move.amount_total < 0:
                lines = move.line_ids.filtered(lambda line: line.display_type == "product")
                move.write({"line_ids": [(1, line.id, {"quantity": -line.quantity}) for line in lines]})


def _money(line: Any) -> dict[str, Any]:
    return {"balance": line.balance, "amount_currency": line.amount_currency}
