"""Stock: what lies where, and how it moves."""

from fauxdoo.mockserver.models.stock import (
    product_quantities,
    sale_order_delivery,
    stock_backorder_confirmation,
    stock_location,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_picking,
    stock_picking_type,
    stock_quant,
    stock_return_picking,
    stock_scrap,
    stock_warehouse,
    stock_warehouse_orderpoint,
)

__all__ = [
    "product_quantities",
    "sale_order_delivery",
    "stock_backorder_confirmation",
    "stock_location",
    "stock_lot",
    "stock_move",
    "stock_move_line",
    "stock_picking",
    "stock_picking_type",
    "stock_quant",
    "stock_return_picking",
    "stock_scrap",
    "stock_warehouse",
    "stock_warehouse_orderpoint",
]
