"""Locations: the places of a warehouse, and those goods come from and go to."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["StockLocation"]


class StockLocation(models.Model):
    """A tree of places, named by their paths below views."""

    _inherit = "stock.location"
    _sql_messages = {"stock_location_barcode_company_uniq": "The barcode for a location must be unique per company!"}

    def _compute_display_name(self) -> None:
        formatted = self.env.context.get("formatted_display_name")
        for location in self:
            above = location.usage != "view" and formatted and location.location_id
            path = f"--{above.complete_name}/--{location.name}" if above else location.complete_name
            location.display_name = path or ""

    @api.compute("complete_name")
    @api.depends("name", "location_id.complete_name", "usage")
    def _compute_complete_name(self) -> None:
        for location in self:
            above = location.location_id
            nested = above and location.usage != "view"
            location.complete_name = f"{above.complete_name}/{location.name}" if nested else location.name

    @api.compute("warehouse_id")
    @api.depends("warehouse_view_ids", "location_id.warehouse_id")
    def _compute_warehouse_id(self) -> None:
        for location in self:
            location.warehouse_id = location.warehouse_view_ids[:1] or location.location_id.warehouse_id

    @api.compute("is_empty")
    def _compute_is_empty(self) -> None:
        for location in self:
            held = location.sudo().quant_ids.filtered(lambda quant: quant.quantity > 0)
            location.is_empty = not held and location.usage in ("internal", "transit")

    @api.search("is_empty")
    def _search_is_empty(self, operator: str, value: Any) -> list[Any]:
        held = self.env["stock.quant"].sudo().search([("quantity", ">", 0)]).location_id.ids
        inside = self.search([("usage", "in", ["internal", "transit"]), ("id", "not in", held)])
        return [("id", "in" if asks_yes(operator, value) else "not in", inside.ids)]

    @api.compute("child_internal_location_ids")
    def _compute_child_internal_location_ids(self) -> None:
        for location in self:
            domain = [("id", "child_of", location.id), ("usage", "=", "internal")]
            location.child_internal_location_ids = self.search(domain) if location.id else False

    def _next_count(self) -> date | bool:
        """When its products are counted next: on the company's day of the year, for places of its own."""
        company = self.company_id or self.env.company
        if self.usage not in ("internal", "transit") or not company.annual_inventory_month:
            return False
        today, month = self.env.clock.today(), int(company.annual_inventory_month)
        for year in (today.year, today.year + 1):
            day = date(year, month, min(max(company.annual_inventory_day, 1), monthrange(year, month)[1]))
            if day > today:
                return day
        return False

    def _is_within(self, other: Any) -> bool:
        """Whether this place is the other one or a part of it."""
        return bool(self and other) and str(self.parent_path or "").startswith(other.parent_path or "-")

    def _is_endless(self) -> bool:
        """Whether anything can be taken from here without being there."""
        return self.usage in ("supplier", "customer", "inventory", "production")
