"""What vendors ask for products."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["ProductSupplierinfo"]


class ProductSupplierinfo(models.Model):
    """A price of a vendor from a quantity on."""

    _inherit = "product.supplierinfo"

    @api.compute("product_tmpl_id")
    @api.depends("product_id")
    def _compute_product_tmpl_id(self) -> None:
        for info in self:
            info.product_tmpl_id = info.product_id.product_tmpl_id or info.product_tmpl_id

    @api.compute("product_id")
    @api.depends("product_tmpl_id.product_variant_ids")
    def _compute_product_id(self) -> None:
        for info in self:
            variants = info.product_tmpl_id.product_variant_ids
            info.product_id = info.product_id or (variants if len(variants) == 1 else False)

    @api.compute("product_uom_id")
    @api.depends("product_id", "product_tmpl_id")
    def _compute_product_uom_id(self) -> None:
        for info in self:
            info.product_uom_id = info.product_uom_id or info.product_id.uom_id or info.product_tmpl_id.uom_id

    @api.compute("price_discounted")
    def _compute_price_discounted(self) -> None:
        for info in self:
            info.price_discounted = info.price * (1 - info.discount / 100)

    def _compute_display_name(self) -> None:
        """`Vendor (10.0 Units - $ 3.50)`."""
        for info in self:
            price = (info.currency_id or self.env.company.currency_id).format(info.price)
            info.display_name = f"{info.partner_id.name} ({info.min_qty} {info.product_uom_id.name} - {price})"
