"""The wizard that asks what becomes of what was not taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.commands import linked

__all__ = ["StockBackorderConfirmation"]


class StockBackorderConfirmation(models.TransientModel):
    """Validates the transfers of the context, `button_validate_picking_ids`, with or without backorders."""

    _inherit = "stock.backorder.confirmation"

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """The transfers of the context, each with a backorder."""
        result: dict[str, Any] = super().default_get(fields)
        if "backorder_confirmation_line_ids" in fields and result.get("pick_ids"):
            transfers: Any = self._fields["pick_ids"]
            lines = [{"to_backorder": True, "picking_id": id} for id in linked(transfers, result["pick_ids"])]
            result["backorder_confirmation_line_ids"] = [(0, 0, line) for line in lines]
        return result

    def process(self) -> Any:
        """Validate; what was not taken goes to a backorder, but for the lines that ask for none."""
        dropped = self.backorder_confirmation_line_ids.filtered(lambda line: not line.to_backorder).picking_id
        return self._validate_transfers(dropped)

    def process_cancel_backorder(self) -> Any:
        """Validate; what was not taken is cancelled."""
        return self._validate_transfers(self.pick_ids)

    def _validate_transfers(self, dropped: Any) -> Any:
        ids = self.env.context.get("button_validate_picking_ids")
        if not ids:
            return True
        pickings = self.env["stock.picking"].browse(ids)
        return pickings.with_context(skip_backorder=True, picking_ids_not_to_backorder=dropped.ids).button_validate()
