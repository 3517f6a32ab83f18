"""Orders that come from opportunities."""

from __future__ import annotations

from fauxdoo.mockserver import models

__all__ = ["SaleOrderOpportunity"]


class SaleOrderOpportunity(models.Model):
    """A confirmed order raises what its opportunity is expected to bring."""

    _inherit = "sale.order"

    def _action_confirm(self) -> None:
        super()._action_confirm()  # type: ignore[misc]
        for order in self.filtered("opportunity_id"):
            opportunity = order.opportunity_id.sudo()
            sold = sum(opportunity.order_ids.filtered(lambda each: each.state == "sale").mapped("amount_untaxed"))
            if sold > (opportunity.expected_revenue or 0.0):
                opportunity.expected_revenue = sold
