"""Moves of products between places."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import SUPERUSER

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
    @api.depends("picking_id.name", "scrap_id.name", "location_dest_usage", "is_inventory", "inventory_name")
    def _compute_reference(self) -> None:
        for move in self:
            if move.scrap_id and move.location_dest_usage == "inventory":
                move.reference = move.scrap_id.name
            else:
                move.reference = move._count_name() if move.is_inventory else move.picking_id.name

    def _count_name(self) -> str:
        """What a move is called that makes a count true."""
        if self.inventory_name:
            return str(self.inventory_name)
        name, by = "Product Quantity Updated" if self.quantity else "Product Quantity Confirmed", self.create_uid
        return f"{name} ({by.display_name})" if by and by.id != SUPERUSER else name

    @api.compute("quantity")
    @api.depends("move_line_ids.quantity", "move_line_ids.product_uom_id")
    def _compute_quantity(self) -> None:
        for move in self:
            move.quantity = move._taken()

    def _taken(self, lines: Any = None) -> float:
        """What the lines take, or these of them, in the unit of the move."""
        each = self.move_line_ids if lines is None else lines
        return sum(line.product_uom_id._compute_quantity(line.quantity, self.product_uom) for line in each)

    @api.inverse("quantity")
    def _inverse_quantity(self) -> None:
        for move in self:
            if move.product_uom.round(move.quantity) != move.quantity:
                raise UserError(
                    f"\nThe quantity done for the product {move.product_id.display_name} doesn't respect the rounding"
                    " precision defined on the system.\nPlease change the quantity done or the rounding precision in"
                    " your settings."
                )
            more = move.product_uom.round(move.quantity - move._taken())
            if more > 0:
                move._take_more(more)
            elif more < 0:
                move._take_less(-more)

    def _take_more(self, quantity: float) -> None:
        """Take so much more, without asking whether it is there: in a new line, of serial numbers one for each."""
        vals = self._line_vals()
        if self.product_id.tracking == "serial":
            unit = self.product_id.uom_id
            count = int(self.product_uom._compute_quantity(quantity, unit))
            new = [{**vals, "product_uom_id": unit.id, "quantity": 1.0}] * count
        else:
            new = [{**vals, "quantity": quantity}]
        self.env["stock.move.line"].create(new)

    def _take_less(self, quantity: float) -> None:
        """Take so much less; what was taken last is given back first."""
        for line in self.move_line_ids.sorted("id", reverse=True):
            less = min(line.quantity, self.product_uom._compute_quantity(quantity, line.product_uom_id))
            if less <= 0:
                continue
            quantity -= line.product_uom_id._compute_quantity(less, self.product_uom)
            if less == line.quantity and line.state not in ("done", "cancel"):
                line.unlink()
            else:
                line.quantity -= less

    @api.inverse("product_qty")
    def _inverse_product_qty(self) -> None:
        raise UserError(
            "The requested operation cannot be processed because of a programming error setting the `product_qty` field"
            " instead of the `product_uom_qty`."
        )

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
            lines = move.move_line_ids
            known = any(lines.mapped("picked")) if lines else move.picked
            move.picked = move.state == "done" or known

    @api.inverse("picked")
    def _inverse_picked(self) -> None:
        for move in self:
            move.move_line_ids.write({"picked": move.picked})

    @api.compute("priority")
    @api.depends("picking_id.priority")
    def _compute_priority(self) -> None:
        for move in self:
            move.priority = move.picking_id.priority or "0"

    @api.compute("lot_ids")
    def _compute_lot_ids(self) -> None:
        for move in self:
            move.lot_ids = move.move_line_ids.lot_id

    @api.compute("availability", "forecast_availability")
    def _compute_availability(self) -> None:
        for move in self:
            free = self.env["stock.quant"]._free(move.product_id, move.location_id)
            done = move.state == "done"
            move.availability = move.product_qty if done else min(move.product_qty, free)
            short = move.quantity - move.product_uom_qty
            move.forecast_availability = move.product_qty if done or short >= 0 else short + free

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make moves; those of a transfer that is done are done."""
        return super().create([self._of_state(vals) for vals in vals_list])

    def _of_state(self, vals: dict[str, Any]) -> dict[str, Any]:
        transfer = self.env["stock.picking"].browse(vals.get("picking_id") or [])
        if transfer.state == "done":
            vals = {**vals, "state": "done"}
        if vals.get("quantity") or vals.get("move_line_ids"):
            vals = {name: value for name, value in vals.items() if name != "lot_ids"}
        return {**vals, "picked": True} if vals.get("state") == "done" else vals

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a new demand, source or predecessor changes what is reserved."""
        if "quantity" in vals and any(move.state == "cancel" for move in self):
            raise UserError("You cannot change a cancelled stock move, create a new line instead.")
        if "product_uom" in vals and any(move.state == "done" for move in self):
            raise UserError("You cannot change the UoM for a stock move that has been set to 'Done'.")
        again, states = (
            self._before_demand(vals["product_uom_qty"]) if "product_uom_qty" in vals else (self[:0], self[:0])
        )
        if "move_orig_ids" in vals:
            states |= self.filtered(lambda move: move.state in OPEN)
        moved = self.filtered(lambda move: move.location_id.id != vals["location_id"]) if "location_id" in vals else ()
        super().write(vals)
        states._recompute_state()
        for move in moved:
            if outside := move._lines_elsewhere():
                move.write({"procure_method": "make_to_stock", "move_orig_ids": [(5,)]})
                outside.unlink()
                again |= move
        again._action_assign()
        return True

    def _lines_elsewhere(self) -> Any:
        """The lines that take from places outside the move's source."""
        return self.move_line_ids.filtered(lambda line: not line.location_id._is_within(self.location_id))

    def _before_demand(self, quantity: float) -> tuple[Self, Self]:
        """Give back what a new demand makes too much; answers moves to reserve again, and those whose state follows."""
        if self.env.context.get("do_not_unreserve") is not None:
            return self[:0], self[:0]
        more = self.filtered(lambda move: move.state in OPEN and move.quantity > quantity)
        more._do_unreserve()
        kept = self - more
        kept.filtered(lambda move: move.state == "assigned").write({"state": "partially_available"})
        again = more.filtered(lambda move: move.location_id.usage == "supplier")
        again |= kept.filtered(
            lambda move: move.location_id.usage == "supplier" and move.state in ("partially_available", "assigned")
        )
        return again, self - more - again

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft_or_cancel(self) -> None:
        linked = self.filtered(lambda move: move.move_orig_ids or move.move_dest_ids)
        if any(move.state not in ("draft", "cancel") for move in linked):
            raise UserError("You can not delete moves linked to another operation")

    def unlink(self) -> bool:
        """Delete moves with their lines; raises UserError for lines that are done."""
        self.move_line_ids.unlink()
        return super().unlink()

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
