"""Receipts of purchase orders."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["PurchaseOrderLineReceipt", "PurchaseOrderReceipt", "StockMoveReceipt"]


class PurchaseOrderReceipt(models.Model):
    """An approved order with goods has a receipt."""

    _inherit = "purchase.order"

    @api.compute("picking_ids")
    @api.depends("order_line.move_ids.picking_id")
    def _compute_picking_ids(self) -> None:
        for order in self:
            order.picking_ids = order.order_line.move_ids.picking_id

    @api.compute("incoming_picking_count")
    def _compute_incoming_picking_count(self) -> None:
        for order in self:
            order.incoming_picking_count = len(order.picking_ids)

    @api.compute("receipt_status")
    @api.depends("picking_ids", "picking_ids.state")
    def _compute_receipt_status(self) -> None:
        for order in self:
            states = [picking.state for picking in order.picking_ids if picking.state != "cancel"]
            open_or_part = "partial" if "done" in states else "pending"
            done = all(state == "done" for state in states)
            order.receipt_status = ("full" if done else open_or_part) if states else False

    @api.compute("is_shipped")
    def _compute_is_shipped(self) -> None:
        for order in self:
            pickings = order.picking_ids
            order.is_shipped = bool(pickings) and all(each.state in ("done", "cancel") for each in pickings)

    @api.compute("is_late")
    def _compute_is_late(self) -> None:
        """Whether goods should have been here by now."""
        now = self.env.transaction.now
        for order in self:
            late = order.date_planned and order.date_planned < now
            order.is_late = bool(late and order.state == "purchase" and not order.is_shipped and order.picking_ids)

    @api.search("is_late")
    def _search_is_late(self, operator: str, value: Any) -> list[Any]:
        waiting = self.search([("state", "=", "purchase"), ("date_planned", "<", self.env.transaction.now)])
        return [("id", "in" if asks_yes(operator, value) else "not in", waiting.filtered("is_late").ids)]

    @api.compute("effective_date")
    @api.depends("picking_ids.date_done")
    def _compute_effective_date(self) -> None:
        for order in self:
            done = [each.date_done for each in order.picking_ids if each.state == "done" and each.date_done]
            order.effective_date = min(done, default=False)

    def _approved(self) -> None:
        super()._approved()  # type: ignore[misc]
        self.order_line._launch_receipt()

    def _cancel_receipts(self) -> None:
        super()._cancel_receipts()  # type: ignore[misc]
        self.order_line.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()

    def _receipt(self) -> Any:
        """The open receipt, a new one where there is none."""
        open_ones = self.picking_ids.filtered(lambda each: each.state not in ("done", "cancel") and not each.return_id)
        return open_ones[:1] or self.env["stock.picking"].sudo().create([self._receipt_values()])

    def _receipt_values(self) -> dict[str, Any]:
        kind = self.picking_type_id
        suppliers = self.partner_id.property_stock_supplier or kind.default_location_src_id
        return {
            "picking_type_id": kind.id,
            "partner_id": self.partner_id.id,
            "user_id": False,
            "origin": self.name,
            "location_id": suppliers.id,
            "location_dest_id": kind.default_location_dest_id.id,
            "company_id": self.company_id.id,
        }

    def _references(self) -> Any:
        """What the moves of the order have in common: a reference with its name."""
        if not self.reference_ids:
            self.env["stock.reference"].sudo().create([{"name": self.name, "purchase_ids": [(4, self.id)]}])
        return self.reference_ids

    def action_view_picking(self) -> dict[str, Any]:
        """The receipts of these orders, as an action of the web client."""
        context = {"default_partner_id": self.partner_id[:1].id, "default_origin": self[:1].name}
        return dict(self.picking_ids._view_action(context))


class StockMoveReceipt(models.Model):
    """Of an order, in its unit."""

    _inherit = "stock.move"

    def _ordered_unit(self) -> Any:
        return self.purchase_line_id.product_uom_id or super()._ordered_unit()  # type: ignore[misc]


class StockRuleReceipt(models.Model):
    """What is bought is received once, whatever becomes of it in the warehouse."""

    _inherit = "stock.rule"

    def _pushed(self, move: Any) -> dict[str, Any]:
        return {**super()._pushed(move), "purchase_line_id": False}  # type: ignore[misc]


class PurchaseOrderLineReceipt(models.Model):
    """A line of goods is received by moves."""

    _inherit = "purchase.order.line"

    @api.compute("qty_received_method")
    @api.depends("product_id.type")
    def _compute_qty_received_method(self) -> None:
        super()._compute_qty_received_method()  # type: ignore[misc]
        for line in self:
            if line.product_id.type in ("consu", "combo"):
                line.qty_received_method = "stock_moves"

    @api.compute("qty_received")
    @api.depends("move_ids.state", "move_ids.quantity", "qty_received_method", "qty_received_manual")
    def _compute_qty_received(self) -> None:
        super()._compute_qty_received()  # type: ignore[misc]
        for line in self.filtered(lambda each: each.qty_received_method == "stock_moves"):
            done = line.move_ids.filtered(lambda move: move.state == "done")
            line.qty_received = sum(_received(move, line.product_uom_id) for move in done)

    def _lines_approved(self) -> None:
        super()._lines_approved()  # type: ignore[misc]
        self._launch_receipt()

    def _launch_receipt(self) -> None:
        """Have the goods received: what is not yet on its way joins the order's open receipt."""
        for line in self.filtered(lambda each: each.product_id.type == "consu").sudo():
            live = line.move_ids.filtered(lambda move: move.state != "cancel")
            missing = line.product_qty - sum(_received(move, line.product_uom_id, wanted=True) for move in live)
            if missing > 0:
                line._receive(missing)
            elif missing < 0:
                line.move_ids._want_less(line.product_uom_id._compute_quantity(-missing, line.product_id.uom_id))

    def _receive(self, quantity: float) -> None:
        amount = self.product_uom_id._compute_quantity(quantity, self.product_id.uom_id)
        picking = self.order_id._receipt()
        live = self.move_ids.filtered(lambda move: move.picking_id == picking and move.state not in ("done", "cancel"))
        live._want_more(amount, lambda: self._receipt_move(picking, amount))

    def _receipt_move(self, picking: Any, quantity: float) -> dict[str, Any]:
        warehouse = picking.picking_type_id.warehouse_id
        return {
            "picking_id": picking.id,
            "product_id": self.product_id.id,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "purchase_line_id": self.id,
            "price_unit": self.price_unit,
            "date": self.date_planned,
            "date_deadline": self.date_planned,
            "location_final_id": (warehouse.lot_stock_id or picking.location_dest_id).id,
            "warehouse_id": warehouse.id,
            "reference_ids": [(6, 0, self.order_id._references().ids)],
            "origin": self.order_id.name,
            "sequence": self.sequence,
        }


def _received(move: Any, unit: Any, wanted: bool = False) -> float:
    """What a move brings (less what it gives back to be refunded), in a unit."""
    if move.origin_returned_move_id and not move.to_refund:
        return 0.0
    amount = move.quantity if move.state == "done" or not wanted else move.product_uom_qty
    sign = -1 if move.location_dest_id.usage == "supplier" else 1
    return float(sign * move.product_uom._compute_quantity(amount, unit))
