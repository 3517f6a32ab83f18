"""Warehouses."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models

__all__ = ["StockWarehouse"]


class StockWarehouse(models.Model):
    """The places of a company."""

    _inherit = "stock.warehouse"

    def get_current_warehouses(self) -> list[dict[str, Any]]:
        """Id, name and code of the warehouses of the companies in force."""
        domain = [("company_id", "in", self.env.companies.ids)]
        return list(self.env["stock.warehouse"].search_read(domain, ["id", "name", "code"]))
