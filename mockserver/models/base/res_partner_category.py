"""Tags of contacts: a tree, shown by its path."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, fields, models

__all__ = ["ResPartnerCategory"]


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    active = fields.Boolean(help="The active field allows you to hide the category without removing it.")

    def _compute_display_name(self) -> None:
        for category in self:
            names, current, seen = [], category, set()
            while current and current.id not in seen:
                names.append(current.name or "")
                seen.add(current.id)
                current = current.parent_id
            category.display_name = " / ".join(reversed(names))

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        """The last part of a path is searched, and whatever is below what it finds (crud/name-search-others)."""
        domain = super()._search_display_name(operator, value)
        return [("id", "child_of", self.search(domain).ids)] if operator.endswith("like") and value else domain
