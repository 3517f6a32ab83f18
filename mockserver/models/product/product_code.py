"""What the forms of products say of an internal reference that is not theirs alone."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProductProduct", "ProductTemplate"]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.onchange("default_code")
    def _onchange_default_code(self) -> dict[str, Any] | None:
        """A warning, where another product has the reference."""
        return _warning_of(self)


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.onchange("default_code")
    def _onchange_default_code(self) -> dict[str, Any] | None:
        """A warning, where another variant has the reference."""
        return _warning_of(self)


def _warning_of(product: Any) -> dict[str, Any] | None:
    code = product.default_code
    others = [("default_code", "=", code), ("id", "not in", product.ids)]
    if not code or not product.search_count(others, limit=1):
        return None
    return {"warning": {"title": "Note:", "message": f"The Internal Reference '{code}' already exists."}}
