"""Reserving: which goods a move takes before it is done."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.stock.stock_quant_places import WHERE, whereabouts

__all__ = ["StockMoveReserving"]


class StockMoveReserving(models.Model):
    """Takes what is there, or what the moves before it have brought."""

    _inherit = "stock.move"

    def _is_free_to_take(self) -> bool:
        """Whether nothing has to be there to be taken."""
        return not self.product_id.is_storable or self.location_id._is_endless()

    def _is_reserved_at_once(self) -> bool:
        """Whether goods are reserved when the move is confirmed."""
        if self._is_free_to_take() or self.picking_type_id.reservation_method == "at_confirm":
            return True
        return bool(self.reservation_date and self.reservation_date <= self.env.clock.today())

    def _action_assign(self) -> None:
        """Reserve what can be taken for moves that want it."""
        for move in self.filtered(
            lambda each: not each.picked and each.state in ("confirmed", "waiting", "partially_available")
        ):
            move._assign()

    def _assign(self) -> None:
        missing = self.product_uom_qty - self.quantity
        need = self.product_uom._compute_quantity(missing, self.product_id.uom_id)
        if missing <= 0:
            self.state = "assigned"
        elif self._is_free_to_take():
            self._take_freely(need)
            self.state = "assigned"
        elif self.move_orig_ids:
            self._set_assigned(need, self._take_brought(need))
        elif self.procure_method != "make_to_order":
            quants = self.env["stock.quant"]._below(self.product_id, self.location_id, owner=self.restrict_partner_id)
            self._set_assigned(need, self._take_of(self.env["stock.quant"]._to_reserve(quants, need)))

    def _set_assigned(self, need: float, taken: float) -> None:
        if taken > 0:
            self.state = "assigned" if self.product_id.uom_id.compare(taken, need) >= 0 else "partially_available"

    def _take_freely(self, need: float) -> None:
        """Take what does not have to be there: first what was brought, then the rest as it comes."""
        for (place, lot, package, owner), amount in self._brought().items():
            taken = min(need, amount)
            links = {"lot_id": lot.id, "lot_name": lot.name, "owner_id": owner.id, "package_id": package.id}
            self._make_lines([(taken, {"location_id": place.id, **links})])
            need -= taken
        if need <= 0:
            return
        if self._is_by_serial():
            self._make_lines([(1.0, {})] * int(need))
        elif plain := self.move_line_ids.filtered(lambda line: line._is_plain())[:1]:
            plain.quantity += self.product_id.uom_id._compute_quantity(need, plain.product_uom_id)
        else:
            self._make_lines([(need, {})])

    def _take_brought(self, need: float) -> float:
        """Take of what the moves before have brought what is still there; answers how much."""
        taken = 0.0
        for (place, lot, package, owner), amount in self._brought().items():
            quants = self.env["stock.quant"].sudo()._at_place(self.product_id, place, lot, package, owner)
            wanted = min(amount, need - taken)
            if wanted > 0:
                taken += self._take_of(self.env["stock.quant"]._to_reserve(quants, wanted))
        return taken

    def _brought(self) -> dict[tuple[Any, ...], float]:
        """By place, lot, package and owner, what the moves before have brought and nobody has taken yet."""
        before = self.move_orig_ids
        if not before:
            return {}
        found: dict[tuple[Any, ...], float] = {}
        siblings = before.move_dest_ids
        for line in siblings.move_orig_ids.filtered(lambda move: move.state == "done").move_line_ids:
            key = (line.location_dest_id, line.lot_id, line.result_package_id, line.owner_id)
            found[key] = found.get(key, 0.0) + line.quantity_product_uom
        takers = siblings.filtered(lambda move: move.state in ("done", "partially_available", "assigned")) | self
        for line in takers.move_line_ids:
            if whereabouts(line) in found:
                found[whereabouts(line)] -= line.quantity_product_uom
        return {key: amount for key, amount in found.items() if amount > 0}

    def _take_of(self, found: list[tuple[Any, float]]) -> float:
        """Reserve so much of quants, in lines that take of them already or in new ones; answers how much."""
        by_key: dict[tuple[Any, ...], list[Any]] = {}
        for quant, amount in found:
            kept = by_key.setdefault(whereabouts(quant), [quant, 0.0])
            kept[1] += amount
        serial = self.product_id.tracking == "serial"
        lines = {whereabouts(line): line for line in self.move_line_ids if not line.result_package_id and not serial}
        for key, (quant, amount) in by_key.items():
            if line := lines.get(key):
                line.quantity += self.product_id.uom_id._compute_quantity(amount, line.product_uom_id)
            else:
                place = {name: quant[name].id for name in WHERE}
                self._make_lines([(1.0, place)] * int(amount) if self._is_by_serial() else [(amount, place)])
        return sum(amount for _quant, amount in found)

    def _is_by_serial(self) -> bool:
        kind = self.picking_type_id
        return self.product_id.tracking == "serial" and bool(kind.use_create_lots or kind.use_existing_lots)

    def _make_lines(self, taken: list[tuple[float, dict[str, Any]]]) -> None:
        """Lines of quantities in the product's unit; in the move's unit, where that loses nothing."""
        unit, vals = self.product_id.uom_id, []
        for amount, place in taken:
            own = unit._compute_quantity(amount, self.product_uom)
            exact = self.product_uom._compute_quantity(own, unit) == amount
            measured = {"quantity": own} if exact else {"quantity": amount, "product_uom_id": unit.id}
            vals.append({**self._line_vals(), **place, **measured})
        self.env["stock.move.line"].with_context(preserve_state=True).create(vals)

    @api.model
    def _arrived(self, moves: Self) -> None:
        """Reserve what moves have brought for those that wait for it, oldest first."""
        if not moves:
            return
        domain = [
            ("product_id", "in", moves.product_id.ids),
            ("state", "in", ["confirmed", "partially_available"]),
            ("procure_method", "=", "make_to_stock"),
            "|",
            ("reservation_date", "<=", self.env.clock.today()),
            ("picking_type_id.reservation_method", "=", "at_confirm"),
        ]
        self.sudo().search(domain, order="priority desc, date, id")._action_assign()

    def _reserve_anew(self) -> None:
        """Reserve again for moves that are not done, after what was brought for them has changed."""
        open_ones = self.filtered(lambda move: move.state not in ("done", "cancel"))
        open_ones._do_unreserve()
        open_ones._action_assign()


class StockMoveLineReserving(models.Model):
    """Lines that reserving adds to."""

    _inherit = "stock.move.line"

    def _is_plain(self) -> bool:
        """Whether it is of nothing but the move's product, from and to the move's places."""
        move = self.move_id
        named = self.picked or self.lot_id or self.result_package_id or self.package_id or self.owner_id
        same = self.product_uom_id == move.product_uom and self.picking_id == move.picking_id
        return bool(
            not named
            and same
            and self.location_id == move.location_id
            and self.location_dest_id == move.location_dest_id
        )
