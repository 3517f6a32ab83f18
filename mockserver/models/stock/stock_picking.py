"""Transfers: receipts, deliveries and what is between them."""

from __future__ import annotations

from html import escape
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
            picking.state = picking._state_of_moves()

    def _state_of_moves(self) -> str:
        moves = self.move_ids
        states = set(moves.mapped("state"))
        if not states or "draft" in states:
            return "draft"
        if states <= {"cancel", "done"}:
            kept = moves.filtered(lambda move: move.location_dest_usage != "inventory" or move.state == "cancel")
            return "done" if "done" in kept.mapped("state") or states == {"done"} else "cancel"
        if self.location_id._is_endless() and all(move.procure_method == "make_to_stock" for move in moves):
            return "assigned"
        state: str = moves._relevant_state()
        return "assigned" if state == "partially_available" else state

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
        pickings = super().create([self._numbered(vals) for vals in vals_list])
        pickings._confirm_added()
        return pickings

    def _numbered(self, vals: dict[str, Any]) -> dict[str, Any]:
        given = vals.get("picking_type_id") or self.env.context.get("default_picking_type_id")
        kind = self.env["stock.picking.type"].sudo().browse(given or [])
        if vals.get("name", "/") != "/" or not kind.exists() or not kind.sequence_id:
            return vals
        return {**vals, "name": kind.sequence_id.next_by_id()}

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, moves follow their transfer's places and partner; a state that is written stays until a move
        changes (recorded in picking-search-like-wms)."""
        if kind := self.env["stock.picking.type"].browse(vals.get("picking_type_id") or []):
            if any(picking.state in ("done", "cancel") for picking in self):
                raise UserError("Changing the operation type of this record is forbidden at this point.")
            for picking in self.filtered(lambda each: each.picking_type_id != kind):
                picking.name = kind.sudo().sequence_id.next_by_id()
                ends = {"location_id": kind.default_location_src_id, "location_dest_id": kind.default_location_dest_id}
                vals = {**vals, **{name: place.id for name, place in ends.items()}}
        super().write(vals)
        if vals.get("date_done"):
            self.filtered(lambda each: each.state == "done").move_ids.write({"date": vals["date_done"]})
        followed = {name: vals[name] for name in ("location_id", "location_dest_id") if vals.get(name)}
        followed |= {"partner_id": vals["partner_id"]} if "partner_id" in vals else {}
        if followed:
            self.move_ids.filtered(lambda move: move.location_dest_usage != "inventory").write(followed)
        if vals.get("move_ids"):
            self._confirm_added()
        if "state" in vals:
            field = self._fields["state"]
            self._no_longer_pending(field, self._ids)
            for picking in self:
                field.assign(picking, vals["state"])
        return True

    def _confirm_added(self) -> None:
        """Confirm moves that were added to what is confirmed already, or that take something."""
        for picking in self.filtered(lambda each: each.state not in ("done", "cancel")):
            if any(picking.move_ids.mapped("additional")):
                picking.action_confirm()
        self.move_ids.filtered(lambda move: move.state == "draft" and move.quantity)._action_confirm()

    def unlink(self) -> bool:
        """Delete transfers with their moves; raises UserError for one that is done."""
        moves = self.move_ids
        moves._action_cancel()
        moves.unlink()
        return super().unlink()

    # ---------------------------------------------------------------- the flow

    def action_confirm(self) -> bool:
        """Turn drafts into wanted transfers, reserving what can be had."""
        self.move_ids.filtered(lambda move: move.state == "draft")._action_confirm()
        return True

    def action_assign(self) -> bool:
        """Reserve what can be had; raises UserError where nothing is to do."""
        self.filtered(lambda picking: picking.state == "draft").action_confirm()
        moves = self.move_ids.filtered(lambda move: move.state not in ("draft", "cancel", "done"))
        if not moves:
            raise UserError("Nothing to check the availability for.")
        moves.sorted(
            lambda move: (
                -int(move.priority),
                not move.date_deadline,
                move.date_deadline or move.date,
                move.date,
                move.id,
            )
        )._action_assign()
        return True

    def do_unreserve(self) -> None:
        """Give back what was reserved; raises UserError for what is done."""
        self.move_ids._do_unreserve()

    def action_cancel(self) -> bool:
        """Cancel transfers."""
        self.move_ids._action_cancel()
        self.write({"is_locked": True})
        self.filtered(lambda picking: not picking.move_ids).write({"state": "cancel"})
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
        """Carry out what was picked, or everything that is taken where nothing was; for part of it, the wizard's action
        that asks what becomes of the rest."""
        todo = self.filtered(lambda picking: picking.state != "done")
        drafts = todo.filtered(lambda picking: picking.state == "draft")
        drafts.action_confirm()
        for move in drafts.move_ids.filtered(lambda each: not each.quantity and each.product_uom_qty):
            move.quantity = move.product_uom_qty
        context = self.env.context
        if not context.get("skip_sanity_check"):
            todo._check_taken()
        todo = todo.with_context(button_validate_picking_ids=context.get("button_validate_picking_ids") or todo.ids)
        todo._pick_all()
        asks = todo.filtered(lambda picking: picking._asks_for_backorder())
        if asks and not context.get("skip_backorder"):
            return asks._backorder_action()
        dropped = self.browse(context.get("picking_ids_not_to_backorder") or [])
        without = todo.filtered(
            lambda picking: (
                picking.picking_type_id.create_backorder == "never"
                or (picking in dropped and picking.picking_type_id.create_backorder != "always")
            )
        )
        without._action_done(cancel_backorder=True)
        (todo - without)._action_done()
        return True

    def _check_taken(self) -> None:
        """Raises UserError for transfers of nothing; several are told of together, as far as something is missing."""
        several, empty = (
            len(self) > 1,
            self.filtered(lambda picking: not picking.move_ids and not picking.move_line_ids),
        )
        lines = self.move_line_ids.filtered(
            lambda line: line.picked and line.quantity and line.product_id.tracking != "none"
        )
        lines = lines.filtered(lambda line: not line.lot_id and not line.lot_name and line._needs_lot())
        products = lines.product_id.mapped("display_name")
        if several:
            told = [f"Transfers {', '.join(empty.mapped('name'))}: Please add some items to move."] if empty else []
            if lines:
                needs = f"You need to supply a Lot/Serial number for products {products}."
                told.append(f"Transfers {lines.picking_id.mapped('name')}: {needs}")
            if told:
                raise UserError("\n\n".join(told))
        elif empty:
            raise UserError("You can’t validate an empty transfer. Please add some products to move before proceeding.")
        elif self and not self._has_quantities():
            raise UserError(
                "Transfer trouble alert! Validating a zero quantity transfer? You're not moving invisible goods around"
                " are you?\nSet some quantities and let's get moving!"
            )
        elif lines:
            raise UserError(f"You need to supply a Lot/Serial number for products {', '.join(products)}.")

    def _has_quantities(self) -> bool:
        live = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        return any((live.filtered("picked") or live).mapped("quantity"))

    def _pick_all(self) -> None:
        """Where something is taken and nothing was picked, all of it is."""
        for picking in self:
            picked = picking.move_ids.filtered(lambda move: move.picked and move.location_dest_usage != "inventory")
            if not picked and any(picking.move_ids.mapped("quantity")):
                picking.move_ids.write({"picked": True})

    def _asks_for_backorder(self) -> bool:
        live = self.move_ids.filtered(lambda move: move.state != "cancel")
        return self.picking_type_id.create_backorder == "ask" and any(
            (move.product_uom_qty and not move.picked)
            or move.product_uom.compare(_picked(move), move.product_uom_qty) < 0
            for move in live
        )

    def _backorder_action(self) -> dict[str, Any]:
        view = self.env.ref("stock.view_backorder_confirmation", raise_if_not_found=False)
        id = view.id if view else False
        return {
            "name": "Create Backorder?",
            "type": "ir.actions.act_window",
            "view_mode": "form",
            "res_model": "stock.backorder.confirmation",
            "views": [(id, "form")],
            "view_id": id,
            "target": "new",
            "context": {
                **self.env.context,
                "default_show_transfers": len(self.env.context["button_validate_picking_ids"]) > 1,
                "default_pick_ids": [(4, picking.id) for picking in self],
            },
        }

    def _action_done(self, cancel_backorder: bool = False) -> None:
        for picking in self.filtered("owner_id"):
            picking.move_ids.write({"restrict_partner_id": picking.owner_id.id})
            picking.move_line_ids.write({"owner_id": picking.owner_id.id})
        moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        moves._action_done(cancel_backorder=cancel_backorder)
        self.write({"date_done": self.env.transaction.now.replace(microsecond=0), "priority": "0"})
        inbound = self.filtered(lambda picking: picking.picking_type_code in ("incoming", "internal"))
        moves._arrived(inbound.move_ids.filtered(lambda move: move.state == "done"))

    def _make_backorders(self) -> None:
        for picking in self:
            rest = picking.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
            rest._recompute_state()
            if rest:
                picking._make_backorder(rest)

    def _make_backorder(self, moves: Any) -> None:
        own = {"move_ids": [], "move_line_ids": [], "backorder_id": self.id, "sale_id": self.sale_id.id}
        new = self.copy({**own, "name": "/"})
        moves.write({"picking_id": new.id, "picked": False})
        models.Model.write(moves.move_line_ids, {"picking_id": new.id})
        new.user_id = False
        self.message_post(body=f"The backorder {new._link()} has been created.", body_is_html=True)
        if new.picking_type_id.reservation_method == "at_confirm":
            new.action_assign()

    def _link(self) -> str:
        """A link to the transfer, as messages have it."""
        return f'<a href="#" data-oe-model="{self._name}" data-oe-id="{self.id}">{escape(self.display_name)}</a>'


def _picked(move: Any) -> float:
    """What was picked of a move; all that it takes, where its lines do not differ."""
    lines = move.move_line_ids
    picked = lines.filtered("picked")
    return float(move._taken(picked) if picked and picked != lines else move.quantity)
