"""Quotations and sales orders."""

from fauxdoo.mockserver.models.sale import (
    res_partner,
    sale_advance_payment_inv,
    sale_order,
    sale_order_advances,
    sale_order_amounts,
    sale_order_defaults,
    sale_order_figures,
    sale_order_invoice,
    sale_order_line,
    sale_order_line_price,
    sale_order_line_quantities,
    sale_order_opportunity,
    sale_order_service,
    sale_order_wizards,
    sale_report,
)

__all__ = [
    "res_partner",
    "sale_advance_payment_inv",
    "sale_order",
    "sale_order_advances",
    "sale_order_amounts",
    "sale_order_defaults",
    "sale_order_figures",
    "sale_order_invoice",
    "sale_order_line",
    "sale_order_line_price",
    "sale_order_line_quantities",
    "sale_order_opportunity",
    "sale_order_service",
    "sale_order_wizards",
    "sale_report",
]
