"""Reordering rules: how much of a product is to be there at least."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models

__all__ = ["StockWarehouseOrderpoint"]


class StockWarehouseOrderpoint(models.Model):
    """What is forecast below the minimum is to be ordered, up to the maximum. Ordering itself is not simulated."""

    _inherit = "stock.warehouse.orderpoint"

    @api.compute("warehouse_id")
    @api.depends("location_id", "company_id")
    def _compute_warehouse_id(self) -> None:
        for rule in self:
            company = rule.company_id or self.env.company
            first = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
            rule.warehouse_id = rule.warehouse_id or rule.location_id.warehouse_id or first

    @api.compute("location_id")
    @api.depends("warehouse_id", "company_id")
    def _compute_location_id(self) -> None:
        for rule in self:
            rule.location_id = rule.location_id or rule.warehouse_id.lot_stock_id

    @api.compute("product_max_qty")
    @api.depends("product_min_qty")
    def _compute_product_max_qty(self) -> None:
        for rule in self:
            rule.product_max_qty = max(rule.product_max_qty, rule.product_min_qty)

    @api.compute("qty_on_hand", "qty_forecast")
    def _compute_quantities(self) -> None:
        for rule in self:
            product = rule.product_id.with_context(location=rule.location_id.id)
            rule.qty_on_hand, rule.qty_forecast = product.qty_available, product.virtual_available

    @api.compute("qty_to_order")
    def _compute_qty_to_order(self) -> None:
        for rule in self:
            short = rule.qty_forecast < rule.product_min_qty
            wanted = max(rule.product_min_qty, rule.product_max_qty) - rule.qty_forecast if short else 0.0
            rule.qty_to_order = rule.qty_to_order_manual or wanted

    @api.inverse("qty_to_order")
    def _inverse_qty_to_order(self) -> None:
        for rule in self:
            rule.qty_to_order_manual = rule.qty_to_order

    @api.compute("unwanted_replenish")
    def _compute_unwanted_replenish(self) -> None:
        for rule in self:
            rule.unwanted_replenish = rule.qty_forecast + rule.qty_to_order > rule.product_max_qty > 0

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make rules, numbered."""
        sequences = self.env["ir.sequence"].sudo()
        return super().create(
            [{**vals, "name": vals.get("name") or sequences.next_by_code("stock.orderpoint")} for vals in vals_list]
        )
