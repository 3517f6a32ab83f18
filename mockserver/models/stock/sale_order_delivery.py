"""Deliveries of sales orders."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.stock.stock_move import OPEN

__all__ = ["SaleOrderDelivery", "SaleOrderLineDelivery", "StockMoveDelivery"]


class SaleOrderDelivery(models.Model):
    """A confirmed order with goods has a delivery."""

    _inherit = "sale.order"

    @api.compute("delivery_count")
    def _compute_delivery_count(self) -> None:
        for order in self:
            order.delivery_count = len(order.picking_ids)

    @api.compute("delivery_status")
    @api.depends("picking_ids", "picking_ids.state", "order_line.qty_delivered")
    def _compute_delivery_status(self) -> None:
        for order in self:
            states = [picking.state for picking in order.picking_ids if picking.state != "cancel"]
            if not states:
                order.delivery_status = False
            elif all(state == "done" for state in states):
                order.delivery_status = "full"
            elif "done" in states:
                order.delivery_status = "partial" if any(order.order_line.mapped("qty_delivered")) else "started"
            else:
                order.delivery_status = "pending"

    @api.compute("effective_date")
    @api.depends("picking_ids.date_done")
    def _compute_effective_date(self) -> None:
        for order in self:
            out = [each for each in order.picking_ids if each.location_dest_id.usage == "customer"]
            dates = [picking.date_done for picking in out if picking.state == "done" and picking.date_done]
            order.effective_date = min(dates, default=False)

    def _select_expected(self, dates: list[datetime]) -> datetime:
        return max(dates) if self.picking_policy == "one" else super()._select_expected(dates)  # type: ignore[misc]

    @api.compute("json_popover", "show_json_popover")
    def _compute_json_popover(self) -> None:
        for order in self:
            late = [picking for picking in order.picking_ids if picking.delay_alert_date]
            names = [{"id": each.id, "name": each.display_name, "model": "stock.picking"} for each in late]
            order.json_popover = json.dumps({"popoverTemplate": "sale_stock.DelayAlertWidget", "late_elements": names})
            order.show_json_popover = bool(late)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a delivery date that is promised or changed is the deadline of what is not delivered yet."""
        super().write(vals)
        if "commitment_date" in vals:
            for order in self:
                moves = order.sudo().order_line.move_ids
                waiting = moves.filtered(lambda move: move.state not in ("done", "cancel"))
                waiting.write({"date_deadline": order.commitment_date or order.expected_date})
        return True

    def _action_confirm(self) -> None:
        super()._action_confirm()  # type: ignore[misc]
        for order in self:
            order.order_line._launch_delivery()

    def action_view_delivery(self) -> dict[str, Any]:
        """The deliveries of the order, as an action of the web client."""
        kind = self.picking_ids.filtered(lambda picking: picking.picking_type_code == "outgoing")[:1].picking_type_id
        context = {"default_partner_id": self.partner_id.id, "default_picking_type_id": kind.id}
        return dict(self.picking_ids._view_action({**context, "default_origin": self.name}))

    def _references(self) -> Any:
        """What the moves of the order have in common: a reference with its name."""
        if not self.stock_reference_ids:
            self.env["stock.reference"].create([{"name": self.name, "sale_ids": [(4, self.id)]}])
        return self.stock_reference_ids

    def _action_cancel(self) -> bool:
        pickings = self.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        pickings.action_cancel()
        return bool(super()._action_cancel())  # type: ignore[misc]


class StockMoveDelivery(models.Model):
    """Of an order, in its unit."""

    _inherit = "stock.move"

    def _ordered_unit(self) -> Any:
        return self.sale_line_id.product_uom_id or super()._ordered_unit()  # type: ignore[misc]


class SaleOrderLineDelivery(models.Model):
    """A line of goods is delivered by moves."""

    _inherit = "sale.order.line"

    @api.compute("customer_lead")
    @api.depends("product_id")
    def _compute_customer_lead(self) -> None:
        for line in self:
            line.customer_lead = line.product_id.sale_delay if line.product_id else 0.0

    @api.compute("warehouse_id")
    @api.depends("order_id.warehouse_id", "product_id")
    def _compute_warehouse_id(self) -> None:
        for line in self:
            line.warehouse_id = line.order_id.warehouse_id

    @api.compute("qty_delivered_method")
    @api.depends("is_expense", "product_id.type")
    def _compute_qty_delivered_method(self) -> None:
        super()._compute_qty_delivered_method()  # type: ignore[misc]
        for line in self:
            if line.product_id.type in ("consu", "combo") and not line.is_expense:
                line.qty_delivered_method = "stock_move"

    @api.compute("qty_delivered")
    @api.depends("move_ids.state", "move_ids.quantity", "move_ids.location_dest_usage", "qty_delivered_method")
    def _compute_qty_delivered(self) -> None:
        for line in self:
            if line.qty_delivered_method == "stock_move":
                done = line.move_ids.filtered(lambda move: move.state == "done")
                line.qty_delivered = sum(_delivered(move, line.product_uom_id) for move in done)
            else:
                line.qty_delivered = line.qty_delivered

    @api.compute("qty_to_deliver", "display_qty_widget")
    def _compute_qty_to_deliver(self) -> None:
        for line in self:
            line.qty_to_deliver = line.product_uom_qty - line.qty_delivered
            open_state = line.state in ("draft", "sent", "sale")
            line.display_qty_widget = open_state and line.product_id.is_storable and line.qty_to_deliver > 0

    @api.compute("virtual_available_at_date", "free_qty_today", "qty_available_today", "scheduled_date")
    def _compute_qty_at_date(self) -> None:
        """What can be had of goods still to be delivered; of confirmed lines, what their moves are short of."""
        for line in self:
            line.virtual_available_at_date = line.free_qty_today = line.qty_available_today = 0.0
            line.scheduled_date = line._due() if line.display_qty_widget else False
            if line.display_qty_widget and line.state == "sale":
                moves = line.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
                line.free_qty_today = sum(moves.mapped("forecast_availability"))
                line.qty_available_today = sum(moves.mapped("quantity"))
            elif line.display_qty_widget:
                line.virtual_available_at_date = line.product_id.virtual_available
                line.free_qty_today = line.product_id.free_qty
                line.qty_available_today = line.product_id.qty_available

    def _due(self) -> datetime:
        """When the goods are to be there: as promised, else as expected."""
        return self.order_id.commitment_date or self._expected()

    def _lines_confirmed(self) -> None:
        super()._lines_confirmed()  # type: ignore[misc]
        self._launch_delivery()

    def _quantity_changed(self, before: dict[int, float]) -> None:
        super()._quantity_changed(before)  # type: ignore[misc]
        self._launch_delivery()

    def _launch_delivery(self) -> None:
        """Have the goods of these lines delivered: what is not yet on its way joins the order's open delivery."""
        goods = self.filtered(lambda line: line.product_id.type == "consu" and line.state == "sale")
        for line in goods.sudo():
            missing = line.product_uom_qty - line._on_the_way()
            if missing > 0:
                line._deliver(missing)
            elif missing < 0:
                line.move_ids._want_less(line.product_uom_id._compute_quantity(-missing, line.product_id.uom_id))

    def _on_the_way(self) -> float:
        live = self.move_ids.filtered(
            lambda move: move.state != "cancel" and (move.origin_returned_move_id or not move.move_orig_ids)
        )
        return sum(_delivered(move, self.product_uom_id, wanted=True) for move in live)

    def _deliver(self, quantity: float) -> None:
        picking = self._open_delivery()
        amount = self.product_uom_id._compute_quantity(quantity, self.product_id.uom_id)
        live = self.move_ids.filtered(lambda move: move.picking_id == picking and move.state in OPEN)
        live._want_more(amount, lambda: self._move_vals(picking, amount))

    def _open_delivery(self) -> Any:
        order, vals = self.order_id, _picking_vals(self.order_id)
        open_ones = order.picking_ids.filtered(lambda each: each.state not in ("done", "cancel") and not each.return_id)
        first = open_ones.filtered(lambda each: each.picking_type_id.id == vals["picking_type_id"])
        return first[:1] or self.env["stock.picking"].create([vals])

    def _move_vals(self, picking: Any, quantity: float) -> dict[str, Any]:
        due, rule = self._due(), _pulling(self.order_id)
        return {
            "date": due,
            "date_deadline": due,
            "rule_id": rule.id,
            "warehouse_id": rule.warehouse_id.id,
            "location_final_id": _customers(self.order_id).id,
            "reference_ids": [(6, 0, self.order_id._references().ids)],
            "picking_id": picking.id,
            "product_id": self.product_id.id,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "sale_line_id": self.id,
            "origin": self.order_id.name,
            "sequence": self.sequence,
        }


def _pulling(order: Any) -> Any:
    """The rule of the warehouse's route that begins a delivery."""
    return order.warehouse_id.delivery_route_id.rule_ids.filtered(lambda rule: rule.action == "pull")[:1]


def _customers(order: Any) -> Any:
    """Where the goods are to be in the end."""
    partner, kind = order.partner_shipping_id, order.warehouse_id.out_type_id
    return partner.property_stock_customer or kind.default_location_dest_id


def _picking_vals(order: Any) -> dict[str, Any]:
    out = order.warehouse_id.out_type_id
    kind = _pulling(order).picking_type_id or out
    return {
        "picking_type_id": kind.id,
        "partner_id": order.partner_shipping_id.id,
        "origin": order.name,
        "location_id": kind.default_location_src_id.id,
        "location_dest_id": (_customers(order) if kind == out else kind.default_location_dest_id).id,
        "move_type": order.picking_policy,
        "sale_id": order.id,
        "user_id": False,
    }


def _delivered(move: Any, unit: Any, wanted: bool = False) -> float:
    """What a move brings to the customer (less what it takes back to be refunded), in a unit.

    Where what is `wanted` counts, the first of several steps stands for all.
    """
    if move.origin_returned_move_id and not move.to_refund:
        return 0.0
    target = move._bound_for() if wanted else move.location_dest_id
    sign = 1 if target.usage == "customer" else -1 if move.location_id.usage == "customer" else 0
    amount = move.quantity if move.state == "done" or not wanted else move.product_uom_qty
    return float(sign * move.product_uom._compute_quantity(amount, unit))
