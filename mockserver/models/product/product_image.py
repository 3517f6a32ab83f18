"""Images of products: a variant shows its own, else the template's."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProductImage"]

_SIZES = (1920, 1024, 512, 256, 128)


class ProductImage(models.Model):
    _inherit = "product.product"

    @api.compute(*(f"image_{size}" for size in _SIZES))
    def _compute_images(self) -> None:
        for product in self:
            for size in _SIZES:
                own = product[f"image_variant_{size}"]
                product[f"image_{size}"] = own or product.product_tmpl_id[f"image_{size}"]

    @api.inverse("image_1920")
    def _inverse_image_1920(self) -> None:
        """An only variant's image is the template's, and so is the first one set; others keep their own."""
        for product in self:
            image: Any = product.image_1920
            template = product.product_tmpl_id
            if image and template.image_1920 and len(template.product_variant_ids) > 1:
                product.image_variant_1920 = image
            elif not image and product.image_variant_1920:
                product.image_variant_1920 = False
            else:
                product.image_variant_1920 = False
                template.image_1920 = image
