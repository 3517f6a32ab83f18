"""Matches of a debit with a credit."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["AccountPartialReconcile"]


class AccountPartialReconcile(models.Model):
    """How much of two lines settles each other."""

    _inherit = "account.partial.reconcile"

    @api.compute("max_date")
    @api.depends("debit_move_id.date", "credit_move_id.date")
    def _compute_max_date(self) -> None:
        for match in self:
            match.max_date = max(match.debit_move_id.date, match.credit_move_id.date)
