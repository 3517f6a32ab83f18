"""What the guide says quotations have."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["SaleOrder"]


class SaleOrder(models.Model):
    """Quotations and orders."""

    _inherit = "sale.order"

    @api.guide
    def action_quotations_with_onboarding(self) -> dict[str, Any]:
        """The window action that lists the quotations."""
        action = self.env.ref("sale.action_quotations_with_onboarding").sudo()
        return {
            "type": "ir.actions.act_window",
            "id": action.id,
            "name": action.name,
            "res_model": action.res_model,
            "view_mode": action.view_mode,
            "views": [[False, kind] for kind in action.view_mode.split(",")],
            "domain": action.domain,
            "context": action.context,
            "target": action.target,
            "limit": action.limit,
        }
