"""Terms of delivery."""

from __future__ import annotations

from fauxdoo.mockserver import models

__all__ = ["AccountIncoterms"]


class AccountIncoterms(models.Model):
    _inherit = "account.incoterms"

    def _compute_display_name(self) -> None:
        for term in self:
            term.display_name = f"[{term.code}] {term.name}" if term.code else term.name
