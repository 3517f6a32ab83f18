"""Rules: how goods that have arrived somewhere go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fauxdoo.mockserver import models

__all__ = ["StockMovePushed", "StockRule"]


class StockRule(models.Model):
    """A rule that pushes makes the next move when one is done (Odoo 18 and later; before, all were made at once)."""

    _inherit = "stock.rule"

    def _pushed(self, move: Any) -> dict[str, Any]:
        """Values of the move that takes on what a move has brought."""
        final, target = move.location_final_id, self.location_dest_id
        if final._is_within(target):
            target = final
        return {
            "product_uom_qty": move.quantity,
            "origin": move.origin or move.picking_id.name or "/",
            "location_id": move.location_dest_id.id,
            "location_dest_id": target.id,
            "location_final_id": final.id,
            "rule_id": self.id,
            "date": move.date + timedelta(days=self.delay),
            "date_deadline": move.date_deadline,
            "picking_id": False,
            "picking_type_id": self.picking_type_id.id,
            "propagate_cancel": self.propagate_cancel,
            "warehouse_id": self.warehouse_id.id,
            "procure_method": "make_to_order",
            "move_line_ids": [],
            "move_orig_ids": [(4, move.id)],
            "reference_ids": [(6, 0, move.reference_ids.ids)],
        }


class StockMovePushed(models.Model):
    """Goes on where a rule says so."""

    _inherit = "stock.move"

    def _push_on(self) -> None:
        """Make the next move of what this one has brought, in the transfer of its kind and order, and reserve it."""
        rule = self._push_rule()
        if not rule:
            return
        vals = self.copy_data(rule._pushed(self))[0]
        added = self.env["stock.move"].sudo().create([{**vals, "picking_id": self._pushed_into(rule, vals).id}])
        added._action_confirm()._action_assign()

    def _push_rule(self) -> Any:
        """The rule for goods at the place this move goes to; none for what is there to stay, or on its way already."""
        rules, final = self.env["stock.rule"].sudo(), self.location_final_id
        if self.move_dest_ids or (final and self.location_dest_id._is_within(final)):
            return rules.browse()
        warehouse = self.warehouse_id or self.picking_type_id.warehouse_id
        domain = [
            ("action", "in", ["push", "pull_push"]),
            ("location_src_id", "=", self.location_dest_id.id),
            ("warehouse_id", "in", [warehouse.id, False]),
        ]
        rule = rules.search(domain, order="route_sequence, sequence", limit=1)
        returned = self.origin_returned_move_id.location_dest_id
        return rules.browse() if returned and returned == rule.location_dest_id else rule

    def _pushed_into(self, rule: Any, vals: dict[str, Any]) -> Any:
        """The open transfer of the rule's kind for the same order and partner, a new one where there is none."""
        pickings, before = self.env["stock.picking"].sudo(), self.picking_id
        same = {
            "picking_type_id": rule.picking_type_id.id,
            "location_id": vals["location_id"],
            "location_dest_id": vals["location_dest_id"],
            "partner_id": before.partner_id.id,
            "origin": vals["origin"],
        }
        domain = [(name, "=", value) for name, value in same.items()]
        known = pickings.search([*domain, ("state", "not in", ["done", "cancel"]), ("return_id", "=", False)], limit=1)
        own = {"move_type": before.move_type, "user_id": False, "company_id": self.company_id.id}
        return known or pickings.create([{**same, **own}])
