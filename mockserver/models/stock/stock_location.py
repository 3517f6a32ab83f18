"""Locations and types of operations."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["StockLocation", "StockPickingType"]


class StockLocation(models.Model):
    """A tree of places, named by their paths below views."""

    _inherit = "stock.location"
    _sql_messages = {"stock_location_barcode_company_uniq": "The barcode for a location must be unique per company!"}

    def _compute_display_name(self) -> None:
        for location in self:
            location.display_name = location.complete_name or ""

    @api.compute("complete_name")
    @api.depends("name", "location_id.complete_name", "usage")
    def _compute_complete_name(self) -> None:
        for location in self:
            above = location.location_id
            nested = above and location.usage != "view"
            location.complete_name = f"{above.complete_name}/{location.name}" if nested else location.name

    @api.compute("warehouse_id")
    @api.depends("location_id")
    def _compute_warehouse_id(self) -> None:
        for location in self:
            location.warehouse_id = location.warehouse_id or location.location_id.warehouse_id

    def _is_endless(self) -> bool:
        """Whether anything can be taken from here without being there."""
        return self.usage in ("supplier", "customer", "inventory", "production")


class StockPickingType(models.Model):
    """Shown with its warehouse: `My Company: Receipts`."""

    _inherit = "stock.picking.type"

    def _compute_display_name(self) -> None:
        for kind in self:
            warehouse = kind.warehouse_id.name
            kind.display_name = f"{warehouse}: {kind.name}" if warehouse else kind.name

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        return ["|", ("name", operator, value), ("warehouse_id.name", operator, value)]
