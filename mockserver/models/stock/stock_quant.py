"""Quants: how much of a product lies in a place."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["StockQuant"]

_COUNTED = ("inventory_quantity", "inventory_quantity_auto_apply")
_PLACE = ("product_id", "location_id", "lot_id", "package_id", "owner_id")


class StockQuant(models.Model):
    """One record per product, place and lot; a count waits until it is applied."""

    _inherit = "stock.quant"
    _columns_before = ("product_id",)

    def _compute_display_name(self) -> None:
        """`WH/Stock - LOT1 - PACK2 - Owner`: where it lies, and what sets it apart."""
        for quant in self:
            place, owner = quant.location_id.display_name, quant.owner_id.name
            quant.display_name = " - ".join(
                filter(None, (place, quant.lot_id.name, quant.package_id.display_name, owner))
            )

    @api.compute("available_quantity")
    def _compute_available_quantity(self) -> None:
        for quant in self:
            quant.available_quantity = quant.quantity - quant.reserved_quantity

    @api.compute("inventory_quantity_auto_apply")
    def _compute_inventory_quantity_auto_apply(self) -> None:
        for quant in self:
            quant.inventory_quantity_auto_apply = quant.quantity

    @api.compute("inventory_diff_quantity")
    @api.depends("inventory_quantity", "inventory_quantity_set")
    def _compute_inventory_diff_quantity(self) -> None:
        for quant in self:
            counted = quant.inventory_quantity_set
            quant.inventory_diff_quantity = quant.inventory_quantity - quant.quantity if counted else 0.0

    @api.compute("inventory_date")
    @api.depends("location_id")
    def _compute_inventory_date(self) -> None:
        for quant in self:
            quant.inventory_date = quant.location_id._next_count()

    @api.compute("last_count_date")
    def _compute_last_count_date(self) -> None:
        lines = self.env["stock.move.line"].sudo()
        for quant in self:
            place = quant.location_id.id
            found = lines.search(
                [
                    ("state", "=", "done"),
                    ("is_inventory", "=", True),
                    ("product_id", "=", quant.product_id.id),
                    ("lot_id", "=", quant.lot_id.id),
                    "|",
                    ("location_id", "=", place),
                    ("location_dest_id", "=", place),
                ],
                order="date DESC",
                limit=1,
            )
            quant.last_count_date = found.date.date() if found else False

    @api.compute("on_hand")
    def _compute_on_hand(self) -> None:
        for quant in self:
            quant.on_hand = quant.location_id.usage in ("internal", "transit")

    @api.search("on_hand")
    def _search_on_hand(self, operator: str, value: Any) -> list[Any]:
        return [("location_id.usage", "in" if asks_yes(operator, value) else "not in", ["internal", "transit"])]

    @api.compute("cost_method")
    def _compute_cost_method(self) -> None:
        for quant in self:
            quant.cost_method = quant.product_id.categ_id.property_cost_method or self.env.company.cost_method

    @api.compute("value")
    def _compute_value(self) -> None:
        """At the product's cost, of what is the company's own and inside."""
        for quant in self:
            own = quant.location_id.usage in ("internal", "transit") and not quant.owner_id
            product = quant.product_id.with_company(quant.company_id).sudo()
            quant.value = quant.quantity * product.standard_price if own else 0.0

    @api.constrains("product_id")
    def _check_product_id(self) -> None:
        if any(not quant.product_id.is_storable for quant in self):
            raise ValidationError("Quants cannot be created for consumables or services.")

    @api.constrains("quantity", "lot_id")
    def _check_serial(self) -> None:
        for quant in self.filtered(lambda each: each.lot_id and each.product_id.tracking == "serial"):
            if quant.location_id.usage == "internal" and quant.quantity > 1:
                raise ValidationError(
                    f"The serial number has already been assigned: \n Product: {quant.product_id.display_name},"
                    f" Serial Number: {quant.lot_id.name}"
                )

    def copy(self, default: Any = None) -> Self:
        """Refused: there is one quant per place."""
        raise UserError("You cannot duplicate stock quants.")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Count products in places; the record of a place that has one already is taken."""
        quants = self.browse()
        for vals in vals_list:
            counted = next((vals[name] for name in _COUNTED if name in vals), None)
            rest = {name: value for name, value in vals.items() if name not in _COUNTED}
            quant = self._at({**vals, "product_id": vals["product_id"]}) if counted is not None else self.browse()
            quant = quant or super().create([rest])
            if counted is not None:
                quant._count(counted)
                if "inventory_quantity_auto_apply" in vals:
                    quant.action_apply_inventory()
            quants |= quant
        return quants

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a count waits until it is applied."""
        if self.env.context.get("inventory_mode") and any(name in vals for name in _PLACE):
            raise UserError("Quant's editing is restricted, you can't do this operation.")
        rest = {name: value for name, value in vals.items() if name not in _COUNTED}
        super().write(rest)
        for name in _COUNTED:
            if name in vals:
                for quant in self:
                    quant._count(vals[name])
        if "inventory_quantity_auto_apply" in vals:
            self.action_apply_inventory()
        return True

    def _count(self, quantity: float) -> None:
        super().write({"inventory_quantity": quantity, "inventory_quantity_set": True})

    @api.model
    def _at(self, place: dict[str, Any]) -> Self:
        """The quant of a product in a place, by the values of those fields."""
        return self.sudo().search([(name, "=", place.get(name) or False) for name in _PLACE], limit=1).sudo(self.env.su)

    # ---------------------------------------------------------------- counting

    def action_apply_inventory(self) -> None:
        """Make counts true: the difference moves from or to the place of losses; waiting transfers get their share."""
        for quant in self.sudo():
            difference = quant.inventory_quantity - quant.quantity
            quant._move_difference(difference)
            quant.write({"inventory_quantity_set": False, "user_id": False})
            models.Model.write(quant, {"inventory_quantity": 0.0})
        self.env["stock.move"].sudo()._assign_waiting(self.product_id)

    def _move_difference(self, difference: float) -> None:
        if not difference:
            return
        losses = self.product_id.with_company(self.env.company).property_stock_inventory
        source, target = (losses, self.location_id) if difference > 0 else (self.location_id, losses)
        self.env["stock.move"].create(
            [
                {
                    "product_id": self.product_id.id,
                    "product_uom": self.product_id.uom_id.id,
                    "product_uom_qty": abs(difference),
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "is_inventory": True,
                    "inventory_name": "Product Quantity Updated",
                }
            ]
        )._record_done(self.lot_id)

    def action_set_inventory_quantity(self) -> None:
        """Count what should be there."""
        for quant in self:
            quant._count(quant.quantity)

    def action_set_inventory_quantity_zero(self) -> None:
        """Count nothing."""
        for quant in self:
            quant._count(0)

    def action_clear_inventory_quantity(self) -> None:
        """Forget the count."""
        models.Model.write(self, {"inventory_quantity": 0.0, "inventory_quantity_set": False})

    # ---------------------------------------------------------------- moving

    @api.model
    def _change(self, product: Any, location: Any, lot: Any, quantity: float = 0.0, reserved: float = 0.0) -> None:
        """Add to what lies, and is reserved, in a place."""
        if not product.is_storable and quantity == 0:
            return
        place = {"product_id": product.id, "location_id": location.id, "lot_id": lot.id if lot else False}
        quant = self.sudo()._at(place) or models.Model.create(self.sudo(), [{**place, "quantity": 0.0}])
        models.Model.write(
            quant, {"quantity": quant.quantity + quantity, "reserved_quantity": quant.reserved_quantity + reserved}
        )

    @api.model
    def _available(self, product: Any, location: Any) -> list[tuple[Any, float]]:
        """(quant, free quantity) of what can be taken below a location, oldest first."""
        domain = [("product_id", "=", product.id), ("location_id", "child_of", location.id)]
        quants = self.sudo().search(domain, order="in_date, id")
        return [(quant, free) for quant in quants if (free := quant.quantity - quant.reserved_quantity) > 0]
