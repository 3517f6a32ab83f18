"""Quants: how much of a product lies in a place."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.stock.stock_quant_places import WHERE
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["StockQuant"]

_COUNTED = ("inventory_quantity", "inventory_quantity_auto_apply")
_PLACE = ("product_id", *WHERE)
_COUNTABLE = {
    *_COUNTED,
    *_PLACE,
    "inventory_date",
    "inventory_diff_quantity",
    "inventory_quantity_set",
    "is_outdated",
    "user_id",
}
"""What may be given when products are counted."""


class StockQuant(models.Model):
    """One record per product, place and lot; a count waits until it is applied."""

    _inherit = "stock.quant"
    _columns_before = ("product_id",)

    def _compute_display_name(self) -> None:
        """`WH/Stock - LOT1 - PACK2 - Owner`: where it lies, and what sets it apart."""
        for quant in self:
            place, owner = quant.location_id.display_name, quant.owner_id.name
            quant.display_name = " - ".join(filter(None, (place, quant.lot_id.name, quant.package_id.name, owner)))

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

    @api.compute("is_outdated")
    @api.depends("inventory_quantity", "inventory_diff_quantity", "quantity", "product_id")
    def _compute_is_outdated(self) -> None:
        """Whether something has moved since the count."""
        for quant in self:
            counted = quant.inventory_quantity - quant.inventory_diff_quantity
            quant.is_outdated = (
                quant.inventory_quantity_set and quant.product_uom_id.compare(counted, quant.quantity) != 0
            )

    @api.search("is_outdated")
    def _search_is_outdated(self, operator: str, value: Any) -> list[Any]:
        counted = self.search([("inventory_quantity_set", "=", True)])
        return [("id", "in" if asks_yes(operator, value) else "not in", counted.filtered("is_outdated").ids)]

    @api.compute("sn_duplicated")
    def _compute_sn_duplicated(self) -> None:
        """Whether a serial number lies in several places."""
        for quant in self:
            inside = quant.lot_id.quant_ids.filtered(lambda each: each.location_id.usage in ("internal", "transit"))
            quant.sn_duplicated = quant.tracking == "serial" and len(inside) > 1

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

    @api.constrains("location_id")
    def _check_location_id(self) -> None:
        for quant in self:
            if quant.location_id.usage == "view":
                raise ValidationError(
                    'You cannot take products from or deliver products to a location of type "view"'
                    f" ({quant.location_id.name})."
                )

    @api.constrains("lot_id")
    def _check_lot_id(self) -> None:
        for quant in self:
            if quant.lot_id and quant.lot_id.product_id != quant.product_id:
                raise ValidationError(f"The Lot/Serial number ({quant.lot_id.name}) is linked to another product.")

    def check_quantity(self) -> None:
        """Raises ValidationError for a serial number of which there is more than one in a place and below."""
        for quant in self.filtered(lambda each: each.lot_id and each.tracking == "serial"):
            if quant.location_id.usage != "inventory" and abs(quant.quantity) > 1:
                raise ValidationError(
                    f"The serial number has already been assigned: \n Product: {quant.product_id.display_name},"
                    f" Serial Number: {quant.lot_id.name}"
                )

    def copy(self, default: Any = None) -> Self:
        """Refused: there is one quant per place."""
        raise UserError("You cannot duplicate stock quants.")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make quants; with `inventory_mode` in the context, count products in places, in the record there is."""
        quants = self.browse()
        for vals in vals_list:
            if self._is_counting() and any(name in vals for name in _COUNTED):
                quants |= self._counted(dict(vals))
            else:
                rest = {name: value for name, value in vals.items() if name != "inventory_quantity_auto_apply"}
                quants |= super().create([{**rest, "inventory_quantity_set": "inventory_quantity" in rest}])
        return quants

    def _is_counting(self) -> bool:
        return bool(self.env.context.get("inventory_mode")) and self.env.user.has_group("stock.group_stock_user")

    def _counted(self, vals: dict[str, Any]) -> Self:
        """The quant of a place, made where there is none, with the count that is given."""
        if not vals.keys() <= _COUNTABLE:
            raise UserError("Quant's creation is restricted, you can't do this operation.")
        at_once = "inventory_quantity_auto_apply" in vals
        quantity = next((value for name in reversed(_COUNTED) if (value := vals.pop(name, 0))), 0)
        product = self.env["product.product"].browse(vals["product_id"])
        links = {name: self[name].browse(vals.get(name) or []) for name in WHERE}
        found = self.sudo()._at_place(product, *links.values())
        quant = (found.filtered("lot_id") if links["lot_id"] else found)[:1] or models.Model.create(self.sudo(), [vals])
        quant._count(quantity)
        if at_once:
            quant.with_env(self.env).sudo().action_apply_inventory()
        else:
            given = vals.get("user_id", self.env.user.id)
            models.Model.write(quant, {"user_id": given, "inventory_date": self.env.clock.today()})
        return quant.with_env(self.env)

    def write(self, vals: dict[str, Any]) -> Any:
        """Set values; a count waits until it is applied."""
        if self._is_counting() and any(name in vals for name in _PLACE):
            if any(quant.location_id.usage == "inventory" for quant in self):
                return None
            raise UserError("Quant's editing is restricted, you can't do this operation.")
        rest = {name: value for name, value in vals.items() if name != "inventory_quantity_auto_apply"}
        if "inventory_quantity" in rest:
            rest = {"inventory_quantity_set": True, **rest}
        super().write(rest)
        if "inventory_quantity_auto_apply" in vals and self._is_counting():
            changed = self.filtered(lambda quant: quant.quantity != vals["inventory_quantity_auto_apply"])
            for quant in changed:
                quant._count(vals["inventory_quantity_auto_apply"])
            changed.action_apply_inventory()
        return True

    def _count(self, quantity: float) -> None:
        models.Model.write(self, {"inventory_quantity": quantity, "inventory_quantity_set": True})

    @api.model
    def name_create(self, name: str) -> Any:
        """Nothing: a quant is of a product and a place."""
        return False

    # ---------------------------------------------------------------- counting

    def action_apply_inventory(self) -> Any:
        """Make counts true; where something has moved since, the action that asks what is right."""
        if outdated := self.filtered("is_outdated"):
            context = {**self.env.context, "default_quant_ids": self.ids, "default_quant_to_fix_ids": outdated.ids}
            return {**_wizard("Conflict in Inventory Adjustment", "stock.inventory.conflict"), "context": context}
        self._apply_inventory()
        return None

    def _apply_inventory(self) -> None:
        """Let the differences move from or to the place of losses; waiting transfers get their share."""
        counts = self.sudo()
        models.Model.write(counts, {"inventory_quantity_set": True})
        vals = [quant._difference_vals(quant.inventory_diff_quantity) for quant in counts]
        moves = self.env["stock.move"].sudo().with_context(inventory_mode=False).create(vals)
        moves._action_done()
        counts.location_id.write({"last_inventory_date": self.env.clock.today()})
        for quant in counts:
            models.Model.write(quant, {"inventory_date": quant.location_id._next_count()})
        counts.action_clear_inventory_quantity()
        moves._arrived(moves)

    def _difference_vals(self, difference: float) -> dict[str, Any]:
        """Values of the move that makes a count true."""
        losses = self.product_id.with_company(self.company_id or self.env.company).property_stock_inventory
        none = self.package_id.browse()
        if difference > 0:
            return self._move_vals(difference, losses, self.location_id, none, self.package_id)
        return self._move_vals(-difference, self.location_id, losses, self.package_id, none)

    def _move_vals(self, quantity: float, source: Any, target: Any, package: Any, result: Any) -> dict[str, Any]:
        """Values of a move of so much of what lies here, done as soon as it is made."""
        move = {
            "product_id": self.product_id.id,
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": (self.company_id or self.env.company).id,
        }
        line = {
            **move,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": quantity,
            "lot_id": self.lot_id.id,
            "owner_id": self.owner_id.id,
            "package_id": package.id,
            "result_package_id": result.id,
        }
        return {
            **move,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "state": "confirmed",
            "restrict_partner_id": self.owner_id.id,
            "is_inventory": True,
            "inventory_name": self.env.context.get("inventory_name", False),
            "picked": True,
            "move_line_ids": [(0, 0, line)],
        }

    @api.private
    def move_quants(
        self, location_dest_id: Any = False, package_dest_id: Any = False, message: Any = False, unpack: bool = False
    ) -> None:
        """Move what lies here to another place, or into another package or out of its own."""
        vals = []
        for quant in self.with_context(inventory_name=message or "Quantity Relocated"):
            result = package_dest_id or (quant.package_id.browse() if unpack else quant.package_id)
            target = location_dest_id or quant.location_id
            vals.append(quant._move_vals(quant.quantity, quant.location_id, target, quant.package_id, result))
        self.env["stock.move"].create(vals)._action_done()

    def action_set_inventory_quantity(self) -> Any:
        """Count what should be there; where something was counted, the action that warns of it."""
        if self.filtered("inventory_quantity_set"):
            return self._warning("Quantities Already Set", "stock.inventory_warning_set_view")
        for quant in self:
            quant._count(quant.quantity)
        models.Model.write(self, {"user_id": self.env.user.id})
        return None

    def action_set_inventory_quantity_zero(self) -> None:
        """Count nothing, where nothing was counted."""
        for quant in self.filtered(lambda each: not each.inventory_quantity):
            quant._count(0)
        models.Model.write(self, {"user_id": self.env.user.id})

    def action_clear_inventory_quantity(self) -> None:
        """Forget the count."""
        models.Model.write(self, {"inventory_quantity": 0.0, "inventory_quantity_set": False, "user_id": False})

    def action_reset(self) -> dict[str, Any]:
        """The action that asks whether counts are to be forgotten."""
        return self._warning("Quantities To Reset", "stock.inventory_warning_reset_view")

    def action_apply_all(self) -> dict[str, Any]:
        """The action that asks for the reason of all counts of the context's domain, `active_domain`."""
        ids = self.search(self.env.context["active_domain"]).ids
        action = _wizard("Inventory Adjustment Reference / Reason", "stock.inventory.adjustment.name")
        action["views"] = [(self._view_id("stock.stock_inventory_adjustment_name_form_view"), "form")]
        del action["view_mode"]
        return {**action, "context": {**self.env.context, "default_quant_ids": ids}}

    def _warning(self, title: str, view: str) -> dict[str, Any]:
        id = self._view_id(view)
        shown = {"views": [(id, "form")], "view_id": id}
        context = {**self.env.context, "default_quant_ids": self.ids}
        return {**_wizard(title, "stock.inventory.warning"), **shown, "context": context}

    @api.model
    def _view_id(self, xmlid: str) -> Any:
        view = self.env.ref(xmlid, raise_if_not_found=False)
        return view.id if view else False


def _wizard(title: str, model: str) -> dict[str, Any]:
    return {
        "name": title,
        "type": "ir.actions.act_window",
        "view_mode": "form",
        "views": [(False, "form")],
        "res_model": model,
        "target": "new",
    }
