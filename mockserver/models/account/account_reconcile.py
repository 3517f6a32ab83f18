"""Reconciling: what claims are settled by what payments and refunds."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["AccountMoveLineReconcile", "AccountPartialReconcile"]


class AccountMoveLineReconcile(models.Model):
    """Items of accounts that reconcile keep what is left of them."""

    _inherit = "account.move.line"

    @api.compute("amount_residual", "amount_residual_currency", "reconciled")
    @api.depends(
        "balance",
        "amount_currency",
        "account_id",
        "matched_debit_ids.amount",
        "matched_credit_ids.amount",
    )
    def _compute_amount_residual(self) -> None:
        for line in self:
            account = line.account_id.sudo()
            if not account._settles():
                line.amount_residual = line.amount_residual_currency = 0.0
                line.reconciled = False
                continue
            credits, debits = line.sudo().matched_credit_ids, line.sudo().matched_debit_ids
            own, currency = line.company_currency_id, line.currency_id or line.company_currency_id
            left = line.balance - sum(credits.mapped("amount")) + sum(debits.mapped("amount"))
            foreign = line.amount_currency - sum(credits.mapped("debit_amount_currency"))
            foreign += sum(debits.mapped("credit_amount_currency"))
            line.amount_residual = own.round(left) if own else left
            line.amount_residual_currency = currency.round(foreign) if currency else foreign
            matched = bool(credits or debits) or not line.balance
            line.reconciled = matched and not line.amount_residual and not line.amount_residual_currency

    @api.compute("reconciled_lines_ids", "reconciled_lines_excluding_exchange_diff_ids")
    def _compute_reconciled_lines_ids(self) -> None:
        for line in self:
            others = line.matched_debit_ids.debit_move_id | line.matched_credit_ids.credit_move_id
            line.reconciled_lines_ids = line.reconciled_lines_excluding_exchange_diff_ids = others

    def reconcile(self) -> None:
        """Settle the items with each other, oldest first; raises UserError for items that cannot be."""
        self._check_reconcilable()
        lines = self.filtered(lambda line: not line.reconciled)
        ordered = lines.sorted(lambda line: (str(line.date_maturity or line.date), line.id))
        debits = [line for line in ordered if line.amount_residual > 0]
        credits = [line for line in ordered if line.amount_residual < 0]
        while debits and credits:
            self._match(debits[0], credits[0])
            debits = [line for line in debits if line.amount_residual > 0]
            credits = [line for line in credits if line.amount_residual < 0]
        self._close_matching()
        self.move_id.origin_payment_id._follow_invoices()

    def _check_reconcilable(self) -> None:
        if any(line.reconciled for line in self):
            raise UserError("You are trying to reconcile some entries that are already reconciled.")
        if any(line.parent_state == "cancel" for line in self):
            raise UserError("You can not reconcile cancelled entries.")
        if len(self.account_id) > 1:
            names = ", ".join(self.account_id.mapped("display_name"))
            raise UserError(f"Entries are not from the same account: {names}")
        for account in self.account_id:
            if not account._settles():
                raise UserError(
                    f"Account {account.display_name} does not allow reconciliation. First change the configuration of"
                    " this account to allow it."
                )

    def _match(self, debit: Any, credit: Any) -> None:
        """Settle as much of the two as the smaller one allows."""
        amount = min(debit.amount_residual, -credit.amount_residual)
        whole_debit, whole_credit = amount == debit.amount_residual, amount == -credit.amount_residual
        own = debit.company_currency_id
        day = max(debit.date, credit.date)
        values = {
            "debit_move_id": debit.id,
            "credit_move_id": credit.id,
            "amount": amount,
            "debit_amount_currency": debit.amount_residual_currency
            if whole_debit
            else own._convert(amount, debit.currency_id, debit.company_id, day),
            "credit_amount_currency": -credit.amount_residual_currency
            if whole_credit
            else own._convert(amount, credit.currency_id, credit.company_id, day),
        }
        self.env["account.partial.reconcile"].sudo().create([values])

    def _close_matching(self) -> None:
        """Items that are settled to the last cent share a full reconciliation, others a partial matching number."""
        partials = (self.matched_debit_ids | self.matched_credit_ids).sudo()
        lines = (partials.debit_move_id | partials.credit_move_id).sudo()
        if partials and all(line.reconciled for line in lines):
            whole = self.env["account.full.reconcile"].sudo().create([{}])
            partials.write({"full_reconcile_id": whole.id})
            lines._set_matching({"full_reconcile_id": whole.id, "matching_number": str(whole.id)})
        elif partials:
            lines._set_matching({"matching_number": f"P{min(partials.ids)}"})

    def _set_matching(self, values: dict[str, Any]) -> None:
        self.with_context(move_sync=True).write(values)

    def remove_move_reconcile(self) -> None:
        """Undo what was settled with these items."""
        (self.matched_debit_ids | self.matched_credit_ids).sudo().unlink()

    def action_unreconcile_match_entries(self) -> None:
        """Undo what was settled with these items."""
        self.remove_move_reconcile()

    def action_register_payment(self, ctx: dict[str, Any] | None = None) -> dict[str, Any]:
        """The wizard that registers a payment of these items, as an action of the web client."""
        context = {"active_model": "account.move.line", "active_ids": self.ids, **(ctx or {})}
        return {
            "name": "Pay",
            "res_model": "account.payment.register",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": context,
            "target": "new",
            "type": "ir.actions.act_window",
        }


class AccountPartialReconcile(models.Model):
    """A part of a debit settled by a part of a credit."""

    _inherit = "account.partial.reconcile"

    @api.compute("company_id")
    @api.depends("debit_move_id", "credit_move_id")
    def _compute_company_id(self) -> None:
        for partial in self:
            partial.company_id = partial.debit_move_id.company_id or partial.credit_move_id.company_id

    @api.compute("max_date")
    @api.depends("debit_move_id.date", "credit_move_id.date")
    def _compute_max_date(self) -> None:
        for partial in self:
            partial.max_date = max(partial.debit_move_id.date, partial.credit_move_id.date)

    def unlink(self) -> bool:
        """Undo; the items are open again, and their full reconciliation is gone."""
        lines, whole = self.debit_move_id | self.credit_move_id, self.full_reconcile_id
        super().unlink()
        lines._set_matching({"full_reconcile_id": False, "matching_number": False})
        whole.exists().unlink()
        return True
