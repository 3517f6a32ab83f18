"""Wizards that change several lines or orders at once."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["SaleMassCancelOrders", "SaleOrderDiscount"]


class SaleOrderDiscount(models.TransientModel):
    """Asks for a discount."""

    _inherit = "sale.order.discount"

    def action_apply_discount(self) -> Any:
        """Give each line the discount. Those on the whole order, which make lines of their own, are not simulated."""
        self.ensure_one()
        if self.discount_percentage > 1:
            raise ValidationError("Invalid discount amount")
        if self.discount_type != "sol_discount":
            raise NotImplementedError(f"not simulated by Fauxdoo: a discount of type {self.discount_type}")
        self.sale_order_id.order_line.write({"discount": self.discount_percentage * 100})


class SaleMassCancelOrders(models.TransientModel):
    """Asks whether several orders are to be cancelled."""

    _inherit = "sale.mass.cancel.orders"

    def action_mass_cancel(self) -> None:
        """Cancel the orders."""
        self.sale_order_ids._action_cancel()
