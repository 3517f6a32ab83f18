"""Tags of products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import models

__all__ = ["ProductTag"]


class ProductTag(models.Model):
    """A name that exists once."""

    _inherit = "product.tag"
    _sql_messages = {"product_tag_name_uniq": "Tag name already exists!"}

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for tag, values in zip(self, copies, strict=True):
                values["name"] = f"{tag.name} (copy)"
        return copies
