"""Barcodes of the units a product is packed in."""

from __future__ import annotations

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["ProductProductPackagings", "ProductUom"]


class ProductUom(models.Model):
    """A barcode stands for one packaging, or for one product."""

    _inherit = "product.uom"
    _sql_messages = {"product_uom_barcode_uniq": "A barcode can only be assigned to one packaging."}

    @api.constrains("barcode")
    def _check_barcode(self) -> None:
        if self.env["product.product"].search_count([("barcode", "in", self.mapped("barcode"))], limit=1):
            raise ValidationError("A product already uses the barcode")


class ProductProductPackagings(models.Model):
    """A product's barcode is no packaging's."""

    _inherit = "product.product"

    @api.constrains("barcode")
    def _check_packagings(self) -> None:
        barcodes = [barcode for barcode in self.mapped("barcode") if barcode]
        if barcodes and self.env["product.uom"].sudo().search_count([("barcode", "in", barcodes)], limit=1):
            raise ValidationError("A packaging already uses the barcode")
