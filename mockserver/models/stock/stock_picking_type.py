"""Kinds of operations: receipts, deliveries, what moves within."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

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

    @api.compute("print_label")
    @api.depends("code")
    def _compute_print_label(self) -> None:
        for kind in self:
            kind.print_label = kind.code == "outgoing"

    @api.compute("hide_reservation_method", "show_picking_type")
    def _compute_shown(self) -> None:
        for kind in self:
            kind.hide_reservation_method = kind.code == "incoming"
            kind.show_picking_type = kind.code in ("incoming", "outgoing", "internal")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make kinds of operations, each with numbers of its own."""
        kinds = super().create(vals_list)
        for kind in kinds.filtered(lambda each: not each.sequence_id and each.sequence_code):
            kind.sequence_id = self.env["ir.sequence"].sudo().create([kind._numbers()])
        return kinds

    def _numbers(self) -> dict[str, Any]:
        """Values of the sequence of its numbers."""
        code, warehouse = self.sequence_code, self.warehouse_id
        values = {
            "name": f"{warehouse.name} Sequence {code}" if warehouse else f"Sequence {code}",
            "prefix": f"{warehouse.code}/{code}/" if warehouse else code,
            "padding": 5,
        }
        return {**values, "company_id": (warehouse.company_id or self.env.company).id}

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; another prefix is that of the numbers too."""
        if "company_id" in vals and any(kind.company_id.id != vals["company_id"] for kind in self):
            raise UserError(
                "Changing the company of this record is forbidden at this point, you should rather archive it and"
                " create a new one."
            )
        super().write(vals)
        if "sequence_code" in vals:
            for kind in self.filtered("sequence_id"):
                numbers = kind._numbers()
                kind.sequence_id.sudo().write({name: numbers[name] for name in ("name", "prefix", "padding")})
        return True

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
