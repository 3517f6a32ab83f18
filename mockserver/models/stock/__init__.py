"""Stock: what lies where, and how it moves."""

from fauxdoo.mockserver.models.stock import (
    product_quantities,
    stock_backorder_confirmation,
    stock_inventory,
    stock_location,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_move_reserving,
    stock_move_states,
    stock_picking,
    stock_picking_type,
    stock_quant,
    stock_quant_places,
    stock_return_picking,
    stock_rule,
    stock_scrap,
    stock_warehouse,
    stock_warehouse_building,
    stock_warehouse_orderpoint,
)

from fauxdoo.mockserver.models.stock import (  # isort: skip  (what sales and purchases add wraps what is there)
    purchase_order_receipt,
    sale_order_delivery,
    stock_warehouse_buying,
)

__all__ = [
    "product_quantities",
    "purchase_order_receipt",
    "sale_order_delivery",
    "stock_backorder_confirmation",
    "stock_inventory",
    "stock_location",
    "stock_lot",
    "stock_move",
    "stock_move_line",
    "stock_move_reserving",
    "stock_move_states",
    "stock_picking",
    "stock_picking_type",
    "stock_quant",
    "stock_quant_places",
    "stock_return_picking",
    "stock_rule",
    "stock_scrap",
    "stock_warehouse",
    "stock_warehouse_building",
    "stock_warehouse_buying",
    "stock_warehouse_orderpoint",
]
