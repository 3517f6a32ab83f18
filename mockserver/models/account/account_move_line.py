"""Journal items: what may be changed of them."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["AccountMoveLine"]


class AccountMoveLine(models.Model):
    """A line of an entry keeps it balanced."""

    _inherit = "account.move.line"
    _sql_messages = {
        "account_move_line_check_accountable_required_fields": "Missing required account on accountable line.",
        "account_move_line_check_non_accountable_fields_null": "Forbidden balance or account on non-accountable line",
        "account_move_line_check_credit_debit": "Wrong credit or debit value in accounting entry!",
    }

    def _compute_display_name(self) -> None:
        for line in self:
            parts = [line.move_name, f"({line.ref})" if line.ref else "", line.name]
            line.display_name = " ".join(part for part in parts if part) or "False"

    def _set_amount(self, amount: float) -> None:
        """Set the signed amount in the entry's currency, and the balance that it is in the company's."""
        move = self.move_id
        balance = move.company_id.currency_id.round(amount / (move.invoice_currency_rate or 1.0))
        if self.amount_currency != amount or self.balance != balance:
            self.with_context(syncing_moves=True).write({"amount_currency": amount, "balance": balance})

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make lines; debit and credit are one signed balance."""
        lines = super().create([_with_balance(vals) for vals in vals_list])
        lines._sync_moves()
        return lines

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the entry stays balanced."""
        if ("debit" in vals or "credit" in vals) and "balance" not in vals:
            for line in self:
                amounts = {"debit": line.debit, "credit": line.credit, **vals}
                super(AccountMoveLine, line).write(
                    _with_balance({**vals, **{k: amounts[k] for k in ("debit", "credit")}})
                )
        else:
            super().write(vals)
        self._sync_moves()
        return True

    def unlink(self) -> bool:
        """Delete lines of drafts."""
        if any(line.parent_state == "posted" for line in self):
            raise UserError(
                "You can't delete a posted journal item. Don’t play games with your accounting records; reset the"
                " journal entry to draft before deleting it."
            )
        moves = self.move_id
        super().unlink()
        if not self.env.context.get("syncing_moves"):
            moves.exists()._sync_lines()
        return True

    def _sync_moves(self) -> None:
        if not self.env.context.get("syncing_moves"):
            self.move_id._sync_lines()
            self.move_id._check_balanced()

    # ---------------------------------------------------------------- reconciliation

    def reconcile(self) -> None:
        """Match debits with credits of one account, oldest first."""
        debits = self.filtered(lambda line: line.amount_residual > 0).sorted(lambda line: (line.date, line.id))
        credits = self.filtered(lambda line: line.amount_residual < 0).sorted(lambda line: (line.date, line.id))
        for debit in debits:
            for credit in credits:
                amount = min(debit.amount_residual, -credit.amount_residual)
                if amount > 0:
                    self.env["account.partial.reconcile"].sudo().create([_match(debit, credit, amount)])

    def remove_move_reconcile(self) -> None:
        """Undo the matching of these lines."""
        (self.matched_debit_ids | self.matched_credit_ids).sudo().unlink()


def _match(debit: Any, credit: Any, amount: float) -> dict[str, Any]:
    return {
        "debit_move_id": debit.id,
        "credit_move_id": credit.id,
        "amount": amount,
        "debit_amount_currency": amount,
        "credit_amount_currency": amount,
    }


def _with_balance(vals: dict[str, Any]) -> dict[str, Any]:
    """The values with `balance` in the place of debit and credit."""
    if "balance" in vals or not ("debit" in vals or "credit" in vals):
        return vals
    rest = {name: value for name, value in vals.items() if name not in ("debit", "credit")}
    return {**rest, "balance": (vals.get("debit") or 0.0) - (vals.get("credit") or 0.0)}
