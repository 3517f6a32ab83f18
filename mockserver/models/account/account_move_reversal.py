"""The wizard that refunds invoices and reverses entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["AccountMoveOpposite", "AccountMoveReversal"]

_OPPOSITE = {
    "entry": "entry",
    "out_invoice": "out_refund",
    "out_refund": "entry",
    "in_invoice": "in_refund",
    "in_refund": "entry",
    "out_receipt": "out_refund",
    "in_receipt": "in_refund",
}


class AccountMoveReversal(models.TransientModel):
    """Makes the opposite of posted entries: a draft to be looked at, or at once with a corrected draft."""

    _inherit = "account.move.reversal"

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """The entries in the context; raises UserError for any that is not posted."""
        result: dict[str, Any] = super().default_get(fields)
        if self.env.context.get("active_model") == "account.move":
            moves = self.env["account.move"].browse(self.env.context.get("active_ids") or [])
        else:
            moves = self.env["account.move"]
        if len(moves.company_id) > 1:
            raise UserError("All selected moves for reversal must belong to the same company.")
        if any(move.state != "posted" for move in moves):
            raise UserError("To reverse a journal entry, it has to be posted first.")
        if "company_id" in fields:
            result["company_id"] = (moves.company_id[:1] or self.env.company).id
        if "move_ids" in fields:
            result["move_ids"] = [(6, 0, moves.ids)]
        return result

    @api.compute("journal_id")
    @api.depends("move_ids")
    def _compute_journal_id(self) -> None:
        for wizard in self:
            wizard.journal_id = wizard.journal_id or wizard.move_ids.journal_id[:1]

    @api.compute("residual", "currency_id", "move_type")
    def _compute_from_moves(self) -> None:
        for wizard in self:
            moves = wizard.move_ids
            wizard.currency_id = moves.currency_id if len(moves.currency_id) == 1 else False
            wizard.residual = moves.amount_residual if len(moves) == 1 else 0.0
            some = "some_invoice" if {"in_invoice", "out_invoice"} & set(moves.mapped("move_type")) else False
            wizard.move_type = moves.move_type if len(moves) == 1 else some

    @api.compute("available_journal_ids")
    def _compute_available_journal_ids(self) -> None:
        for wizard in self:
            kinds = wizard.move_ids.journal_id.mapped("type")
            wanted = [("type", "in", kinds)] if wizard.move_ids else []
            company = wizard.company_id or self.env.company
            journals = self.env["account.journal"].search([("company_id", "=", company.id), *wanted])
            wizard.available_journal_ids = journals

    @api.constrains("journal_id", "move_ids")
    def _check_journal_type(self) -> None:
        if any(wizard.journal_id.type not in wizard.move_ids.journal_id.mapped("type") for wizard in self):
            raise UserError("Journal should be the same type as the reversed entry.")

    def refund_moves(self) -> dict[str, Any]:
        """Make drafts of refunds; answers an action that shows them."""
        return self.reverse_moves(is_modify=False)

    def modify_moves(self) -> dict[str, Any]:
        """Cancel the entries by their opposite, and make drafts to be corrected; answers an action that shows them."""
        return self.reverse_moves(is_modify=True)

    def reverse_moves(self, is_modify: bool = False) -> dict[str, Any]:
        """Make the opposites, posted and settled when they modify or reverse plain entries."""
        self.ensure_one()
        shown = self.env["account.move"]
        for move in self.move_ids:
            opposite = self._opposite_of(move)
            at_once = opposite.auto_post == "no" and (is_modify or self.move_type == "entry")
            if at_once:
                move.line_ids.remove_move_reconcile()
                opposite._post()
            shown |= move.copy({"date": self.date}) if is_modify else opposite
        self.new_move_ids = shown
        return _action(shown)

    def _opposite_of(self, move: Any) -> Any:
        reason = f", {self.reason}" if self.reason else ""
        values = {
            "ref": f"Reversal of: {move.name}{reason}",
            "date": self.date,
            "invoice_date_due": self.date,
            "auto_post": "at_date" if self.date > self.env.clock.today() else "no",
            "invoice_origin": move.invoice_origin,
            "partner_id": move.partner_id.id,
            "invoice_date": (self.date or move.date) if move.is_invoice(True) else False,
            "journal_id": self.journal_id.id,
            "invoice_payment_term_id": False,
            "invoice_user_id": move.invoice_user_id.id,
        }
        return move._opposite(values)


class AccountMoveOpposite(models.Model):
    """Has an opposite that takes it back."""

    _inherit = "account.move"

    def _opposite(self, values: dict[str, Any]) -> Any:
        """A draft of it, with these values."""
        kind = {"reversed_entry_id": self.id, "move_type": _OPPOSITE[self.move_type]}
        lines = [] if self.is_invoice(True) else [(0, 0, _turned(line)) for line in self._line_copies()]
        return self.copy({**values, **kind, **({"line_ids": lines} if lines else {})})


def _turned(line: dict[str, Any]) -> dict[str, Any]:
    """An item with its sides exchanged."""
    return {**line, "balance": -line["balance"], "amount_currency": -line["amount_currency"]}


def _action(moves: Any) -> dict[str, Any]:
    action: dict[str, Any] = {"name": "Reverse Moves", "type": "ir.actions.act_window", "res_model": "account.move"}
    if len(moves) == 1:
        context = {"default_move_type": moves.move_type}
        return {**action, "view_mode": "form", "res_id": moves.id, "context": context}
    action |= {"view_mode": "list,form", "domain": [("id", "in", moves.ids)]}
    kinds = set(moves.mapped("move_type"))
    return {**action, "context": {"default_move_type": kinds.pop()}} if len(kinds) == 1 else action
