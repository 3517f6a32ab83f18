"""What partners owe and are owed."""

from __future__ import annotations

import operator as operators
from collections.abc import Callable
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ResPartner"]

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": operators.eq,
    "!=": operators.ne,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}


class ResPartner(models.Model):
    """Sums of the posted items of a partner's accounts."""

    _inherit = "res.partner"

    @api.compute("credit", "debit")
    def _compute_credit_debit(self) -> None:
        for partner in self:
            partner.credit = partner._open_amount("asset_receivable")
            partner.debit = -partner._open_amount("liability_payable")

    def _open_amount(self, kind: str) -> float:
        if not self.ids:
            return 0.0
        domain = [
            ("partner_id", "in", self.ids),
            ("account_id.account_type", "=", kind),
            ("parent_state", "=", "posted"),
            ("company_id", "in", self.env.companies.ids),
        ]
        return float(sum(self.env["account.move.line"].sudo().search(domain).mapped("amount_residual")))

    @api.compute("total_invoiced")
    def _compute_total_invoiced(self) -> None:
        for partner in self:
            domain = [
                ("partner_id", "child_of", partner.ids),
                ("state", "not in", ("draft", "cancel")),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ]
            moves = self.env["account.move"].sudo().search(domain) if partner.ids else self.env["account.move"]
            partner.total_invoiced = sum(moves.mapped("amount_untaxed_signed"))

    @api.search("credit")
    def _search_credit(self, operator: str, value: Any) -> Any:
        return self._matching_amount("credit", operator, value)

    @api.search("debit")
    def _search_debit(self, operator: str, value: Any) -> Any:
        return self._matching_amount("debit", operator, value)

    def _matching_amount(self, name: str, operator: str, value: Any) -> Any:
        """A domain of the partners whose amount compares so; sets are asked value by value."""
        if operator not in _COMPARISONS:
            return NotImplemented
        compare = _COMPARISONS[operator]
        partners = self.sudo().with_context(active_test=False).search([])
        return [("id", "in", partners.filtered(lambda partner: compare(partner[name], value)).ids)]
