"""What is bought of partners."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["ResPartner"]


class ResPartner(models.Model):
    """A vendor's orders and bills, those of its contacts too."""

    _inherit = "res.partner"

    @api.compute("purchase_order_count")
    def _compute_purchase_order_count(self) -> None:
        for partner in self:
            domain = [("partner_id", "child_of", partner.ids)]
            partner.purchase_order_count = self.env["purchase.order"].search_count(domain) if partner.ids else 0

    @api.compute("supplier_invoice_count")
    def _compute_supplier_invoice_count(self) -> None:
        for partner in self:
            domain = [("partner_id", "child_of", partner.ids), ("move_type", "in", ("in_invoice", "in_refund"))]
            partner.supplier_invoice_count = self.env["account.move"].search_count(domain) if partner.ids else 0
