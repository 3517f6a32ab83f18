"""What kind of entry a move is, and what that says about directions and labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["AccountMoveKinds"]

_SALE, _PURCHASE = ["out_invoice", "out_refund"], ["in_invoice", "in_refund"]
_LABELS = {
    "entry": "Journal Entry",
    "out_invoice": "Invoice",
    "out_refund": "Credit Note",
    "in_invoice": "Vendor Bill",
    "in_refund": "Vendor Credit Note",
    "out_receipt": "Sales Receipt",
    "in_receipt": "Purchase Receipt",
}
_DRAFTS = {
    "entry": "Draft Entry",
    "out_invoice": "Draft Invoice",
    "out_refund": "Draft Credit Note",
    "in_invoice": "Draft Bill",
    "in_refund": "Draft Vendor Credit Note",
    "out_receipt": "Draft Sales Receipt",
    "in_receipt": "Draft Purchase Receipt",
}


class AccountMoveKinds(models.Model):
    """Invoices go out or come in; what is outbound makes a debt of ours."""

    _inherit = "account.move"

    @api.model
    def get_invoice_types(self, include_receipts: bool = False) -> list[str]:
        """The move types of invoices and refunds."""
        return self.get_sale_types(include_receipts) + self.get_purchase_types(include_receipts)

    @api.model
    def get_sale_types(self, include_receipts: bool = False) -> list[str]:
        """The move types of what customers get."""
        return [*_SALE, *(["out_receipt"] if include_receipts else [])]

    @api.model
    def get_purchase_types(self, include_receipts: bool = False) -> list[str]:
        """The move types of what vendors send."""
        return [*_PURCHASE, *(["in_receipt"] if include_receipts else [])]

    @api.model
    def get_inbound_types(self, include_receipts: bool = True) -> list[str]:
        """The move types that bring money in."""
        return ["out_invoice", "in_refund", *(["out_receipt"] if include_receipts else [])]

    @api.model
    def get_outbound_types(self, include_receipts: bool = True) -> list[str]:
        """The move types that cost money."""
        return ["in_invoice", "out_refund", *(["in_receipt"] if include_receipts else [])]

    def is_invoice(self, include_receipts: bool = False) -> bool:
        """Whether it is an invoice or a refund."""
        return self.is_sale_document(include_receipts) or self.is_purchase_document(include_receipts)

    def is_entry(self) -> bool:
        """Whether it is a plain journal entry."""
        return bool(self.move_type == "entry")

    def is_receipt(self) -> bool:
        """Whether it is a receipt."""
        return self.move_type in ("out_receipt", "in_receipt")

    def is_sale_document(self, include_receipts: bool = False) -> bool:
        """Whether it is for a customer."""
        return self.move_type in self.get_sale_types(include_receipts)

    def is_purchase_document(self, include_receipts: bool = False) -> bool:
        """Whether it is of a vendor."""
        return self.move_type in self.get_purchase_types(include_receipts)

    def is_inbound(self, include_receipts: bool = True) -> bool:
        """Whether it brings money in."""
        return self.move_type in self.get_inbound_types(include_receipts)

    def is_outbound(self, include_receipts: bool = True) -> bool:
        """Whether it costs money."""
        return self.move_type in self.get_outbound_types(include_receipts)

    @api.compute("direction_sign")
    def _compute_direction_sign(self) -> None:
        for move in self:
            move.direction_sign = 1 if move.is_entry() or move.is_outbound() else -1

    @api.compute("type_name")
    def _compute_type_name(self) -> None:
        for move in self:
            move.type_name = _LABELS[move.move_type]

    def _compute_display_name(self) -> None:
        """That it is a draft, the number, and the reference in brackets."""
        for move in self:
            label = _DRAFTS[move.move_type] if move.state == "draft" else ""
            number = move.name if move.name and move.name != "/" else ""
            reference = f" ({_shortened(move.ref)})" if move.ref else ""
            move.display_name = f"{label} {number}".strip() + reference

    @api.compute("access_url")
    def _compute_access_url(self) -> None:
        """Entries that are no invoices have no page."""
        super()._compute_access_url()  # type: ignore[misc]
        for move in self.filtered(lambda each: not each.is_invoice()):
            move.access_url = "#"

    @api.compute("checked")
    @api.depends("state", "journal_id.type")
    def _compute_checked(self) -> None:
        """Posting is checking, where nobody else reviews."""
        for move in self:
            move.checked = move.state == "posted"

    def button_set_checked(self) -> None:
        """Mark entries as checked."""
        self.write({"checked": True})

    def preview_invoice(self) -> dict[str, Any]:
        """The invoice as its customer sees it."""
        return dict(self._portal_action())

    @api.compute("show_reset_to_draft_button")
    def _compute_show_reset_to_draft_button(self) -> None:
        for move in self:
            move.show_reset_to_draft_button = move.state in ("posted", "cancel") and not move.inalterable_hash

    def _track_subtype(self, before: Mapping[str, Any]) -> Any:
        if self.is_invoice(True) and "payment_state" in before and self.payment_state == "paid":
            return self.env.ref("account.mt_invoice_paid")
        if self.is_sale_document(True) and "state" in before and self.state == "posted":
            return self.env.ref("account.mt_invoice_validated")
        return super()._track_subtype(before)  # type: ignore[misc]


def _shortened(text: str, limit: int = 50) -> str:
    return text if len(text) <= limit else text[: limit - 3] + "..."
