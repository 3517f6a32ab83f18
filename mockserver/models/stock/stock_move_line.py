"""Lines of moves: what is taken from where, of which lot."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["StockMoveLine"]


class StockMoveLine(models.Model):
    """Takes product and places from its move."""

    _inherit = "stock.move.line"
    _columns_before = ("location_id",)

    @api.compute("location_id")
    @api.depends("move_id")
    def _compute_location_id(self) -> None:
        for line in self:
            line.location_id = line.location_id or line.move_id.location_id or line.picking_id.location_id

    @api.compute("picking_type_id")
    def _compute_picking_type_id(self) -> None:
        for line in self:
            line.picking_type_id = line.picking_id.picking_type_id

    @api.search("picking_type_id")
    def _search_picking_type_id(self, operator: str, value: Any) -> list[Any]:
        return [("picking_id.picking_type_id", operator, value)]

    @api.compute("lots_visible")
    def _compute_lots_visible(self) -> None:
        for line in self:
            kind = line.picking_id.picking_type_id
            asked = kind.use_existing_lots or kind.use_create_lots if kind else True
            line.lots_visible = asked and line.tracking not in (False, "none")

    @api.compute("allowed_uom_ids")
    def _compute_allowed_uom_ids(self) -> None:
        for line in self:
            vendors = line.product_id.sudo().seller_ids
            line.allowed_uom_ids = line.product_id.uom_id | line.product_id.uom_ids | vendors.product_uom_id

    @api.compute("location_dest_id")
    @api.depends("move_id")
    def _compute_location_dest_id(self) -> None:
        for line in self:
            known = line.location_dest_id or line.move_id.location_dest_id
            line.location_dest_id = known or line.picking_id.location_dest_id

    @api.compute("product_uom_id")
    @api.depends("move_id.product_uom", "product_id.uom_id")
    def _compute_product_uom_id(self) -> None:
        for line in self:
            line.product_uom_id = line.product_uom_id or line.move_id.product_uom or line.product_id.uom_id

    @api.compute("quantity_product_uom")
    @api.depends("quantity", "product_uom_id")
    def _compute_quantity_product_uom(self) -> None:
        for line in self:
            line.quantity_product_uom = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)

    @api.compute("picked")
    @api.depends("state")
    def _compute_picked(self) -> None:
        for line in self:
            line.picked = line.picked or line.state == "done"
