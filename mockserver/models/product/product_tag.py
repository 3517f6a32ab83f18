"""Tags of products."""

from __future__ import annotations

from fauxdoo.mockserver import models

__all__ = ["ProductTag"]


class ProductTag(models.Model):
    """A name that exists once."""

    _inherit = "product.tag"
    _sql_messages = {"product_tag_name_uniq": "Tag name already exists!"}
