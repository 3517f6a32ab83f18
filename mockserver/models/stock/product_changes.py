"""What does not change in products and units of which something moves or lies somewhere."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError

__all__ = ["ProductTemplateStock", "UomUomStock"]


class ProductTemplateStock(models.Model):
    """Stays with its company as long as another one has some of it."""

    _inherit = "product.template"

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for the company of what another one moves or has."""
        if company := vals.get("company_id"):
            changed = self.filtered(lambda template: template.company_id.id != company)
            domain = [("product_id.product_tmpl_id", "in", changed.ids), ("company_id", "not in", [company, False])]
            for model, what, more in (
                ("stock.move", "stock moves", []),
                ("stock.quant", "quantities", [("quantity", "!=", 0)]),
            ):
                if changed and self.env[model].sudo().search_count([*domain, *more], limit=1):
                    raise UserError(
                        f"This product's company cannot be changed as long as there are {what} of it belonging to"
                        " another company."
                    )
        return bool(super().write(vals))


class UomUomStock(models.Model):
    """Keeps its ratio as long as something is measured in it."""

    _inherit = "uom.uom"

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for another ratio of a unit in use."""
        changed = self.filtered(
            lambda unit: (
                vals.get("relative_factor", unit.relative_factor) != unit.relative_factor
                or vals.get("relative_uom_id", unit.relative_uom_id.id) != unit.relative_uom_id.id
            )
        )
        if changed and changed._is_in_use():
            raise UserError(
                "You cannot change the ratio of this unit of measure as some products with this UoM have already been"
                " moved or are currently reserved."
            )
        return bool(super().write(vals))

    def _is_in_use(self) -> bool:
        under_way = ("state", "not in", ["cancel", "done"])
        uses = {
            "stock.move": [("product_uom", "in", self.ids), under_way],
            "stock.move.line": [("product_uom_id", "in", self.ids), under_way],
            "stock.quant": [("product_id.product_tmpl_id.uom_id", "in", self.ids), ("quantity", "!=", 0)],
        }
        return any(self.env[model].sudo().search_count(domain, limit=1) for model, domain in uses.items())
