"""What products are on hand, expected and promised."""

from __future__ import annotations

import operator as operators
from collections.abc import Callable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.stock.stock_move import OPEN

__all__ = ["COMPARISONS", "ProductProductQuantities", "ProductTemplateQuantities"]

COMPARISONS: dict[str, Callable[[float, Any], bool]] = {
    "=": operators.eq,
    "!=": operators.ne,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
    "in": lambda quantity, values: quantity in [each or 0.0 for each in values],
    "not in": lambda quantity, values: quantity not in [each or 0.0 for each in values],
}
"""How a quantity is compared, by operator."""
_NAMES = ("qty_available", "free_qty", "incoming_qty", "outgoing_qty", "virtual_available")


class ProductProductQuantities(models.Model):
    """Quantities inside, or below the places of context keys `location`, `warehouse_id`; of a lot with `lot_id`."""

    _inherit = "product.product"

    @api.compute(*_NAMES)
    def _compute_quantities(self) -> None:
        places = self._places()
        for product in self:
            here = [("product_id", "=", product.id), ("location_id", "in", places)]
            quants = self.env["stock.quant"].sudo().search([*here, *self._of_lot()])
            moves = self.env["stock.move"].sudo().search([("product_id", "=", product.id), ("state", "in", OPEN)])
            product.qty_available = sum(quants.mapped("quantity"))
            product.free_qty = product.qty_available - sum(quants.mapped("reserved_quantity"))
            inside = {move.id: (move.location_id.id in places, move._bound_for().id in places) for move in moves}
            product.incoming_qty = sum(m.product_qty for m in moves if inside[m.id] == (False, True))
            product.outgoing_qty = sum(m.product_qty for m in moves if inside[m.id] == (True, False))
            product.virtual_available = product.qty_available + product.incoming_qty - product.outgoing_qty

    def _of_lot(self) -> list[Any]:
        lots = self.env.context.get("lot_id")
        return [("lot_id", "in", _several(lots))] if lots else []

    @api.inverse("qty_available")
    def _inverse_qty_available(self) -> None:
        """Setting what is on hand counts it in the first warehouse."""
        warehouse = self.env["stock.warehouse"].sudo().search([("company_id", "=", self.env.company.id)], limit=1)
        for product in self:
            place = {"product_id": product.id, "location_id": warehouse.lot_stock_id.id}
            quants = self.env["stock.quant"].with_context(inventory_mode=True)
            quants.create([{**place, "inventory_quantity": product.qty_available}])._apply_inventory()

    def _places(self) -> list[int]:
        """Ids of the locations that count."""
        locations = self.env["stock.location"].sudo()
        roots, warehouses = self.env.context.get("location"), self.env.context.get("warehouse_id")
        if warehouses and not roots:
            roots = self.env["stock.warehouse"].sudo().browse(_several(warehouses)).view_location_id.ids
        if roots:
            return list(locations.search([("id", "child_of", _several(roots)), ("usage", "!=", "view")]).ids)
        return list(locations.search([("usage", "=", "internal")]).ids)

    @api.search("qty_available")
    def _search_qty_available(self, operator: str, value: Any) -> Any:
        return self._search_quantity("qty_available", operator, value)

    @api.search("virtual_available")
    def _search_virtual_available(self, operator: str, value: Any) -> Any:
        return self._search_quantity("virtual_available", operator, value)

    @api.search("free_qty")
    def _search_free_qty(self, operator: str, value: Any) -> Any:
        return self._search_quantity("free_qty", operator, value)

    @api.search("incoming_qty")
    def _search_incoming_qty(self, operator: str, value: Any) -> Any:
        return self._search_quantity("incoming_qty", operator, value)

    @api.search("outgoing_qty")
    def _search_outgoing_qty(self, operator: str, value: Any) -> Any:
        return self._search_quantity("outgoing_qty", operator, value)

    def _search_quantity(self, name: str, operator: str, value: Any) -> Any:
        """Products with stock or moves are asked one by one; all others have 0."""
        if operator not in COMPARISONS:
            return NotImplemented
        compare = COMPARISONS[operator]
        moving = (
            self.env["stock.move"].sudo().search([]).product_id | self.env["stock.quant"].sudo().search([]).product_id
        ).with_env(self.env)
        fitting = {product.id for product in moving if compare(product[name], value)}
        if compare(0.0, value):
            return [("id", "not in", [id for id in moving.ids if id not in fitting])]
        return [("id", "in", list(fitting))]


class ProductTemplateQuantities(models.Model):
    """The sums of the variants'."""

    _inherit = "product.template"

    @api.compute("qty_available", "incoming_qty", "outgoing_qty", "virtual_available")
    def _compute_quantities(self) -> None:
        for template in self:
            for name in ("qty_available", "incoming_qty", "outgoing_qty", "virtual_available"):
                template[name] = sum(template.product_variant_ids.mapped(name))

    @api.inverse("qty_available")
    def _inverse_qty_available(self) -> None:
        for template in self.filtered(lambda each: len(each.product_variant_ids) == 1):
            template.product_variant_ids.qty_available = template.qty_available

    @api.search("qty_available")
    def _search_qty_available(self, operator: str, value: Any) -> Any:
        return self._search_quantity("qty_available", operator, value)

    @api.search("virtual_available")
    def _search_virtual_available(self, operator: str, value: Any) -> Any:
        return self._search_quantity("virtual_available", operator, value)

    @api.search("incoming_qty")
    def _search_incoming_qty(self, operator: str, value: Any) -> Any:
        return self._search_quantity("incoming_qty", operator, value)

    @api.search("outgoing_qty")
    def _search_outgoing_qty(self, operator: str, value: Any) -> Any:
        return self._search_quantity("outgoing_qty", operator, value)

    def _search_quantity(self, name: str, operator: str, value: Any) -> Any:
        domain = self.env["product.product"]._search_quantity(name, operator, value)
        return domain if domain is NotImplemented else [("product_variant_ids", "any", domain)]


def _several(ids: Any) -> list[int]:
    return [ids] if isinstance(ids, int) else list(ids)
