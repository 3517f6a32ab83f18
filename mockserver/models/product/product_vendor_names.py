"""Codes and references of products as the vendor of context key `partner_id` knows them."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProductVendorNames"]


class ProductVendorNames(models.Model):
    """Has a code and a reference."""

    _inherit = "product.product"

    def _line_of_partner(self) -> Any:
        """The first line of exactly the context's vendor that holds for the variant."""
        partner = self.env.context.get("partner_id")
        lines = self.sudo().product_tmpl_id.seller_ids.filtered(lambda line: line.partner_id.id == partner)
        fitting = lines.filtered(lambda line: not line.product_id or line.product_id == self)
        own = fitting.filtered("product_id")
        return (own or fitting)[:1] if partner else lines.browse()

    @api.compute("code")
    def _compute_code(self) -> None:
        for product in self:
            product.code = product._line_of_partner().product_code or product.default_code

    @api.compute("partner_ref")
    def _compute_partner_ref(self) -> None:
        for product in self:
            line = product._line_of_partner()
            code = f"[{product.code}] " if product.code else ""
            called = f"{code}{line.product_name or product.default_code or product.name}"
            product.partner_ref = called if line else product.display_name
