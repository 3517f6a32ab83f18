"""Journal entries: invoices, bills and their refunds, from draft to posted and back."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["INVOICES", "AccountMove"]

INVOICES = ("out_invoice", "out_refund", "in_invoice", "in_refund", "out_receipt", "in_receipt")
"""The types of entries that are documents with a partner."""
_KEPT_WHEN_POSTED = (
    "invoice_line_ids",
    "line_ids",
    "partner_id",
    "invoice_date",
    "date",
    "journal_id",
    "currency_id",
    "move_type",
    "invoice_payment_term_id",
    "invoice_date_due",
    "fiscal_position_id",
)
"""Fields nobody changes on a posted entry."""
_SHOWN = ("product", "line_section", "line_subsection", "line_note")


class AccountMove(models.Model):
    """A draft until it is posted; only then it has a number."""

    _inherit = "account.move"

    invoice_line_ids = fields.One2many(domain=[("display_type", "in", _SHOWN)])

    def _is_invoice(self) -> bool:
        return self.move_type in INVOICES

    def _direction(self) -> int:
        """1 where the lines of products are debits: bills and customer refunds; -1 for others."""
        return 1 if self.move_type in ("out_refund", "in_invoice", "in_receipt", "entry") else -1

    def _compute_display_name(self) -> None:
        """The number; drafts say so."""
        move_type: Any = self._fields["move_type"]
        kinds = dict(move_type.pairs(self.env))
        for move in self:
            kind = kinds.get(move.move_type, "")
            draft = f"Draft {kind}" if move._is_invoice() else "Draft Entry"
            move.display_name = (
                (move.name or f"{draft} (* {move.id})")
                if move.state != "draft" or move.name
                else (f"{draft} (* {move.id})")
            )

    @api.compute("show_reset_to_draft_button")
    def _compute_show_reset_to_draft_button(self) -> None:
        for move in self:
            move.show_reset_to_draft_button = move.state in ("posted", "cancel")

    @api.compute("is_invoice_sent")
    def _compute_is_invoice_sent(self) -> None:
        for move in self:
            move.is_invoice_sent = move.is_move_sent

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make entries with the lines that follow from those given; raises UserError for one out of balance."""
        moves = super(AccountMove, self.with_context(syncing_moves=True)).create(vals_list).with_env(self.env)
        moves._sync_lines()
        moves._check_balanced()
        return moves

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for what a posted entry keeps."""
        kept = [name for name in vals if name in _KEPT_WHEN_POSTED]
        if kept and any(move.state == "posted" for move in self) and not self.env.context.get("syncing_moves"):
            raise UserError(f"You cannot modify the following readonly fields on a posted move: {', '.join(kept)}")
        super(AccountMove, self.with_context(syncing_moves=True)).write(vals)
        if not self.env.context.get("syncing_moves"):
            self.exists()._sync_lines()
            self.exists()._check_balanced()
        return True

    def unlink(self) -> bool:
        """Delete drafts with their lines."""
        self.with_context(syncing_moves=True).line_ids.unlink()
        return super().unlink()

    def _check_balanced(self) -> None:
        for move in self:
            currency = move.company_id.currency_id or self.env.company.currency_id
            if not currency.is_zero(sum(move.line_ids.mapped("balance"))):
                raise UserError("The entry is not balanced.")

    # ---------------------------------------------------------------- the flow

    def action_post(self) -> bool:
        """Post drafts: they get their dates and number. Raises UserError for what is not ready."""
        for move in self:
            move._check_postable()
        for move in self:
            move._post()
        return False

    def _check_postable(self) -> None:
        if self.state != "draft":
            raise UserError(f"The entry {self.name} (id {self.id}) must be in draft.")
        if not self.line_ids.filtered(lambda line: line.display_type not in ("line_section", "line_note")):
            raise UserError("Even magicians can't post nothing!")
        if self._is_invoice() and not self.partner_id:
            who = "Customer" if self.move_type.startswith("out") else "Vendor"
            raise UserError(
                f"The field '{who}' is required, please complete it to validate the {who} "
                f"{'Invoice' if who == 'Customer' else 'Bill'}."
            )
        if self.move_type in ("in_invoice", "in_refund") and not self.invoice_date:
            raise UserError("The Bill/Refund date is required to validate this document.")
        if self._is_invoice() and self.amount_total < 0:
            raise UserError(
                "You cannot validate an invoice with a negative total amount. You should create a credit note instead."
                " Use the action menu to transform it into a credit note or refund."
            )

    def _post(self) -> None:
        move = self.with_context(syncing_moves=True)
        if move._is_invoice() and not move.invoice_date:
            move.write({"invoice_date": self.env.clock.today()})
            move._sync_lines()
        name = move.name or move._next_name()
        vals = {"state": "posted", "posted_before": True, "name": name}
        if move.move_type in ("out_invoice", "out_refund") and not move.payment_reference:
            vals["payment_reference"] = name
        move.write(vals)
        move._count_for_partner()

    def _count_for_partner(self) -> None:
        """Customers and vendors are ranked by their documents."""
        partner = self.partner_id.sudo()
        field = "customer_rank" if self.move_type.startswith("out") else "supplier_rank"
        for each in partner | partner.commercial_partner_id if self._is_invoice() else partner.browse():
            each[field] = each[field] + 1

    def _next_name(self) -> str:
        """The next number of the journal's year (of its month outside sales and banks)."""
        journal, day = self.journal_id, self.date
        refund = "R" if journal.refund_sequence and self.move_type in ("out_refund", "in_refund") else ""
        yearly = journal.type in ("sale", "bank", "cash", "credit")
        prefix = f"{refund}{journal.code}/{day.year}/" + ("" if yearly else f"{day.month:02d}/")
        if journal.payment_sequence and self.origin_payment_id:
            prefix = f"P{prefix}"
        used = self.sudo().search([("journal_id", "=", journal.id), ("name", "=like", f"{prefix}%")])
        numbers = [int(name[len(prefix) :]) for name in used.mapped("name") if name[len(prefix) :].isdigit()]
        return f"{prefix}{max(numbers, default=0) + 1:0{5 if yearly else 4}d}"

    def button_draft(self) -> None:
        """Make drafts of posted and cancelled entries; raises UserError for others."""
        if any(move.state not in ("posted", "cancel") for move in self):
            raise UserError("Only posted/cancelled journal entries can be reset to draft.")
        self.with_context(syncing_moves=True).write({"state": "draft"})

    def button_cancel(self) -> None:
        """Cancel entries, posted ones by way of draft."""
        self.filtered(lambda move: move.state == "posted").button_draft()
        if any(move.state != "draft" for move in self):
            raise UserError("Only draft journal entries can be cancelled.")
        self.with_context(syncing_moves=True).write({"auto_post": "no", "state": "cancel"})
