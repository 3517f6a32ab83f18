"""Banks and where they are."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.base.places import bring_country, leave_state

__all__ = ["ResBank"]


class ResBank(models.Model):
    _inherit = "res.bank"

    def _compute_display_name(self) -> None:
        for bank in self:
            bank.display_name = " - ".join(filter(None, (bank.name, bank.bic)))

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        """By the name, or by what the BIC begins with."""
        if operator == "ilike" and value:
            return ["|", ("bic", "=ilike", f"{value}%"), ("name", "ilike", value)]
        if operator == "not ilike" and value:
            return NotImplemented
        return super()._search_display_name(operator, value)

    @api.onchange("country")
    def _onchange_country(self) -> None:
        leave_state(self, "country", "state")

    @api.onchange("state")
    def _onchange_state(self) -> None:
        bring_country(self, "country", "state")
