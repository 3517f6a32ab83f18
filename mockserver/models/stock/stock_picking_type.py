"""Kinds of operations: receipts, deliveries, what moves within."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["StockPickingType"]


class StockPickingType(models.Model):
    """Shown with its warehouse: `My Company: Receipts`."""

    _inherit = "stock.picking.type"
    _columns_before = ("sequence_code",)

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
