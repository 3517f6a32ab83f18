"""The life of moves: wanted, done, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.stock.stock_move import OPEN

__all__ = ["StockMoveStates"]

_SAME = (
    "product_id",
    "price_unit",
    "procure_method",
    "location_id",
    "location_dest_id",
    "location_final_id",
    "product_uom",
    "restrict_partner_id",
    "origin_returned_move_id",
    "propagate_cancel",
    "description_picking",
    "date_deadline",
    "sale_line_id",
    "purchase_line_id",
)
"""What two moves of a transfer have in common that are made one."""

_WEIGHTS = {"assigned": 4, "waiting": 3, "partially_available": 2, "confirmed": 1}


class StockMoveStates(models.Model):
    """From draft to done or cancelled."""

    _inherit = "stock.move"

    def _action_confirm(self, merge: bool = True) -> Self:
        """Turn drafts into wanted moves, those of a transfer that are alike into one; reserve what can be had."""
        drafts = self.filtered(lambda move: move.state == "draft")
        waiting = drafts.filtered(lambda move: move.move_orig_ids or move.procure_method == "make_to_order")
        reserving = drafts.filtered(lambda move: move.picking_type_id.reservation_method == "at_confirm")
        models.Model.write(reserving, {"reservation_date": self.env.clock.today()})
        (drafts - waiting).write({"state": "confirmed"})
        waiting.write({"state": "waiting"})
        moves = self._merge_moves() if merge else self
        moves.filtered(
            lambda move: move.state in ("confirmed", "partially_available") and move._is_reserved_at_once()
        )._action_assign()
        return moves

    def _merge_moves(self) -> Self:
        """Make one of the wanted moves of each transfer that are alike; answers what these are now."""
        moves = self
        for transfer in self.picking_id:
            live = transfer.move_ids.filtered(lambda move: move.state in OPEN)
            kinds = live.grouped(lambda move: tuple(move[name] for name in _SAME)) if len(live) > 1 else {}
            for alike in kinds.values():
                if alike & self and len(alike) > 1:
                    alike._merge()
                    moves = (moves | alike[:1]) - alike[1:]
        return moves

    def _merge(self) -> None:
        """Let the first of these stand for all."""
        first, others = self[:1], self[1:]
        origins = [*dict.fromkeys(filter(None, self.mapped("origin")))]
        dates, together = self.mapped("date"), first.picking_id.move_type == "one"
        values = {
            "product_uom_qty": sum(self.mapped("product_uom_qty")),
            "date": max(dates) if together else min(dates),
            "move_dest_ids": [(4, id) for id in self.move_dest_ids.ids],
            "move_orig_ids": [(4, id) for id in self.move_orig_ids.ids],
            "origin": "/".join(origins) or False,
        }
        models.Model.write(others.move_line_ids, {"move_id": first.id})
        first.write(values)
        others.write({"propagate_cancel": False})
        others._action_cancel()
        others.unlink()

    def _relevant_state(self) -> str:
        """The state that tells of moves which are not all done."""
        live = self.filtered(
            lambda move: move.state in OPEN and not (move.state == "assigned" and not move.product_uom_qty)
        )
        if not live:
            return "assigned"
        live = live.sorted(lambda move: (_WEIGHTS[move.state], move.product_uom_qty))
        states = live.mapped("state")
        if live[:1].picking_id.move_type == "one":
            if not any(live.mapped("product_uom_qty")):
                return "assigned"
            return "confirmed" if states[0] == "partially_available" else str(states[0])
        if states[0] != "assigned" and not {"assigned", "partially_available"}.isdisjoint(states):
            return "partially_available"
        if states[-1] == "confirmed" and not live[-1:].product_uom_qty:
            return "assigned"
        return str(states[-1])

    def _recompute_state(self) -> None:
        """Let states say how much of the demand is taken."""
        if self.env.context.get("preserve_state"):
            return
        for move in self:
            if move.state in ("cancel", "done") or (move.state == "draft" and not move.quantity):
                continue
            state = move._state_by_quantity()
            if move.state != state:
                move.state = state

    def _state_by_quantity(self) -> str:
        if self.product_uom.compare(self.quantity, self.product_uom_qty) >= 0:
            return "assigned"
        if self.quantity:
            return "partially_available"
        before = self.move_orig_ids
        if before:
            open_before = before.filtered(
                lambda move: move.product_uom_qty > 0 and move.state not in ("done", "cancel")
            )
            return "waiting" if open_before else "confirmed"
        return "waiting" if self.procure_method == "make_to_order" else "confirmed"

    def _do_unreserve(self) -> None:
        """Give back what was reserved and not picked; raises UserError for what is done."""
        left = self.filtered(
            lambda move: (
                move.state != "cancel"
                and not (move.state == "done" and move.location_dest_usage == "inventory")
                and not move.picked
            )
        )
        if any(move.state == "done" for move in left):
            raise UserError("You cannot unreserve a stock move that has been set to 'Done'.")
        left.move_line_ids.filtered(lambda line: not line.picked).unlink()
        left._recompute_state()

    # ---------------------------------------------------------------- the end

    def _action_done(self, cancel_backorder: bool = False) -> Self:
        """Carry out what was picked; the rest of a transfer goes to a backorder, or is cancelled."""
        self.filtered(lambda move: move.state == "draft")._action_confirm(merge=False)
        moves = self.exists().filtered(lambda move: move.state not in ("done", "cancel"))
        moves.filtered("picked").move_line_ids.filtered(lambda line: not line.picked).unlink()
        idle = moves.filtered(lambda move: not move.is_inventory and (move.quantity <= 0 or not move.picked))
        idle.filtered(lambda move: cancel_backorder or not move.product_uom_qty)._action_cancel()
        todo = (moves - idle).filtered("picked")
        if not cancel_backorder:
            todo._split_rests()
        todo.move_line_ids._action_done()
        todo._check_packages()
        todo.write({"state": "done", "date": self.env.transaction.now.replace(microsecond=0)})
        for move in todo.filtered(lambda each: not each.is_inventory):
            move._push_on()
        todo.move_dest_ids.sudo()._action_assign()
        if self.env.context.get("is_scrap"):
            return moves
        if not cancel_backorder:
            todo.picking_id._make_backorders()
        todo._check_serials()
        return todo

    def _split_rests(self) -> None:
        rests = [vals for move in self if (vals := move._split_rest())]
        self.create(rests)._action_confirm(merge=False)

    def _split_rest(self) -> dict[str, Any] | None:
        """What is left to do, as values of a move; this one is content with what was taken."""
        rest = self.product_uom.round(self.product_uom_qty - self.quantity)
        if rest <= 0:
            return None
        own = {
            "product_uom_qty": rest,
            "move_line_ids": [],
            "procure_method": self.procure_method,
            "move_dest_ids": [(4, move.id) for move in self.move_dest_ids if move.state not in ("done", "cancel")],
            "move_orig_ids": [(4, id) for id in self.move_orig_ids.ids],
            "origin_returned_move_id": self.origin_returned_move_id.id,
            "price_unit": self.price_unit,
            "date_deadline": self.date_deadline,
            "sale_line_id": self.sale_line_id.id,
            "purchase_line_id": self.purchase_line_id.id,
        }
        vals: dict[str, Any] = self.copy_data(own)[0]
        self.with_context(do_not_unreserve=True).write({"product_uom_qty": self.quantity})
        return vals

    def _check_packages(self) -> None:
        for package in self.move_line_ids.result_package_id:
            if len(package.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id) > 1:
                raise UserError(
                    "You cannot move the same package content more than once in the same transfer or split the same"
                    f" package into two location.\nPackage: {package.name}"
                )

    def _check_serials(self) -> None:
        lots = self.sudo().move_line_ids.lot_id
        if lots:
            domain = [
                ("product_id", "in", self.product_id.ids),
                ("location_id", "child_of", self.location_dest_id.ids),
                ("lot_id", "in", lots.ids),
            ]
            self.env["stock.quant"].sudo().search(domain).check_quantity()

    def _action_cancel(self) -> bool:
        """Cancel moves that are not done, and what was to follow them; raises UserError for one that is done."""
        if any(move.state == "done" and move.location_dest_usage != "inventory" for move in self):
            raise UserError(
                "You cannot cancel a stock move that has been set to 'Done'. Create a return in order to reverse the"
                " moves which took place."
            )
        todo = self.filtered(lambda move: move.state not in ("cancel", "done"))
        todo.write({"picked": False})
        todo._do_unreserve()
        todo.write({"state": "cancel"})
        for move in todo:
            move._tell_followers()
        todo.write({"move_orig_ids": [(5,)], "procure_method": "make_to_stock"})
        return True

    def _tell_followers(self) -> None:
        """What was to follow a move that is cancelled is cancelled too, or no longer waits for it."""
        after = self.move_dest_ids
        if not after:
            return
        states = set((after.move_orig_ids - self).mapped("state"))
        loose = {"procure_method": "make_to_stock", "move_orig_ids": [(3, self.id)]}
        if self.propagate_cancel and states <= {"cancel"}:
            ended = after.filtered(lambda move: move.state != "done" and move.location_id == self.location_dest_id)
            ended._action_cancel()
            (after - ended).write(loose)
        elif not self.propagate_cancel and states <= {"cancel", "done"}:
            after.write(loose)

    # ---------------------------------------------------------------- orders

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
