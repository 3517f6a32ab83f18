"""Banks and where they are."""

from __future__ import annotations

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.base.places import bring_country, leave_state

__all__ = ["ResBank"]


class ResBank(models.Model):
    _inherit = "res.bank"

    @api.onchange("country")
    def _onchange_country(self) -> None:
        leave_state(self, "country", "state")

    @api.onchange("state")
    def _onchange_state(self) -> None:
        bring_country(self, "country", "state")
