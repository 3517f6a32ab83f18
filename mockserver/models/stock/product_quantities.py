"""What products are on hand, expected and promised."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.stock.stock_move import OPEN

__all__ = ["ProductProductQuantities", "ProductTemplateQuantities"]

_NAMES = ("qty_available", "free_qty", "incoming_qty", "outgoing_qty", "virtual_available")


class ProductProductQuantities(models.Model):
    """Quantities below the locations of the warehouses, or below that of context key `location`."""

    _inherit = "product.product"

    @api.compute(*_NAMES)
    def _compute_quantities(self) -> None:
        places = self._places()
        for product in self:
            quants = (
                self.env["stock.quant"].sudo().search([("product_id", "=", product.id), ("location_id", "in", places)])
            )
            moves = self.env["stock.move"].sudo().search([("product_id", "=", product.id), ("state", "in", OPEN)])
            product.qty_available = sum(quants.mapped("quantity"))
            product.free_qty = product.qty_available - sum(quants.mapped("reserved_quantity"))
            inside = {move.id: (move.location_id.id in places, move.location_dest_id.id in places) for move in moves}
            product.incoming_qty = sum(m.product_qty for m in moves if inside[m.id] == (False, True))
            product.outgoing_qty = sum(m.product_qty for m in moves if inside[m.id] == (True, False))
            product.virtual_available = product.qty_available + product.incoming_qty - product.outgoing_qty

    @api.inverse("qty_available")
    def _inverse_qty_available(self) -> None:
        """Setting what is on hand counts it in the first warehouse."""
        warehouse = self.env["stock.warehouse"].sudo().search([("company_id", "=", self.env.company.id)], limit=1)
        for product in self:
            place = {"product_id": product.id, "location_id": warehouse.lot_stock_id.id}
            self.env["stock.quant"].create([{**place, "inventory_quantity_auto_apply": product.qty_available}])

    def _places(self) -> list[int]:
        """Ids of the locations that count."""
        locations = self.env["stock.location"].sudo()
        wanted = self.env.context.get("location")
        if wanted:
            roots = [wanted] if isinstance(wanted, int) else list(wanted)
            return list(locations.search([("id", "child_of", roots)]).ids)
        return list(locations.search([("usage", "=", "internal")]).ids)

    @api.search("qty_available")
    def _search_qty_available(self, operator: str, value: Any) -> list[Any]:
        return self._search_quantity("qty_available", operator, value)

    @api.search("virtual_available")
    def _search_virtual_available(self, operator: str, value: Any) -> list[Any]:
        return self._search_quantity("virtual_available", operator, value)

    @api.search("free_qty")
    def _search_free_qty(self, operator: str, value: Any) -> list[Any]:
        return self._search_quantity("free_qty", operator, value)

    @api.search("incoming_qty")
    def _search_incoming_qty(self, operator: str, value: Any) -> list[Any]:
        return self._search_quantity("incoming_qty", operator, value)

    @api.search("outgoing_qty")
    def _search_outgoing_qty(self, operator: str, value: Any) -> list[Any]:
        return self._search_quantity("outgoing_qty", operator, value)

    def _search_quantity(self, name: str, operator: str, value: Any) -> list[Any]:
        """Products with stock or moves are asked one by one; all others have 0."""
        moving = (
            self.env["stock.move"].sudo().search([]).product_id | self.env["stock.quant"].sudo().search([]).product_id
        )
        compare = _COMPARISONS.get(operator)
        if compare is None:
            return [("id", "in", [product.id for product in moving if product[name] in list(value)])]
        fitting = [product.id for product in moving.with_env(self.env) if compare(product[name], value)]
        return (
            [("id", "not in", (moving.browse(set(moving.ids) - set(fitting))).ids)]
            if compare(0.0, value)
            else [("id", "in", fitting)]
        )


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
    def _search_qty_available(self, operator: str, value: Any) -> list[Any]:
        domain = self.env["product.product"]._search_quantity("qty_available", operator, value)
        return [("product_variant_ids", "any", domain)]


_COMPARISONS = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
