"""Orders of contacts."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["ResPartnerOrders"]


class ResPartnerOrders(models.Model):
    """A contact counts the orders of those below it, too."""

    _inherit = "res.partner"

    @api.compute("sale_order_count")
    def _compute_sale_order_count(self) -> None:
        for partner in self:
            family = [("partner_id", "child_of", partner.id)]
            partner.sale_order_count = self.env["sale.order"].search_count(family) if partner.id else 0
