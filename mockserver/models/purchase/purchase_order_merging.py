"""Requests for quotation that become one: the oldest of each vendor takes over the lines of the others."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError

__all__ = ["PurchaseOrderLineMerging", "PurchaseOrderMerging"]

_DAY = 86_400
"""Seconds between two dates that count as the same."""


class PurchaseOrderMerging(models.Model):
    """A request may be merged with others of its vendor and currency."""

    _inherit = "purchase.order"

    def action_merge(self) -> dict[str, Any]:
        """Merge requests; answers an action that shows what is left. Raises UserError where none belong together."""
        requests = self.filtered(lambda order: order.state in ("draft", "sent"))
        if len(requests) < 2:
            raise UserError("Please select at least two purchase orders with state RFQ and RFQ sent to merge.")
        groups: dict[Any, Any] = {}
        for order in requests:
            key = (order.partner_id, order.currency_id, order.dest_address_id)
            groups[key] = groups.get(key, self.browse()) | order
        kept = [orders._merge_into_oldest() for orders in groups.values() if len(orders) > 1]
        if not kept:
            raise UserError(
                "In selected purchase order to merge these details must be same\nVendor, currency, destination,"
                " dropship address and agreement"
            )
        action = {"type": "ir.actions.act_window", "res_model": "purchase.order"}
        if len(kept) == 1:
            return {**action, "view_mode": "form", "res_id": kept[0].id}
        domain = [("id", "in", [order.id for order in kept])]
        return {**action, "view_mode": "list,kanban,form", "name": "Merged RFQs", "domain": domain}

    def _merge_into_oldest(self) -> Any:
        oldest = min(self, key=lambda order: order.date_order)
        others = self - oldest
        for line in others.order_line:
            same = oldest.order_line.filtered(lambda known, line=line: not known.display_type and known._is_like(line))
            if not same:
                line.order_id = oldest
                continue
            first = same[:1]
            quantity = sum(same.mapped("product_qty")) + line.product_qty
            (same - first).unlink()
            first.write({"product_qty": quantity, "price_unit": min(first.price_unit, line.price_unit)})
        for name in ("origin", "partner_ref"):
            oldest[name] = ", ".join(order[name] for order in oldest | others if order[name])
        names = ", ".join(others.mapped("name"))
        for order in others:
            order.message_post(body=f"RFQ merged with {oldest.name}")
        oldest.message_post(body=f"RFQ merged with {oldest.name} and {names}")
        others.button_cancel()
        return oldest


class PurchaseOrderLineMerging(models.Model):
    """A line may stand for another one."""

    _inherit = "purchase.order.line"

    def _is_like(self, other: Any) -> bool:
        names = ("product_id", "product_uom_id", "analytic_distribution", "discount")
        near = abs((self.date_planned - other.date_planned).total_seconds()) if other.date_planned else _DAY + 1
        return all(self[name] == other[name] for name in names) and near <= _DAY
