"""Locations and types of operations."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["StockLocation", "StockPickingType", "StockWarehouse"]


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

    def _is_endless(self) -> bool:
        """Whether anything can be taken from here without being there."""
        return self.usage in ("supplier", "customer", "inventory", "production")


class StockWarehouse(models.Model):
    """The places of a company."""

    _inherit = "stock.warehouse"

    def get_current_warehouses(self) -> list[dict[str, Any]]:
        """Id, name and code of the warehouses of the companies in force."""
        domain = [("company_id", "in", self.env.companies.ids)]
        return list(self.env["stock.warehouse"].search_read(domain, ["id", "name", "code"]))


class StockPickingType(models.Model):
    """Shown with its warehouse: `My Company: Receipts`."""

    _inherit = "stock.picking.type"

    @api.compute("warehouse_id")
    @api.depends("company_id")
    def _compute_warehouse_id(self) -> None:
        for kind in self:
            own = self.env["stock.warehouse"].search([("company_id", "=", kind.company_id.id)], limit=1)
            kind.warehouse_id = kind.warehouse_id or own

    @api.compute("default_location_src_id", "default_location_dest_id")
    @api.depends("code")
    def _compute_default_locations(self) -> None:
        """From vendors into stock, from stock to customers, within the stock."""
        for kind in self:
            stock = kind.warehouse_id.lot_stock_id
            source = self.env.ref("stock.stock_location_suppliers") if kind.code == "incoming" else stock
            target = self.env.ref("stock.stock_location_customers") if kind.code == "outgoing" else stock
            kind.default_location_src_id = kind.default_location_src_id or source
            kind.default_location_dest_id = kind.default_location_dest_id or target

    def _compute_display_name(self) -> None:
        for kind in self:
            warehouse = kind.warehouse_id.name
            kind.display_name = f"{warehouse}: {kind.name}" if warehouse else kind.name

    @api.compute(
        "count_picking_draft",
        "count_picking_waiting",
        "count_picking_ready",
        "count_picking_late",
        "count_picking_backorders",
        "count_picking",
        "count_move_ready",
    )
    def _compute_counts(self) -> None:
        now, pickings = self.env.transaction.now, self.env["stock.picking"]
        waiting = ("state", "in", ["confirmed", "waiting"])
        under_way = ("state", "in", ["assigned", "confirmed", "waiting"])
        for kind in self:
            own = ("picking_type_id", "=", kind.id)
            kind.count_picking_draft = pickings.search_count([own, ("state", "=", "draft")])
            kind.count_picking_waiting = pickings.search_count([own, waiting])
            kind.count_picking_ready = pickings.search_count([own, ("state", "=", "assigned")])
            kind.count_picking = pickings.search_count([own, under_way])
            kind.count_picking_late = pickings.search_count([own, under_way, ("scheduled_date", "<", now)])
            kind.count_picking_backorders = pickings.search_count([own, under_way, ("backorder_id", "!=", False)])
            kind.count_move_ready = self.env["stock.move"].search_count([own, ("state", "=", "assigned")])

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        return ["|", ("name", operator, value), ("warehouse_id.name", operator, value)]
