"""Which module of Odoo the classes in a package of behaviours belong to."""

from __future__ import annotations

__all__ = ["module_of"]

_MODULES = {
    "automation": "base_automation",
    "crm.crm_team": "sales_team",
    "guide": "base",
    "stock.purchase_order_receipt": "purchase_stock",
    "sale.sale_order_opportunity": "sale_crm",
    "sale.sale_order_service": "sale_project",
    "stock.sale_order_delivery": "sale_stock",
    "stock.stock_warehouse_buying": "purchase_stock",
    "webhook": "base",
}
"""Packages and files whose module has another name; the others are called as it is."""


def module_of(path: str) -> str:
    """The module of a file below `mockserver/models`, such as `sale.sale_order`."""
    package = path.partition(".")[0]
    return _MODULES.get(path) or _MODULES.get(package, package)
