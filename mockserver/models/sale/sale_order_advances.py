"""Down payments on orders: the lines that remember them, named after their invoices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.models.sale.order_parts import Part

__all__ = ["AccountMoveAdvances", "SaleOrderAdvances", "SaleOrderLineAdvances"]


class SaleOrderAdvances(models.Model):
    """Keeps what was asked for in advance, in a section at its end."""

    _inherit = "sale.order"

    def _add_advances(self, parts: Sequence[Part]) -> Any:
        """The new lines of a down payment, one for each set of taxes."""
        lines, own = self.env["sale.order.line"], {"order_id": self.id, "is_downpayment": True}
        if not any(line.is_downpayment and line.display_type for line in self.order_line):
            lines.create([{**own, "display_type": "line_section", "sequence": self._next_sequence()}])
        first = self._next_sequence()
        return lines.create(
            [
                {
                    **own,
                    "product_uom_qty": 0.0,
                    "price_unit": part.price,
                    "tax_ids": [(6, 0, part.taxes.ids)],
                    "sequence": first + index,
                }
                for index, part in enumerate(parts)
            ]
        )

    def _next_sequence(self) -> int:
        return int(max(self.order_line.mapped("sequence"), default=10)) + 1


class SaleOrderLineAdvances(models.Model):
    """Says by its name what became of a down payment."""

    _inherit = "sale.order.line"

    def _advance_label(self) -> str:
        """What a line of a down payment is called, by the state of its invoices."""
        if self.display_type:
            return "Down Payments"
        items = self.invoice_lines
        if all(item.parent_state == "draft" for item in items):
            day = self.create_date or self.env.transaction.now
            return f"Down Payment: {day:%m/%d/%Y} (Draft)"
        if all(item.parent_state == "cancel" for item in items):
            return "Down Payment (Cancelled)"
        invoice = items.filtered(lambda item: item.quantity >= 0).move_id
        invoice = invoice.filtered(lambda move: move.move_type == "out_invoice")
        if len(invoice) == 1 and invoice.payment_reference and invoice.invoice_date:
            return f"Down Payment (ref: {invoice.payment_reference} on {invoice.invoice_date:%m/%d/%Y})"
        return "Down Payment"

    def _advance_price(self, others: Any) -> float:
        """What posted invoices, but for those of other lines, ask for in advance."""
        posted = self.invoice_lines.filtered(lambda item: item.parent_state == "posted" and item.move_id not in others)
        return float(
            sum(item.price_unit if item.move_id.move_type == "out_invoice" else -item.price_unit for item in posted)
        )


class AccountMoveAdvances(models.Model):
    """Tells the lines of its down payments what becomes of it."""

    _inherit = "account.move"

    def action_post(self) -> Any:
        """Post; the lines of down payments take name, price and taxes from it, but for those of locked orders."""
        result = super().action_post()  # type: ignore[misc]
        advances = self._advances()
        advances._compute_name()
        for line in advances.filtered(lambda each: not each.order_id.locked):
            others = (line.order_id.order_line - advances).invoice_lines.move_id
            line.write({"price_unit": line._advance_price(others), "tax_ids": [(6, 0, line.invoice_lines.tax_ids.ids)]})
        return result

    def button_draft(self) -> None:
        """Make drafts; the lines of down payments say so."""
        super().button_draft()  # type: ignore[misc]
        self._advances()._compute_name()

    def button_cancel(self) -> None:
        """Cancel; the lines of down payments say so."""
        super().button_cancel()  # type: ignore[misc]
        self._advances()._compute_name()

    def unlink(self) -> bool:
        """Delete; lines of down payments that have no other invoice go too."""
        items = self.sudo().line_ids
        alone = self._advances().filtered(lambda line: not line.invoice_lines - items)
        super().unlink()
        alone.unlink()
        return True

    def _advances(self) -> Any:
        lines = self.sudo().line_ids.sale_line_ids
        return lines.filtered(lambda line: line.is_downpayment and not line.display_type)
