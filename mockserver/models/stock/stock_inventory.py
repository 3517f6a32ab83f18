"""The wizards of counting: what is applied under a name, set, forgotten, asked for, or found to be in conflict."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models

__all__ = ["StockInventoryAdjustmentName", "StockInventoryConflict", "StockInventoryWarning", "StockRequestCount"]


class StockInventoryAdjustmentName(models.TransientModel):
    """Applies counts under a name."""

    _inherit = "stock.inventory.adjustment.name"

    def action_apply(self) -> Any:
        """Make the counts true that are set."""
        counted = self.quant_ids.filtered("inventory_quantity_set")
        return counted.with_context(inventory_name=self.inventory_adjustment_name).action_apply_inventory()


class StockInventoryConflict(models.TransientModel):
    """Asks what is right where something has moved since the count."""

    _inherit = "stock.inventory.conflict"

    def action_keep_counted_quantity(self) -> Any:
        """What was counted is there now."""
        for quant in self.quant_ids:
            models.Model.write(quant, {"inventory_quantity": quant.inventory_quantity})
        return self.quant_ids.action_apply_inventory()

    def action_keep_difference(self) -> Any:
        """What was found too much or missing then is so now."""
        for quant in self.quant_ids:
            difference = quant.inventory_diff_quantity
            models.Model.write(quant, {"inventory_quantity": quant.quantity + difference})
        return self.quant_ids.action_apply_inventory()


class StockInventoryWarning(models.TransientModel):
    """Asks before counts are overwritten or forgotten."""

    _inherit = "stock.inventory.warning"

    def action_reset(self) -> Any:
        """Forget the counts."""
        return self.quant_ids.action_clear_inventory_quantity()

    def action_set(self) -> Any:
        """Count what should be there where nothing was counted yet."""
        return self.quant_ids.filtered(lambda quant: not quant.inventory_quantity_set).action_set_inventory_quantity()


class StockRequestCount(models.TransientModel):
    """Asks somebody to count on a day."""

    _inherit = "stock.request.count"

    def action_request_count(self) -> None:
        """Write day and user on what is to be counted."""
        for request in self:
            values = {"inventory_date": request.inventory_date, "user_id": request.user_id.id}
            request.quant_ids.with_context(inventory_mode=True).write(values)
