"""Gains and losses by exchange rates: what a claim was worth when it was booked, and when it was settled."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.matching import Gap, Match

__all__ = ["AccountExchange", "AccountExchangeItem", "AccountExchangeJournal"]

_LABEL = "Currency exchange rate difference"
_TOLD = (
    " in your company settings, to manage automatically the booking of accounting entries related to differences"
    " between exchange rates."
)


class AccountExchangeItem(models.Model):
    """Items whose rest is booked."""

    _inherit = "account.move.line"

    def _book_exchange(self, match: Match) -> Any:
        """The posted entry that settles what the rates left of two items. Raises UserError where it has no journal."""
        company = match.debit.company_id
        journal, gain = company.currency_exchange_journal_id, company.income_currency_exchange_account_id
        loss = company.expense_currency_exchange_account_id
        if not journal:
            raise UserError(f"You have to configure the 'Exchange Gain or Loss Journal'{_TOLD}")
        for kind, account in (("Loss", loss), ("Gain", gain)):
            if not account:
                raise UserError(f"You should configure the '{kind} Exchange Rate Account'{_TOLD}")
        settled = max(match.debit.date, match.credit.date)
        day = max([journal.with_context(move_date=settled).accounting_date, *(gap.line.date for gap in match.gaps)])
        values = {
            "move_type": "entry",
            "date": day,
            "journal_id": journal.id,
            "always_tax_exigible": True,
            "line_ids": [(0, 0, item) for gap in match.gaps for item in _items(gap, gain, loss)],
        }
        move = self.env["account.move"].sudo().create([values])
        if match.debit.parent_state == match.credit.parent_state == "posted":
            move._post()
        for gap, item in zip(match.gaps, move.line_ids.sorted("id")[::2], strict=True):
            (gap.line | item).with_context(no_exchange_difference=True).reconcile()
        return move


class AccountExchange(models.Model):
    """Entries that book them."""

    _inherit = "account.move"

    def _take_back_exchange(self) -> None:
        """What it was booked for is not settled any more."""
        self.filtered(lambda move: move.state == "draft").unlink()
        for move in self.exists():
            opposite = move._opposite({"ref": f"Reversal of: {move.name}", "date": move._accounting_date(move.date)})
            move.line_ids.remove_move_reconcile()
            opposite._post()


class AccountExchangeJournal(models.Model):
    """When a journal books."""

    _inherit = "account.journal"

    @api.compute("accounting_date")
    def _compute_accounting_date(self) -> None:
        """The day it would book something of the day in context key `move_date` on, today's without one."""
        day = self.env.context.get("move_date") or self.env.clock.today()
        for journal in self:
            journal.accounting_date = self.env["account.move"].new({"journal_id": journal.id})._accounting_date(day)


def _items(gap: Gap, gain: Any, loss: Any) -> list[dict[str, Any]]:
    """The item that settles the rest, and its opposite on the account of gains or of losses."""
    line, rest = gap.line, gap.amount or gap.foreign
    shared = {"name": _LABEL, "currency_id": line.currency_id.id, "partner_id": line.partner_id.id}
    account = loss if rest > 0 else gain
    settling = {"account_id": line.account_id.id, "balance": -gap.amount, "amount_currency": -gap.foreign}
    opposite = {"account_id": account.id, "balance": gap.amount, "amount_currency": gap.foreign}
    return [{**shared, **settling}, {**shared, **opposite}]
