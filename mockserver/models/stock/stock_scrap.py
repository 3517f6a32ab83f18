"""Scrap: what is thrown away."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["StockScrap", "StockWarnInsufficientQtyScrap"]


class StockScrap(models.Model):
    """Leaves the stock when it is validated."""

    _inherit = "stock.scrap"

    @api.compute("location_id")
    @api.depends("company_id", "picking_id")
    def _compute_location_id(self) -> None:
        for scrap in self:
            if transfer := scrap.picking_id:
                scrap.location_id = transfer.location_dest_id if transfer.state == "done" else transfer.location_id
                continue
            warehouse = self.env["stock.warehouse"].sudo().search([("company_id", "=", scrap.company_id.id)], limit=1)
            scrap.location_id = scrap.location_id or warehouse.lot_stock_id

    @api.compute("scrap_location_id")
    @api.depends("company_id")
    def _compute_scrap_location_id(self) -> None:
        for scrap in self:
            domain = [("usage", "=", "inventory"), ("company_id", "in", [scrap.company_id.id, False])]
            scrap.scrap_location_id = scrap.scrap_location_id or self.env["stock.location"].search(domain, limit=1)

    @api.compute("product_uom_id")
    @api.depends("product_id")
    def _compute_product_uom_id(self) -> None:
        for scrap in self:
            scrap.product_uom_id = scrap.product_uom_id or scrap.product_id.uom_id

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self) -> None:
        if any(scrap.state == "done" for scrap in self):
            raise UserError("You cannot delete a scrap which is done.")

    def action_validate(self) -> Any:
        """Throw it away; for more than there is, the action of a warning."""
        self.ensure_one()
        if self.scrap_qty <= 0:
            raise UserError("You can only enter positive quantities.")
        return self.do_scrap() if self.check_available_qty() else self._warning()

    def check_available_qty(self) -> bool:
        """Whether there is enough to throw away; of what is not stored there always is."""
        if not self.product_id.is_storable:
            return True
        place = (self.product_id, self.location_id, self.lot_id, self.package_id, self.owner_id)
        lying = sum(self.env["stock.quant"].sudo()._at_place(*place).mapped("quantity"))
        return bool(lying >= self.product_uom_id._compute_quantity(self.scrap_qty, self.product_id.uom_id))

    def do_scrap(self) -> bool:
        """Throw it away, whether it is there or not."""
        for scrap in self:
            scrap.name = self.env["ir.sequence"].sudo().next_by_code("stock.scrap")
            move = self.env["stock.move"].sudo().create([scrap._move_vals()])
            move.with_context(is_scrap=True)._action_done()
            scrap.write({"state": "done", "date_done": self.env.transaction.now.replace(microsecond=0)})
        return True

    def _move_vals(self) -> dict[str, Any]:
        place = {
            "product_id": self.product_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": self.scrap_location_id.id,
            "company_id": self.company_id.id,
        }
        line = {
            **place,
            "product_uom_id": self.product_uom_id.id,
            "quantity": self.scrap_qty,
            "lot_id": self.lot_id.id,
            "package_id": self.package_id.id,
            "owner_id": self.owner_id.id,
        }
        return {
            **place,
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": self.scrap_qty,
            "state": "draft",
            "origin": self.origin or self.picking_id.name or self.name,
            "scrap_id": self.id,
            "picking_id": self.picking_id.id,
            "picked": True,
            "move_line_ids": [(0, 0, line)],
        }

    def action_get_stock_move_lines(self) -> dict[str, Any]:
        """The lines of what was thrown away, as an action of the web client."""
        action: dict[str, Any] = self.env["ir.actions.actions"]._for_xml_id("stock.stock_move_line_action")
        return {**action, "domain": [("move_id", "in", self.move_ids.ids)]}

    def _warning(self) -> dict[str, Any]:
        view = self.env.ref("stock.stock_warn_insufficient_qty_scrap_form_view", raise_if_not_found=False)
        return {
            "name": f"{self.product_id.display_name}: Insufficient Quantity To Scrap",
            "view_mode": "form",
            "res_model": "stock.warn.insufficient.qty.scrap",
            "view_id": view.id if view else 0,
            "type": "ir.actions.act_window",
            "context": {
                "default_product_id": self.product_id.id,
                "default_location_id": self.location_id.id,
                "default_scrap_id": self.id,
                "default_quantity": self.scrap_qty,
                "default_product_uom_name": self.product_id.uom_name,
            },
            "target": "new",
        }


class StockWarnInsufficientQtyScrap(models.TransientModel):
    """Asks whether more is to be thrown away than there is."""

    _inherit = "stock.warn.insufficient.qty.scrap"

    @api.compute("quant_ids")
    @api.depends("product_id")
    def _compute_quant_ids(self) -> None:
        for warning in self:
            inside = [("product_id", "=", warning.product_id.id), ("location_id.usage", "=", "internal")]
            warning.quant_ids = self.env["stock.quant"].search(inside)

    def action_done(self) -> bool:
        """Throw it away all the same."""
        return bool(self.scrap_id.do_scrap())

    def action_cancel(self) -> bool:
        """Forget it."""
        return True if self.env.context.get("not_unlink_on_discard") else bool(self.scrap_id.sudo().unlink())
