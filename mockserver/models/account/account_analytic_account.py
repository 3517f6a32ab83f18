"""Analytic accounts."""

from __future__ import annotations

from fauxdoo.mockserver import models

__all__ = ["AccountAnalyticAccount"]


class AccountAnalyticAccount(models.Model):
    _inherit = "account.analytic.account"

    def _compute_display_name(self) -> None:
        """`[CODE] Name - Customer`, as far as they are known."""
        for account in self:
            name = f"[{account.code}] {account.name}" if account.code else account.name
            customer = account.partner_id.commercial_partner_id.name
            account.display_name = f"{name} - {customer}" if customer else name
