"""What vendors call products: with `partner_id` in the context products bear the names and codes they have there."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.operators import NEGATIVE

__all__ = ["ProductVendorNames"]


class ProductVendorNames(models.Model):
    """Names and codes of the vendor in question."""

    _inherit = "product.product"

    def _vendor_lines(self) -> Any:
        """The lines of the context's vendor, or the line `seller_id`: those of the variant, else of all variants."""
        lines = self.env["product.supplierinfo"].sudo()
        context = self.env.context
        if context.get("seller_id"):
            return lines.browse(context["seller_id"])
        if not context.get("partner_id"):
            return lines
        partner = self.env["res.partner"].sudo().browse(context["partner_id"])
        vendors = (partner | partner.commercial_partner_id).ids
        found = self.sudo().product_tmpl_id.seller_ids.filtered(lambda line: line.partner_id.id in vendors)
        own = found.filtered(lambda line: line.product_id == self)
        return own or found.filtered(lambda line: not line.product_id)

    def _compute_display_name(self) -> None:
        super()._compute_display_name()
        context = self.env.context
        if not context.get("partner_id") and not context.get("seller_id"):
            return
        for product in self:
            names = [product._called_by(line) for line in product._vendor_lines()]
            product.display_name = ", ".join(dict.fromkeys(names)) or product.display_name

    def _called_by(self, line: Any) -> str:
        """What the vendor of a line calls the product."""
        variant = self.sudo().product_template_attribute_value_ids._combination_name()
        name, code = line.product_name or self.name, line.product_code or self.default_code
        full = f"{name} ({variant})" if variant else str(name)
        return f"[{code}] {full}" if code and self.env.context.get("display_default_code", True) else full

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

    @api.model
    def name_search(
        self, name: str = "", domain: Any = None, operator: str = "ilike", limit: int | None = 100
    ) -> list[tuple[int, str]]:
        """(id, display name) of products; of the context's vendor, by its names and codes where no other is found."""
        found: list[tuple[int, str]] = super().name_search(name, domain, operator, limit)
        partner = self.env.context.get("partner_id")
        if found or not name or not partner or operator in NEGATIVE:
            return found
        called = ["|", ("product_code", operator, name), ("product_name", operator, name)]
        lines = [("product_tmpl_id.seller_ids", "any", [("partner_id", "=", partner), *called])]
        return [(each.id, each.display_name) for each in self.search([*lines, *(domain or [])], limit=limit)]
