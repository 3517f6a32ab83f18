"""Moves of products between places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["StockMove"]

OPEN = ("confirmed", "waiting", "partially_available", "assigned")


class StockMove(models.Model):
    """Wanted, reserved, done."""

    _inherit = "stock.move"
    _columns_before = ("location_id",)

    def _compute_display_name(self) -> None:
        """`ORIGIN/CODE: From>To`."""
        for move in self:
            origin, code = move.picking_id.origin, move.product_id.code
            way = f"{move.location_id.name}>{move.location_dest_id.name}"
            move.display_name = f"{origin}/" * bool(origin) + f"{code}: " * bool(code) + way

    # ---------------------------------------------------------------- what it takes from its transfer

    @api.compute("location_id")
    @api.depends("picking_id.location_id")
    def _compute_location_id(self) -> None:
        for move in self:
            move.location_id = move.location_id or move.picking_id.location_id

    @api.compute("location_dest_id")
    @api.depends("picking_id.location_dest_id")
    def _compute_location_dest_id(self) -> None:
        for move in self:
            move.location_dest_id = move.location_dest_id or move.picking_id.location_dest_id

    @api.compute("picking_type_id")
    @api.depends("picking_id.picking_type_id")
    def _compute_picking_type_id(self) -> None:
        for move in self:
            move.picking_type_id = move.picking_id.picking_type_id or move.picking_type_id

    @api.compute("partner_id")
    @api.depends("picking_id.partner_id")
    def _compute_partner_id(self) -> None:
        for move in self:
            move.partner_id = move.picking_id.partner_id or move.partner_id

    @api.compute("product_uom")
    @api.depends("product_id")
    def _compute_product_uom(self) -> None:
        for move in self:
            move.product_uom = move.product_uom or move.product_id.uom_id

    @api.compute("product_qty")
    @api.depends("product_id", "product_uom", "product_uom_qty")
    def _compute_product_qty(self) -> None:
        for move in self:
            move.product_qty = move.product_uom._compute_quantity(move.product_uom_qty, move.product_id.uom_id)

    @api.compute("reference")
    @api.depends("picking_id.name", "is_inventory", "inventory_name")
    def _compute_reference(self) -> None:
        for move in self:
            move.reference = move.picking_id.name or move.inventory_name or False

    @api.compute("quantity")
    @api.depends("move_line_ids.quantity", "move_line_ids.product_uom_id")
    def _compute_quantity(self) -> None:
        for move in self:
            lines = move.move_line_ids
            move.quantity = sum(
                line.product_uom_id._compute_quantity(line.quantity, move.product_uom) for line in lines
            )

    @api.inverse("quantity")
    def _inverse_quantity(self) -> None:
        for move in self:
            move._set_quantity(move.quantity)

    def _set_quantity(self, quantity: float) -> None:
        """Take this much, all in the first line."""
        lines = self.move_line_ids
        self._free()
        if not quantity:
            lines.unlink()
        elif lines:
            lines[1:].unlink()
            lines[:1].write({"quantity": quantity, "picked": True})
        else:
            self.env["stock.move.line"].create([{**self._line_vals(), "quantity": quantity, "picked": True}])
        self._hold()

    @api.compute("packaging_uom_id")
    @api.depends("product_uom")
    def _compute_packaging_uom_id(self) -> None:
        for move in self:
            move.packaging_uom_id = move._ordered_unit()

    def _bound_for(self) -> Any:
        """Where the goods are to be in the end, of which this move may be a step only."""
        return self.location_final_id or self.location_dest_id

    def _ordered_unit(self) -> Any:
        """The unit in which the move was asked for."""
        return self.product_uom

    @api.compute("packaging_uom_qty")
    @api.depends("product_uom_qty", "packaging_uom_id")
    def _compute_packaging_uom_qty(self) -> None:
        for move in self:
            unit = move.packaging_uom_id
            move.packaging_uom_qty = move.product_uom._compute_quantity(move.product_uom_qty, unit) if unit else 0.0

    @api.compute("move_lines_count")
    def _compute_move_lines_count(self) -> None:
        for move in self:
            move.move_lines_count = len(move.move_line_ids)

    @api.compute("is_locked", "is_initial_demand_editable", "is_quantity_done_editable")
    def _compute_is_locked(self) -> None:
        for move in self:
            move.is_locked = move.picking_id.is_locked if move.picking_id else False
            move.is_initial_demand_editable = not move.picking_id.is_locked or move.state == "draft"
            move.is_quantity_done_editable = bool(move.product_id)

    @api.compute("allowed_uom_ids")
    def _compute_allowed_uom_ids(self) -> None:
        for move in self:
            vendors = move.product_id.sudo().seller_ids
            move.allowed_uom_ids = move.product_id.uom_id | move.product_id.uom_ids | vendors.product_uom_id

    @api.compute("picked")
    @api.depends("move_line_ids.picked", "state")
    def _compute_picked(self) -> None:
        for move in self:
            move.picked = move.state == "done" or any(move.move_line_ids.mapped("picked"))

    @api.compute("lot_ids")
    def _compute_lot_ids(self) -> None:
        for move in self:
            move.lot_ids = move.move_line_ids.lot_id

    @api.compute("availability", "forecast_availability")
    def _compute_availability(self) -> None:
        for move in self:
            free = sum(free for _quant, free in self.env["stock.quant"]._available(move.product_id, move.location_id))
            done = move.state == "done"
            move.availability = move.product_qty if done else min(move.product_qty, free)
            short = move.quantity - move.product_uom_qty
            move.forecast_availability = move.product_qty if done or short >= 0 else short + free

    # ---------------------------------------------------------------- the flow

    def _action_confirm(self) -> Self:
        """Turn drafts into wanted moves."""
        self.filtered(lambda move: move.state == "draft").write({"state": "confirmed"})
        return self

    def _action_assign(self) -> None:
        """Reserve what can be taken."""
        for move in self.filtered(lambda each: each.state in OPEN):
            move._reserve()

    def _reserve(self) -> None:
        missing = self.product_uom_qty - self.quantity
        for place, lot, amount in self._sources(missing):
            vals = {
                **self._line_vals(),
                "quantity": amount,
                "location_id": place.id,
                "lot_id": lot.id if lot else False,
            }
            self.env["stock.move.line"].create([vals])
            if not self._is_free_to_take():
                self.env["stock.quant"]._change(self.product_id, place, lot, reserved=amount)
        self._set_state()

    def _sources(self, missing: float) -> list[tuple[Any, Any, float]]:
        """(place, lot, quantity) to take the missing quantity from."""
        if missing <= 0:
            return []
        if self._is_free_to_take():
            serial = self.product_id.tracking == "serial" and self.location_id._is_endless()
            return [(self.location_id, None, 1.0)] * int(missing) if serial else [(self.location_id, None, missing)]
        found = []
        for quant, free in self.env["stock.quant"]._available(self.product_id, self.location_id):
            amount = min(free, missing)
            if amount > 0:
                found.append((quant.location_id, quant.lot_id, amount))
                missing -= amount
        return found

    def _is_free_to_take(self) -> bool:
        return not self.product_id.is_storable or self.location_id._is_endless()

    def _set_state(self) -> None:
        if self.quantity >= self.product_uom_qty:
            self.state = "assigned"
        else:
            self.state = "partially_available" if self.quantity > 0 else "confirmed"

    def _line_vals(self) -> dict[str, Any]:
        return {
            "move_id": self.id,
            "picking_id": self.picking_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom.id,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "company_id": self.company_id.id,
        }

    def _hold(self) -> None:
        self._change_reserved(1)

    def _free(self) -> None:
        self._change_reserved(-1)

    def _change_reserved(self, sign: int) -> None:
        if self.state in OPEN and not self._is_free_to_take():
            for line in self.move_line_ids:
                amount = sign * line.quantity_product_uom
                self.env["stock.quant"]._change(self.product_id, line.location_id, line.lot_id, reserved=amount)

    def _do_unreserve(self) -> None:
        """Give back what was reserved."""
        for move in self.filtered(lambda each: each.state in OPEN):
            move._free()
            move.move_line_ids.unlink()
            move.state = "confirmed"

    def _action_done(self) -> None:
        """Carry out what was taken."""
        for move in self.filtered(lambda each: each.state not in ("done", "cancel")):
            move._free()
            for line in move.move_line_ids:
                move._carry(line)
            move.write({"state": "done", "date": self.env.transaction.now.replace(microsecond=0)})
            move.move_line_ids.write({"picked": True})
            move._push_on()

    def _carry(self, line: Any) -> None:
        if not self.product_id.is_storable and not self.is_inventory:
            return
        quants, amount = self.env["stock.quant"], line.quantity_product_uom
        lot = line._lot()
        quants._change(self.product_id, line.location_id, lot, quantity=-amount)
        quants._change(self.product_id, line.location_dest_id, lot, quantity=amount)

    def _record_done(self, lot: Any = None) -> None:
        """Carry out the whole move at once."""
        for move in self:
            line = {**move._line_vals(), "quantity": move.product_uom_qty, "lot_id": lot.id if lot else False}
            self.env["stock.move.line"].create([line])
            move._action_done()

    def _action_cancel(self) -> bool:
        """Cancel moves that are not done; raises UserError for one that is."""
        if any(move.state == "done" for move in self):
            raise UserError(
                "You cannot cancel a stock move that has been set to 'Done'. Create a return in order to reverse the"
                " moves which took place."
            )
        self._do_unreserve()
        self.move_line_ids.unlink()
        return self.write({"state": "cancel"})

    def _want_more(self, quantity: float, new: Callable[[], dict[str, Any]]) -> None:
        """So much more is wanted, in the product's unit: of the first of these, else of a `new` one of such values."""
        move = self[:1]
        if move:
            move.write({"product_uom_qty": move.product_uom_qty + quantity})
        else:
            move = self.create([new()])
            move._action_confirm()
        move._action_assign()

    def _want_less(self, quantity: float) -> None:
        """Less is wanted, by so much in the product's unit: what is not done yet shrinks."""
        for move in self.filtered(lambda each: each.state not in ("done", "cancel")):
            less = min(quantity, move.product_uom_qty)
            move._do_unreserve()
            move.write({"product_uom_qty": move.product_uom_qty - less})
            move._action_assign()
            quantity -= less

    @api.model
    def _assign_waiting(self, products: Any) -> None:
        """Reserve for the moves that wait for products, oldest first."""
        domain = [("product_id", "in", products.ids), ("state", "in", ["confirmed", "partially_available"])]
        self.search(domain, order="priority desc, date, id")._action_assign()

    def _split_rest(self) -> dict[str, Any] | None:
        """What is left to do, as values of a move; this one is content with what was taken."""
        rest = self.product_uom_qty - self.quantity
        if rest <= 0:
            return None
        vals: dict[str, Any] = self.copy_data({"product_uom_qty": rest, "move_line_ids": []})[0]
        self.write({"product_uom_qty": self.quantity})
        return {**vals, "sale_line_id": self.sale_line_id.id, "purchase_line_id": self.purchase_line_id.id}


class StockMoveLineLots(models.Model):
    """Lots of lines."""

    _inherit = "stock.move.line"

    def _lot(self) -> Any:
        """The lot of the line; one that is only named is made."""
        if not self["lot_id"] and self.lot_name:
            lots = self.env["stock.lot"].sudo()
            known = lots.search([("name", "=", self.lot_name), ("product_id", "=", self.product_id.id)], limit=1)
            self["lot_id"] = known or lots.create([{"name": self.lot_name, "product_id": self.product_id.id}])
        return self["lot_id"]
