"""Transfers: receipts, deliveries and what is between them."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["StockPicking"]


class StockPicking(models.Model):
    """Moves that are done together."""

    _inherit = "stock.picking"
    _columns_before = ("location_id",)

    @api.compute("location_id")
    @api.depends("picking_type_id", "partner_id")
    def _compute_location_id(self) -> None:
        for picking in self:
            picking.location_id = picking.location_id or picking.picking_type_id.default_location_src_id

    @api.compute("location_dest_id")
    @api.depends("picking_type_id", "partner_id")
    def _compute_location_dest_id(self) -> None:
        for picking in self:
            picking.location_dest_id = picking.location_dest_id or picking.picking_type_id.default_location_dest_id

    @api.compute("move_type")
    @api.depends("picking_type_id")
    def _compute_move_type(self) -> None:
        for picking in self:
            picking.move_type = picking.move_type or picking.picking_type_id.move_type or "direct"

    @api.compute("scheduled_date")
    @api.depends("move_ids.date", "move_ids.state")
    def _compute_scheduled_date(self) -> None:
        for picking in self:
            dates = [move.date for move in picking.move_ids if move.state not in ("done", "cancel") and move.date]
            picking.scheduled_date = min(dates, default=picking.scheduled_date or self.env.transaction.now)

    @api.compute("date_deadline")
    @api.depends("move_ids.date_deadline", "move_type")
    def _compute_date_deadline(self) -> None:
        for picking in self:
            dates = [move.date_deadline for move in picking.move_ids if move.date_deadline]
            picking.date_deadline = (min if picking.move_type == "direct" else max)(dates, default=False)

    @api.compute("has_tracking")
    def _compute_has_tracking(self) -> None:
        for picking in self:
            picking.has_tracking = any(move.has_tracking != "none" for move in picking.move_ids)

    @api.compute("has_scrap_move")
    def _compute_has_scrap_move(self) -> None:
        for picking in self:
            picking.has_scrap_move = any(move.location_dest_usage == "inventory" for move in picking.move_ids)

    @api.compute("return_count")
    def _compute_return_count(self) -> None:
        for picking in self:
            picking.return_count = len(picking.return_ids)

    @api.compute("is_signed")
    def _compute_is_signed(self) -> None:
        for picking in self:
            picking.is_signed = bool(picking.signature)

    @api.compute("sale_id")
    @api.depends("move_ids.sale_line_id.order_id")
    def _compute_sale_id(self) -> None:
        for picking in self:
            picking.sale_id = picking.move_ids.sale_line_id.order_id[:1] or picking.sale_id

    @api.compute("state")
    @api.depends("move_type", "move_ids.state", "move_ids.picking_id")
    def _compute_state(self) -> None:
        for picking in self:
            picking.state = _state(picking.move_ids.mapped("state"), picking.move_type == "one")

    @api.compute("show_check_availability")
    def _compute_show_check_availability(self) -> None:
        for picking in self:
            waiting = ("confirmed", "waiting", "partially_available")
            picking.show_check_availability = any(move.state in waiting for move in picking.move_ids)

    @api.compute("products_availability", "products_availability_state")
    def _compute_products_availability(self) -> None:
        for picking in self:
            asked = picking.picking_type_code == "outgoing" and picking.state in ("waiting", "confirmed", "assigned")
            short = [move for move in picking.move_ids if move.forecast_availability < 0]
            label, state = ("Not Available", "late") if short else ("Available", "available")
            picking.products_availability = label if asked else False
            picking.products_availability_state = state if asked else False

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make transfers, numbered by their type of operation."""
        return super().create([self._numbered(vals) for vals in vals_list])

    def _numbered(self, vals: dict[str, Any]) -> dict[str, Any]:
        kind = self.env["stock.picking.type"].sudo().browse(vals.get("picking_type_id") or [])
        if vals.get("name", "/") != "/" or not kind.exists() or not kind.sequence_id:
            return vals
        return {**vals, "name": kind.sequence_id.next_by_id()}

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a state that is written stays until a move changes (recorded in picking-search-like-wms)."""
        super().write(vals)
        if "state" in vals:
            field = self._fields["state"]
            self._no_longer_pending(field, self._ids)
            for picking in self:
                field.assign(picking, vals["state"])
        return True

    def unlink(self) -> bool:
        """Delete transfers with their moves; raises UserError for one that is done."""
        moves = self.move_ids
        moves._action_cancel()
        moves.unlink()
        return super().unlink()

    # ---------------------------------------------------------------- the flow

    def action_confirm(self) -> bool:
        """Turn drafts into wanted transfers, reserving what can be had."""
        moves = self.move_ids.filtered(lambda move: move.state == "draft")
        moves._action_confirm()
        self.move_ids.filtered(lambda move: move.state != "draft")._action_assign()
        return True

    def action_assign(self) -> bool:
        """Reserve what can be had; raises UserError where nothing is to do."""
        self.filtered(lambda picking: picking.state == "draft").action_confirm()
        moves = self.move_ids.filtered(lambda move: move.state not in ("draft", "cancel", "done"))
        if not moves:
            raise UserError("Nothing to check the availability for.")
        moves._action_assign()
        return True

    def do_unreserve(self) -> None:
        """Give back what was reserved."""
        self.move_ids._do_unreserve()

    def action_cancel(self) -> bool:
        """Cancel transfers."""
        self.move_ids._action_cancel()
        self.write({"is_locked": True})
        return True

    def action_toggle_is_locked(self) -> bool:
        """Lock what is open, open what is locked."""
        self.ensure_one()
        return self.write({"is_locked": not self.is_locked})

    def _view_action(self, context: dict[str, Any]) -> dict[str, Any]:
        """These transfers, as an action of the web client."""
        action: dict[str, Any] = self.env["ir.actions.actions"]._for_xml_id("stock.action_picking_tree_all")
        if len(self) == 1:
            others = [view for view in action["views"] if view[1] != "form"]
            action |= {"views": [[False, "form"], *others], "res_id": self.id}
        else:
            action["domain"] = [("id", "in", self.ids)]
        return {**action, "context": context}

    def button_validate(self) -> Any:
        """Carry out what was taken; for part of it, the wizard's action that asks what becomes of the rest."""
        self.filtered(lambda picking: picking.state == "draft").action_confirm()
        todo = self.filtered(lambda picking: picking.state not in ("done", "cancel"))
        for picking in todo:
            picking._check_taken()
        partial = todo.filtered(lambda picking: picking._is_partial())
        asks = partial.filtered(lambda picking: picking.picking_type_id.create_backorder == "ask")
        if asks and not self.env.context.get("skip_backorder"):
            return asks.with_context(button_validate_picking_ids=todo.ids)._backorder_action()
        dropped = self.env.context.get("picking_ids_not_to_backorder") or []
        for picking in todo:
            picking._done(backorder=picking.id not in dropped)
        return True

    def _check_taken(self) -> None:
        if not self.move_ids:
            raise UserError("Please add some items to move.")
        if not any(self.move_ids.mapped("quantity")):
            raise UserError(
                "You cannot validate a transfer if no quantities are reserved. To force the transfer, encode"
                " quantities."
            )
        self._check_lots()

    def _check_lots(self) -> None:
        lines = self.move_line_ids.filtered(lambda line: line.quantity and line.product_id.tracking != "none")
        without = lines.filtered(lambda line: not line.lot_id and not line.lot_name).product_id
        if without:
            names = "\n".join(f"- {name}" for name in without.mapped("display_name"))
            raise UserError(f"You need to supply a Lot/Serial Number for product:\n{names}")

    def _is_partial(self) -> bool:
        return any(move.quantity < move.product_uom_qty for move in self.move_ids if move.state != "cancel")

    def _backorder_action(self) -> dict[str, Any]:
        return {
            "name": "Create Backorder?",
            "type": "ir.actions.act_window",
            "view_mode": "form",
            "res_model": "stock.backorder.confirmation",
            "views": [(False, "form")],
            "view_id": False,
            "target": "new",
            "context": {
                **self.env.context,
                "default_show_transfers": False,
                "default_pick_ids": [(4, picking.id) for picking in self],
            },
        }

    def _done(self, backorder: bool) -> None:
        moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        taken = moves.filtered("quantity")
        rest = [vals for move in taken if (vals := move._split_rest())]
        nothing = moves - taken
        taken._action_done()
        if (rest or nothing) and backorder:
            self._make_backorder(rest, nothing)
        else:
            nothing._action_cancel()
        self.write({"date_done": self.env.transaction.now.replace(microsecond=0)})

    def _make_backorder(self, rest: list[dict[str, Any]], moves: Any) -> None:
        new = self.copy({"move_ids": [], "move_line_ids": [], "backorder_id": self.id, "sale_id": self.sale_id.id})
        moves.write({"picking_id": new.id})
        moves.move_line_ids.write({"picking_id": new.id})
        added = self.env["stock.move"].create([{**vals, "picking_id": new.id} for vals in rest])
        added._action_confirm()
        added._action_assign()


def _state(states: list[str], together: bool) -> str:
    """The state of a transfer whose moves have these; `together` waits for all of them."""
    if not states or "draft" in states:
        return "draft"
    live = [state for state in states if state not in ("cancel", "done")]
    if not live:
        return "done" if "done" in states else "cancel"
    ready = [state for state in live if state == "assigned"]
    some = ready or "partially_available" in live
    if len(ready) == len(live) or (some and not together):
        return "assigned"
    return "waiting" if "waiting" in live and "confirmed" not in live else "confirmed"
