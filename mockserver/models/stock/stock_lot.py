"""Lots and serial numbers."""

from __future__ import annotations

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["StockLot"]


class StockLot(models.Model):
    """A number of a product, unique among its numbers."""

    _inherit = "stock.lot"

    @api.compute("name")
    @api.depends("product_id")
    def _compute_name(self) -> None:
        for lot in self:
            lot.name = lot.name or self.env["ir.sequence"].sudo().next_by_code("stock.lot.serial")

    @api.compute("product_qty")
    def _compute_product_qty(self) -> None:
        for lot in self:
            inside = lot.quant_ids.filtered(lambda quant: quant.location_id.usage in ("internal", "transit"))
            lot.product_qty = sum(inside.mapped("quantity"))

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
