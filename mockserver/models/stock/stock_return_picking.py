"""The wizard that sends goods back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["StockReturnPicking", "StockReturnPickingLine"]


class StockReturnPicking(models.TransientModel):
    """Makes a transfer the other way, of the quantities that are asked for."""

    _inherit = "stock.return.picking"

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """The transfer of the context; raises UserError for several."""
        result: dict[str, Any] = super().default_get(fields)
        context = self.env.context
        if context.get("active_id") and context.get("active_model") == "stock.picking":
            if len(context.get("active_ids") or []) > 1:
                raise UserError("You may only return one picking at a time.")
            if "picking_id" in fields:
                result["picking_id"] = context["active_id"]
        return result

    @api.compute("product_return_moves")
    @api.depends("picking_id")
    def _compute_product_return_moves(self) -> None:
        for wizard in self:
            if wizard.picking_id and wizard.picking_id.state != "done":
                raise UserError("You may only return Done pickings.")
            moves = wizard.picking_id.move_ids.filtered(lambda move: move.state == "done" and not move.scrap_id)
            lines = [{"product_id": move.product_id.id, "move_id": move.id, "quantity": 0.0} for move in moves]
            if wizard.picking_id and not lines:
                raise UserError(
                    "No products to return (only lines in Done state and not fully returned yet can be returned)."
                )
            wizard.product_return_moves = [(0, 0, line) for line in lines]

    def action_create_returns(self) -> dict[str, Any]:
        """Make the transfer of the quantities given; answers an action that shows it."""
        self.ensure_one()
        return {
            "name": "Returned Picking",
            "view_mode": "form",
            "res_model": "stock.picking",
            "res_id": self._create_return().id,
            "type": "ir.actions.act_window",
            "context": dict(self.env.context),
        }

    def action_create_returns_all(self) -> dict[str, Any]:
        """Make the transfer of everything that was moved; answers an action that shows it."""
        self.ensure_one()
        for line in self.product_return_moves.filtered("move_id"):
            returned = line.move_id.move_dest_ids & line.move_id.returned_move_ids
            line.quantity = line.move_id.quantity - sum(returned.mapped("quantity"))
        return self.action_create_returns()

    def _create_return(self) -> Any:
        lines = self.product_return_moves.filtered("quantity")
        if not lines:
            raise UserError("Please specify at least one non-zero quantity.")
        waiting = self.product_return_moves.move_id.move_dest_ids
        waiting.filtered(lambda move: move.state not in ("done", "cancel"))._do_unreserve()
        picking = self.picking_id.copy(self._picking_values())
        for line in lines:
            line._return_to(picking)
        picking.action_confirm()
        picking.action_assign()
        return picking

    def _picking_values(self) -> dict[str, Any]:
        original = self.picking_id
        kind = original.picking_type_id
        return {
            "move_ids": [],
            "move_line_ids": [],
            "picking_type_id": (kind.return_picking_type_id or kind).id,
            "origin": f"Return of {original.name}",
            "location_id": original.location_dest_id.id,
            "location_dest_id": original.location_id.id,
            "return_id": original.id,
            "user_id": False,
        }


class StockReturnPickingLine(models.TransientModel):
    """A product to be sent back."""

    _inherit = "stock.return.picking.line"

    @api.compute("uom_id")
    def _compute_uom_id(self) -> None:
        for line in self:
            line.uom_id = line.move_id.product_uom or line.product_id.uom_id

    def _return_to(self, picking: Any) -> None:
        """The move of this line, in the transfer that goes back."""
        move = self.move_id
        after = move.move_dest_ids
        siblings = after.filtered(lambda each: each.state != "cancel").move_orig_ids
        brought = after.returned_move_ids | move | siblings.filtered(lambda each: each.state != "cancel")
        values = {
            "picking_id": picking.id,
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "product_uom": (move.product_uom or self.product_id.uom_id).id,
            "location_id": (move.location_dest_id or picking.location_id).id,
            "location_dest_id": (move.location_id or picking.location_dest_id).id,
            "origin_returned_move_id": move.id,
            "move_orig_ids": [(6, 0, brought.ids)],
            "move_dest_ids": [(6, 0, move.move_orig_ids.returned_move_ids.ids)],
            "to_refund": self.to_refund,
            "sale_line_id": move.sale_line_id.id,
            "purchase_line_id": move.purchase_line_id.id,
            "origin": picking.origin,
        }
        self.env["stock.move"].create([values])
