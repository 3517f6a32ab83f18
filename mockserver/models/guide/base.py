"""What the guide says every model has."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["Base"]


class Base(models.AbstractModel):
    """Every model."""

    _inherit = "base"

    @api.guide
    @api.model
    def create_multi(self, vals_list: list[dict[str, Any]]) -> list[int]:
        """Create a record for each dictionary; answers their ids."""
        ids: list[int] = self.create(vals_list).ids
        return ids
