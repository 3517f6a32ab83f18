"""The internal reference of products: how it is shown, and what forms say of one that is not theirs alone."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProductCode", "with_code"]


def with_code(env: Any, name: str, code: Any) -> str:
    """`[CODE] Name`; with `formatted_display_name` the code comes behind, without `display_default_code` not at all."""
    if not code or not env.context.get("display_default_code", True):
        return name
    return f"{name}\t--{code}--" if env.context.get("formatted_display_name") else f"[{code}] {name}"


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
