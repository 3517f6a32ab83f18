"""What the forms of products say of an internal reference that is not theirs alone."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProductCode"]


class ProductCode(models.Model):
    _inherit = ["product.template", "product.product"]

    @api.onchange("default_code")
    def _onchange_default_code(self) -> dict[str, Any] | None:
        """A warning, where another one has the reference."""
        code = self.default_code
        others = [("default_code", "=", code), ("id", "not in", self.ids)]
        if not code or not self.search_count(others, limit=1):
            return None
        return {"warning": {"title": "Note:", "message": f"The Internal Reference '{code}' already exists."}}
