"""Numbers of journal entries: each journal counts by year or by month."""

from __future__ import annotations

import re

from fauxdoo.mockserver import api, models

__all__ = ["BY_YEAR", "AccountMoveNaming"]

_NUMBER = re.compile(r"^(?P<prefix>.*?)(?P<number>\d{0,9})(?P<suffix>\D*)$", re.DOTALL)
BY_YEAR = ("sale", "bank", "cash", "credit")
"""Types of the journals that count by year, the others by month."""


class AccountMoveNaming(models.Model):
    """A move gets its number when it is first posted, and keeps it."""

    _inherit = "account.move"

    @api.compute("sequence_prefix", "sequence_number")
    @api.depends("name")
    def _compute_split_sequence(self) -> None:
        for move in self:
            match = _NUMBER.match(move.name or "")
            move.sequence_prefix = match["prefix"] if match else ""
            move.sequence_number = int(match["number"] or 0) if match else 0

    @api.compute("highest_name")
    def _compute_highest_name(self) -> None:
        for move in self:
            move.highest_name = move._highest(move._number_prefix()).name

    @api.compute("name_placeholder")
    def _compute_name_placeholder(self) -> None:
        for move in self:
            move.name_placeholder = move._next_name() if not move.name and move.journal_id else False

    def _set_next_name(self) -> None:
        if not self.name or self.name == "/":
            self.write({"name": self._next_name()})

    def _next_name(self) -> str:
        prefix = self._number_prefix()
        last = self._highest(prefix)
        number = last.sequence_number + 1
        width = len(last.name) - len(prefix) if last else 5 if self.journal_id.type in BY_YEAR else 4
        return f"{prefix}{number:0{width}d}"

    def _highest(self, prefix: str) -> AccountMoveNaming:
        domain = [("journal_id", "=", self.journal_id.id), ("sequence_prefix", "=", prefix), ("id", "!=", self.id)]
        return self.sudo().search(domain, order="sequence_number desc", limit=1)

    def _number_prefix(self) -> str:
        """The journal's code and the period; refunds and payments have their own row where the journal says so."""
        journal, day = self.journal_id, self.date or self.env.clock.today()
        period = f"{day:%Y}" if journal.type in BY_YEAR else f"{day:%Y/%m}"
        refund = journal.refund_sequence and self.move_type in ("out_refund", "in_refund")
        payment = journal.payment_sequence and self.origin_payment_id
        return f"{'R' if refund else ''}{'P' if payment else ''}{journal.code}/{period}/"
