"""Banks and where they are."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["ResBank"]


class ResBank(models.Model):
    _inherit = "res.bank"

    @api.onchange("country")
    def _onchange_country(self) -> None:
        """A state of another country goes."""
        if self["country"] and self["country"] != self["state"].country_id:
            self["state"] = False

    @api.onchange("state")
    def _onchange_state(self) -> None:
        """A state brings its country."""
        if country := self["state"].country_id:
            self["country"] = country
