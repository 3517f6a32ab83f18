"""Warehouses that get what they need from vendors."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["StockWarehouseBuying"]


class StockWarehouseBuying(models.Model):
    """One that buys is in the route of buying."""

    _inherit = "stock.warehouse"

    @api.compute("buy_to_resupply")
    def _compute_buy_to_resupply(self) -> None:
        for warehouse in self:
            route = warehouse.buy_pull_id.route_id
            warehouse.buy_to_resupply = route.product_selectable or warehouse in route.warehouse_ids

    @api.inverse("buy_to_resupply")
    def _inverse_buy_to_resupply(self) -> None:
        for warehouse in self:
            route = warehouse.sudo().buy_pull_id.route_id
            route.write({"warehouse_ids": [(4 if warehouse.buy_to_resupply else 3, warehouse.id)]})

    def _build(self, vals: dict[str, Any]) -> None:
        super()._build(vals)  # type: ignore[misc]
        self.buy_to_resupply = vals.get("buy_to_resupply", True)
