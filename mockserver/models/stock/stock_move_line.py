"""Lines of moves: what is taken from where, of which lot, out of and into which package."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.stock.stock_quant_places import WHERE

__all__ = ["StockMoveLine"]

_MOVED = (*WHERE, "location_dest_id", "result_package_id", "product_uom_id")
"""What changes the quants when it is set on a line."""


class StockMoveLine(models.Model):
    """Takes product and places from its move; what it takes is reserved until it is done."""

    _inherit = "stock.move.line"
    _columns_before = ("location_id",)

    @api.compute("location_id")
    @api.depends("move_id")
    def _compute_location_id(self) -> None:
        for line in self:
            line.location_id = line.location_id or line.move_id.location_id or line.picking_id.location_id

    @api.compute("picking_type_id")
    def _compute_picking_type_id(self) -> None:
        for line in self:
            line.picking_type_id = line.picking_id.picking_type_id

    @api.search("picking_type_id")
    def _search_picking_type_id(self, operator: str, value: Any) -> list[Any]:
        return [("picking_id.picking_type_id", operator, value)]

    @api.compute("lots_visible")
    def _compute_lots_visible(self) -> None:
        for line in self:
            kind = line.picking_id.picking_type_id
            asked = kind.use_existing_lots or kind.use_create_lots if kind else True
            line.lots_visible = asked and line.tracking not in (False, "none")

    @api.compute("allowed_uom_ids")
    def _compute_allowed_uom_ids(self) -> None:
        for line in self:
            vendors = line.product_id.sudo().seller_ids
            line.allowed_uom_ids = line.product_id.uom_id | line.product_id.uom_ids | vendors.product_uom_id

    @api.compute("location_dest_id")
    @api.depends("move_id")
    def _compute_location_dest_id(self) -> None:
        for line in self:
            known = line.location_dest_id or line.move_id.location_dest_id
            line.location_dest_id = known or line.picking_id.location_dest_id

    @api.compute("product_uom_id")
    @api.depends("move_id.product_uom", "product_id.uom_id")
    def _compute_product_uom_id(self) -> None:
        for line in self:
            line.product_uom_id = line.product_uom_id or line.move_id.product_uom or line.product_id.uom_id

    @api.compute("quantity_product_uom")
    @api.depends("quantity", "product_uom_id")
    def _compute_quantity_product_uom(self) -> None:
        for line in self:
            line.quantity_product_uom = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)

    @api.compute("picked")
    @api.depends("state")
    def _compute_picked(self) -> None:
        for line in self:
            line.picked = line.picked or line.state == "done"

    @api.constrains("lot_id", "product_id")
    def _check_lot_product(self) -> None:
        for line in self:
            if line.lot_id and line.lot_id.sudo().product_id != line.product_id:
                raise ValidationError(
                    f"This lot {line.lot_id.name} is incompatible with this product {line.product_id.display_name}"
                )

    @api.constrains("quantity")
    def _check_positive_quantity(self) -> None:
        if any(line.quantity < 0 for line in self):
            raise ValidationError("You can not enter negative quantities.")

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make lines and reserve what they take; a line of a transfer finds its move there, or gets one made."""
        lines = super().create([self._completed(vals) for vals in vals_list])
        for line in lines.filtered(lambda each: each.picking_id and not each.move_id):
            line._find_move()
        waiting = lines.filtered(lambda line: line.state != "done")
        for line in waiting:
            line._reserve()
        waiting.filtered(lambda line: line.quantity and line.move_id and line._is_held()).move_id._recompute_state()
        done = lines - waiting
        for line in done:
            line._carry()
        done.move_id.move_dest_ids._reserve_anew()
        return lines

    def _completed(self, vals: dict[str, Any]) -> dict[str, Any]:
        move = self.env["stock.move"].browse(vals.get("move_id") or [])
        known: dict[str, Any] = {}
        if move:
            known = {"company_id": move.company_id.id}
            vals = {"picked": move.picked, **vals}
        elif vals.get("picking_id"):
            known = {"company_id": self.env["stock.picking"].browse(vals["picking_id"]).company_id.id}
        return {**vals, **self._of_quant(vals.get("quant_id")), **known}

    def _of_quant(self, id: Any) -> dict[str, Any]:
        """Where a chosen quant lies, as values of the line that takes from it."""
        quant = self.env["stock.quant"].browse(id or [])
        return {name: quant[name].id for name in ("product_id", *WHERE)} if quant else {}

    def _find_move(self) -> None:
        """Belong to the transfer's move of the product, first to one that is short of it; else to a new one."""
        moves = self.picking_id.move_ids.filtered(lambda move: move.product_id == self.product_id)
        if self.picking_id.state == "done" or not moves:
            self.move_id = self.env["stock.move"].create([self._move_vals()])
        else:
            short = moves.filtered(lambda move: move.quantity < move.product_qty)
            move = (short or moves)[0]
            self.write({"move_id": move.id, "picked": move.picked or self.picked})

    def _move_vals(self) -> dict[str, Any]:
        transfer = self.picking_id
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity if transfer.state == "done" else 0,
            "product_uom": self.product_uom_id.id,
            "location_id": transfer.location_id.id,
            "location_dest_id": transfer.location_dest_id.id,
            "picked": self.picked,
            "picking_id": transfer.id,
            "state": transfer.state,
            "picking_type_id": transfer.picking_type_id.id,
            "restrict_partner_id": transfer.owner_id.id,
            "company_id": transfer.company_id.id,
            "partner_id": transfer.partner_id.id,
        }

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; what is reserved, or was moved, follows."""
        vals = {**vals, **self._of_quant(vals.get("quant_id"))}
        if any(
            "product_id" in vals and line.state != "draft" and line.product_id.id != vals["product_id"] for line in self
        ):
            raise UserError("Changing the product is only allowed in 'Draft' state.")
        if "lot_id" in vals and len(self.product_id) > 1:
            raise UserError("Changing the Lot/Serial number for move lines with different products is not allowed.")
        if "quantity" not in vals and vals.keys().isdisjoint(_MOVED):
            return bool(super().write(vals))
        storable = self.filtered(lambda line: line.product_id.is_storable)
        done = storable.filtered(lambda line: line.state == "done")
        open_ones = storable - done
        if (vals.get("quantity") or 0) < 0 and open_ones:
            raise UserError("Reserving a negative quantity is not allowed.")
        for line in open_ones:
            line._release()
        for line in done:
            line._carry(back=True)
        super().write(vals)
        for line in open_ones:
            line._reserve()
        for line in done:
            line._carry()
        if "quantity" in vals or "product_uom_id" in vals:
            open_ones.move_id._recompute_state()
        done.move_id.move_dest_ids._reserve_anew()
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done_or_cancel(self) -> None:
        if any(line.state in ("done", "cancel") for line in self):
            raise UserError(
                "Deleting product moves after the transfer is done?\n\nThat would be like going back in time to revert"
                " all operations triggered after this move. Who knows what the end result would be, So let's not do"
                " it.\n\nTry changing the “done” quantity to 0 instead."
            )

    def unlink(self) -> bool:
        """Delete lines, and give back what they had reserved."""
        self._unlink_except_done_or_cancel()
        for line in self.filtered("move_id"):
            line._release()
        moves = self.move_id
        done = super().unlink()
        moves._recompute_state()
        return done

    # ---------------------------------------------------------------- quants

    def _is_held(self) -> bool:
        """Whether what the line takes is reserved for it: it is stored, and lies where it has an end."""
        return bool(self.product_id.is_storable and not self.location_id._is_endless())

    def _whereabouts(self, location: str, package: str) -> dict[str, Any]:
        """Which quant it is at one of the ends of the line, as arguments of its change."""
        return {
            "product": self.product_id,
            "location": self[location],
            "lot": self.lot_id,
            "package": self[package],
            "owner": self.owner_id,
        }

    def _reserve(self) -> None:
        self._change_reserved(self.quantity_product_uom)

    def _release(self) -> None:
        self._change_reserved(-self.quantity_product_uom)

    def _change_reserved(self, quantity: float) -> None:
        if quantity and self._is_held():
            self.env["stock.quant"]._change(**self._whereabouts("location_id", "package_id"), reserved=quantity)

    def _carry(self, back: bool = False) -> None:
        """Move what the line takes from the one place to the other, or back; others lose what is no longer there."""
        quantity = -self.quantity_product_uom if back else self.quantity_product_uom
        if not self.product_id.is_storable or not quantity:
            return
        quants, source = self.env["stock.quant"], self._whereabouts("location_id", "package_id")
        target = self._whereabouts("location_dest_id", "result_package_id")
        left, since = quants._change(**source, quantity=-quantity)
        quants._change(**target, quantity=quantity, since=since)
        if left < 0 and not back:
            self._take_from_others(-left)

    def _take_from_others(self, quantity: float) -> None:
        """Give back what other moves had reserved of goods that are gone, the latest first."""
        if not self._is_held():
            return
        domain = [("state", "not in", ["done", "cancel"]), ("product_id", "=", self.product_id.id)]
        domain += [(name, "=", self[name].id) for name in WHERE]
        others = self.search([*domain, ("picked", "=", False), ("id", "not in", self.ids)])
        own = self.move_id.picking_id
        for line in others.sorted(lambda each: (each.picking_id == own, each.move_id.date, each.id), reverse=True):
            if quantity <= 0:
                break
            move, taken = line.move_id, min(quantity, line.quantity_product_uom)
            quantity -= taken
            if taken == line.quantity_product_uom:
                line.unlink()
            else:
                line.quantity -= line.product_id.uom_id._compute_quantity(taken, line.product_uom_id)
            move._action_assign()

    # ---------------------------------------------------------------- doing

    def _action_done(self) -> None:
        """Move what these lines take; raises UserError for tracked products without a lot."""
        nothing = self.filtered(lambda line: not line.quantity and not line.is_inventory)
        lines = self - nothing
        lines._find_lots()
        nothing.unlink()
        for line in lines:
            line._release()
            line._carry()
        models.Model.write(lines, {"date": self.env.transaction.now.replace(microsecond=0)})

    def _find_lots(self) -> None:
        """Take the lots that are named, making those that are not there; raises UserError where one is missing."""
        tracked = self.filtered(lambda line: line.product_id.tracking != "none" and not line.lot_id)
        without = tracked.filtered(lambda line: line._needs_lot() and not line._is_named())
        if without:
            names = "\n".join(f"- {name}" for name in without.product_id.mapped("display_name"))
            raise UserError(f"You need to supply a Lot/Serial Number for product:\n{names}")
        for line in tracked.filtered(lambda line: line._is_named()):
            line._name_lot()

    def _needs_lot(self) -> bool:
        kind = self.move_id.picking_type_id
        if not kind:
            return not (self.is_inventory or self.move_id.scrap_id)
        return bool(kind.use_create_lots or kind.use_existing_lots)

    def _is_named(self) -> bool:
        return bool(self.lot_name and self.move_id.picking_type_id.use_create_lots)

    def _name_lot(self) -> None:
        lots, company = self.env["stock.lot"].sudo(), self.company_id.id
        domain = [("name", "=", self.lot_name), ("product_id", "=", self.product_id.id)]
        known = lots.search([*domain, ("company_id", "in", [company, False])], limit=1)
        self["lot_id"] = known or lots.create([{"name": self.lot_name, "product_id": self.product_id.id}])
