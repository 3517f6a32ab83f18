"""Purchases: requests, orders, receipts and bills."""

from fauxdoo.mockserver.models.purchase import (
    purchase_order,
    purchase_order_amounts,
    purchase_order_figures,
    purchase_order_line,
    purchase_order_line_quantities,
    purchase_order_merging,
    res_partner,
)

__all__ = [
    "purchase_order",
    "purchase_order_amounts",
    "purchase_order_figures",
    "purchase_order_line",
    "purchase_order_line_quantities",
    "purchase_order_merging",
    "res_partner",
]
