"""Lots and serial numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.stock.product_quantities import COMPARISONS

__all__ = ["StockLot"]


_MOST_NAMES = 100_000


class StockLot(models.Model):
    """A number of a product, unique among its numbers."""

    _inherit = "stock.lot"

    @api.compute("name")
    @api.depends("product_id")
    def _compute_name(self) -> None:
        for lot in self:
            lot.name = lot.name or self.env["ir.sequence"].sudo().next_by_code("stock.lot.serial")

    @api.model
    def generate_lot_names(self, first_lot: str, count: int) -> list[dict[str, str]]:
        """`lot_name` of so many lots; the last number of the first one counts on."""
        if count > _MOST_NAMES:
            raise UserError(f"Lots are named at most {_MOST_NAMES} at once.")
        found = [*re.finditer(r"\d+", first_lot)]
        if not found:
            return self.generate_lot_names(f"{first_lot}0", count)
        number = found[-1]
        before, after = first_lot[: number.start()], first_lot[number.end() :]
        width, start = len(number.group()), int(number.group())
        return [{"lot_name": f"{before}{start + step:0{width}d}{after}"} for step in range(count)]

    @api.compute("company_id")
    @api.depends("product_id.company_id")
    def _compute_company_id(self) -> None:
        for lot in self:
            lot.company_id = lot.product_id.company_id or lot.company_id

    @api.compute("location_id")
    @api.depends("quant_ids", "quant_ids.quantity")
    def _compute_location_id(self) -> None:
        """Where the lot lies, if it is one place only."""
        for lot in self:
            places = lot.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id
            lot.location_id = places if len(places) == 1 else False

    @api.compute("product_qty")
    def _compute_product_qty(self) -> None:
        for lot in self:
            inside = lot.quant_ids.filtered(lambda quant: quant.location_id.usage in ("internal", "transit"))
            lot.product_qty = sum(inside.mapped("quantity"))

    @api.search("product_qty")
    def _search_product_qty(self, operator: str, value: Any) -> Any:
        """Lots with quants are asked one by one; all others have 0."""
        if operator not in COMPARISONS:
            return NotImplemented
        compare = COMPARISONS[operator]
        lots = self.env["stock.quant"].sudo().search([("lot_id", "!=", False)]).lot_id
        fitting = [lot.id for lot in lots if compare(lot.product_qty, value)]
        if compare(0.0, value):
            return [("id", "not in", [id for id in lots.ids if id not in fitting])]
        return [("id", "in", fitting)]

    @api.inverse("location_id")
    def _inverse_location_id(self) -> None:
        """What there is of the lot goes to the place that is set."""
        for lot in self:
            quants = lot.quant_ids.filtered(lambda quant: quant.quantity > 0)
            if len(quants.location_id) > 1:
                raise UserError("You can only move a lot/serial to a new location if it exists in a single location.")
            if quants and lot.location_id:
                whole = len(quants.package_id.quant_ids) > 1
                quants.move_quants(lot.location_id, message="Lot/Serial Number Relocated", unpack=whole)

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make lots; raises UserError in a transfer that only takes what is there."""
        kind = self.env["stock.picking"].browse(self.env.context.get("active_picking_id") or []).picking_type_id
        if kind and not kind.use_create_lots:
            raise UserError(
                "You are not allowed to create a lot or serial number with this operation type. To change this, go on"
                ' the operation type and tick the box "Create New Lots/Serial Numbers".'
            )
        return super().create(vals_list)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for another product of a lot that has moved."""
        if "product_id" in vals and any(vals["product_id"] != lot.product_id.id for lot in self):
            lines = self.env["stock.move.line"].sudo()
            if lines.search_count([("lot_id", "in", self.ids), ("product_id", "!=", vals["product_id"])], limit=1):
                raise UserError(
                    "You are not allowed to change the product linked to a serial or lot number if some stock moves"
                    " have already been created with that number. This would lead to inconsistencies in your stock."
                )
        return bool(super().write(vals))

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The copies' values; their names say so."""
        rows: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for lot, row in zip(self, rows, strict=True):
                row["name"] = f"(copy of) {lot.name}"
        return rows

    @api.constrains("name", "product_id", "company_id")
    def _check_unique(self) -> None:
        for lot in self:
            same = [("name", "=", lot.name), ("product_id", "=", lot.product_id.id), ("id", "!=", lot.id)]
            if self.search(same, limit=1):
                raise ValidationError(
                    "The combination of lot/serial number and product must be unique within a company including when"
                    " no company is defined.\nThe following combinations contain duplicates:\n"
                    f" - Product: {lot.product_id.display_name}, Lot/Serial Number: {lot.name}"
                )
