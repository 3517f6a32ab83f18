"""Tags of products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.operators import NEGATIVE

__all__ = ["ProductTag"]


class ProductTag(models.Model):
    """A name that exists once."""

    _inherit = "product.tag"
    _sql_messages = {"product_tag_name_uniq": "Tag name already exists!"}

    @api.compute("product_ids")
    @api.depends("product_template_ids", "product_product_ids")
    def _compute_product_ids(self) -> None:
        """The variants of tagged templates, and those tagged themselves."""
        for tag in self:
            tag.product_ids = tag.product_template_ids.product_variant_ids | tag.product_product_ids

    @api.search("product_ids")
    def _search_product_ids(self, operator: str, value: Any) -> Any:
        if operator in NEGATIVE:
            return NotImplemented
        leaves = [
            (path, operator, value) for path in ("product_template_ids.product_variant_ids", "product_product_ids")
        ]
        return ["|", *leaves]

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for tag, values in zip(self, copies, strict=True):
                values["name"] = f"{tag.name} (copy)"
        return copies
