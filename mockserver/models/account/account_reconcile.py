"""Reconciling: what claims are settled by what payments and refunds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.matching import Match, Side, matches

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
        """Settle the items with each other, oldest first, those of one currency before others; what the exchange rates
        leave over is booked as a gain or loss. Raises UserError for items that cannot be settled."""
        self._check_reconcilable()
        with_gaps = not self.env.context.get("no_exchange_difference")
        found = [*self._matches(with_gaps)]
        partials = self.env["account.partial.reconcile"].sudo().create([_values(match) for match in found])
        for partial, match in zip(partials, found, strict=True):
            if match.gaps:
                partial.exchange_move_id = self._book_exchange(match)
        self._close_matching()
        self.move_id.origin_payment_id._follow_invoices()

    def _matches(self, with_gaps: bool) -> Iterator[Match]:
        ordered = self.sorted(
            lambda line: (
                *(str(line.date_maturity or line.date), line.currency_id.id),
                *(line.amount_currency, line.balance, line.id),
            )
        )
        sides = {line.id: Side.of(line) for line in ordered}
        rounds = [ordered.filtered(lambda line, own=own: line.currency_id == own) for own in ordered.currency_id]
        for lines in rounds if len(rounds) == 1 else [*rounds, ordered]:
            several = len(lines.partner_id) > 1
            in_turn = lines.sorted(lambda line: line.partner_id.id or 0) if several else lines
            yield from matches([sides[line.id] for line in in_turn], gaps=with_gaps)

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

    def _close_matching(self) -> None:
        """Items that are settled to the last cent share a full reconciliation, others a partial matching number."""
        lines = self.sudo()
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        while more := (partials.debit_move_id | partials.credit_move_id) - lines:
            lines |= more
            partials |= more.matched_debit_ids | more.matched_credit_ids
        if not partials:
            return
        left = "amount_residual" if len(lines.currency_id) > 1 else "amount_residual_currency"
        if all(line.reconciled or line._is_matched_whole(left) for line in lines):
            whole = self.env["account.full.reconcile"].sudo().create([{}])
            partials.write({"full_reconcile_id": whole.id})
            lines._set_matching({"full_reconcile_id": whole.id, "matching_number": str(whole.id)})
        else:
            lines._set_matching({"matching_number": f"P{min(partials.ids)}"})

    def _is_matched_whole(self, left: str) -> bool:
        currency = self.company_currency_id if left == "amount_residual" else self.currency_id
        return bool((self.matched_debit_ids or self.matched_credit_ids) and currency.is_zero(self[left]))

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
        """Undo; the items are open again, their full reconciliation is gone, and differences booked are taken back."""
        if not self:
            return True
        lines, whole, exchange = self.debit_move_id | self.credit_move_id, self.full_reconcile_id, self.exchange_move_id
        super().unlink()
        lines._set_matching({"full_reconcile_id": False, "matching_number": False})
        whole.exists().unlink()
        exchange._take_back_exchange()
        return True


def _values(match: Match) -> dict[str, Any]:
    return {
        "debit_move_id": match.debit.id,
        "credit_move_id": match.credit.id,
        "amount": match.amount,
        "debit_amount_currency": match.debit_foreign,
        "credit_amount_currency": match.credit_foreign,
    }
