"""Categories of products: a tree, named by its paths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProductCategory"]


class ProductCategory(models.Model):
    """Shown as `Furniture / Desks`."""

    _inherit = "product.category"
    _rec_name = "complete_name"

    @api.compute("complete_name")
    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self) -> None:
        for category in self:
            above = category.parent_id
            category.complete_name = f"{above.complete_name} / {category.name}" if above else category.name

    def _compute_display_name(self) -> None:
        """The path; the name alone with `hierarchical_naming` off."""
        full = self.env.context.get("hierarchical_naming", True)
        for category in self:
            category.display_name = (category.complete_name if full else category.name) or ""

    @api.compute("product_count")
    def _compute_product_count(self) -> None:
        """Products of the category and of those below it."""
        templates = self.env["product.template"]
        for category in self:
            category.product_count = templates.search_count([("categ_id", "child_of", category.id)])

    @api.model
    def name_create(self, name: str) -> tuple[int, str]:
        """Make a category of a name, slashes and all."""
        category = self.create({"name": name})
        return category.id, category.display_name

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for category, values in zip(self, copies, strict=True):
                values["name"] = f"{category.name} (copy)"
        return copies
