"""What has settled an invoice, and what could."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.account_account import CLAIMS

__all__ = ["AccountMoveSettlement"]


class AccountMoveSettlement(models.Model):
    """Payments and refunds of an invoice, as lists and in the form its widgets take."""

    _inherit = "account.move"

    @api.compute("reconciled_payment_ids", "payment_count")
    def _compute_reconciled_payment_ids(self) -> None:
        for move in self:
            lines = move.sudo().line_ids
            waiting = move.sudo().matched_payment_ids.filtered(lambda payment: payment.state in ("draft", "in_process"))
            move.reconciled_payment_ids = (lines.reconciled_lines_ids.move_id.origin_payment_id | waiting).ids
            move.payment_count = len(move.reconciled_payment_ids)

    @api.search("reconciled_payment_ids")
    def _search_reconciled_payment_ids(self, operator: str, value: Any) -> list[Any]:
        return [("matched_payment_ids", operator, value)]

    @api.compute("invoice_payments_widget")
    def _compute_invoice_payments_widget(self) -> None:
        """Title and content: an entry for each part that has been settled; false where nothing has."""
        for move in self:
            shown = move.state in ("draft", "posted") and move.is_invoice(True)
            content = [move._settled_part(*part) for part in move._settled_parts()] if shown else []
            widget = {"title": "Less Payment", "outstanding": False, "content": content}
            move.invoice_payments_widget = widget if content else False

    @api.compute("invoice_outstanding_credits_debits_widget", "invoice_has_outstanding")
    def _compute_invoice_outstanding(self) -> None:
        """Open items of the partner that could settle what is left of an invoice; false where there are none."""
        for move in self:
            payable = move.state in ("draft", "posted") and move.payment_state in ("not_paid", "partial")
            shown = payable and move.is_invoice(True)
            content = [move._open_item(line) for line in move._open_items()] if shown else []
            title = "Outstanding credits" if move.is_inbound() else "Outstanding debits"
            widget = {"outstanding": True, "content": content, "move_id": move.id, "title": title}
            move.invoice_outstanding_credits_debits_widget = widget if content else False
            move.invoice_has_outstanding = bool(content)

    def _claims(self) -> Any:
        """The items of what is due."""
        return self.sudo().line_ids.filtered(lambda line: line.account_id.account_type in CLAIMS)

    def _settled_parts(self) -> list[tuple[Any, float, Any]]:
        """(partial reconciliation, its amount in the currency of the claim, the other item)."""
        claims = self._claims()
        by_debit = [(part, part.credit_amount_currency, part.debit_move_id) for part in claims.matched_debit_ids]
        by_credit = [(part, part.debit_amount_currency, part.credit_move_id) for part in claims.matched_credit_ids]
        return by_debit + by_credit + self._exchanged_parts(claims)

    def _exchanged_parts(self, claims: Any) -> list[tuple[Any, float, Any]]:
        """What exchange rates left of the other items."""
        partials = claims.matched_debit_ids | claims.matched_credit_ids
        exchange, others = partials.exchange_move_id, (partials.debit_move_id | partials.credit_move_id) - claims
        by_debit = [(part, 0.0, part.debit_move_id) for part in others.matched_debit_ids]
        by_credit = [(part, 0.0, part.credit_move_id) for part in others.matched_credit_ids]
        return [part for part in by_debit + by_credit if part[2].move_id in exchange]

    def _settled_part(self, partial: Any, amount: float, line: Any) -> dict[str, Any]:
        entry, payment, own = line.move_id, line.payment_id, line.company_id.currency_id
        by_rate = bool(
            self.env["account.partial.reconcile"].sudo().search([("exchange_move_id", "=", entry.id)], limit=1)
        )
        foreign = line.amount_currency and line.currency_id != own
        return {
            "name": line.name,
            "journal_name": line.journal_id.name,
            "company_name": line.company_id.name if line.company_id != self.company_id else False,
            "amount": abs(line.balance) if by_rate else amount,
            "currency_id": own.id if by_rate else self.currency_id.id,
            "date": line.date,
            "partial_id": partial.id,
            "account_payment_id": payment.id,
            "payment_method_name": payment.payment_method_line_id.name,
            "move_id": entry.id,
            "is_refund": entry.move_type in ("in_refund", "out_refund"),
            "ref": f"{entry.name} ({entry.ref})" if entry.ref else entry.name,
            "is_exchange": by_rate,
            "amount_company_currency": own.format(abs(line.balance)),
            "amount_foreign_currency": line.currency_id.format(abs(line.amount_currency)) if foreign else False,
        }

    def _open_items(self) -> Any:
        open_claims = self._claims().filtered(lambda line: not line.reconciled)
        side = ("balance", "<", 0.0) if self.is_inbound() else ("balance", ">", 0.0)
        return self.env["account.move.line"].search(
            [
                ("account_id", "in", open_claims.account_id.ids),
                ("parent_state", "=", "posted"),
                ("partner_id", "=", self.commercial_partner_id.id),
                ("reconciled", "=", False),
                "|",
                ("amount_residual", "!=", 0.0),
                ("amount_residual_currency", "!=", 0.0),
                side,
            ]
        )

    def _open_item(self, line: Any) -> dict[str, Any]:
        same = line.currency_id == self.currency_id
        amount = abs(line.amount_residual_currency) if same else self._in_own_currency(line)
        return {
            "journal_name": line.ref or line.move_id.name,
            "amount": amount,
            "currency_id": self.currency_id.id,
            "id": line.id,
            "move_id": line.move_id.id,
            "date": line.date,
            "account_payment_id": line.payment_id.id,
            "move_ref": line.ref or "",
        }

    def _in_own_currency(self, line: Any) -> float:
        left, own = abs(line.amount_residual), line.company_currency_id
        return float(own._convert(left, self.currency_id, self.company_id, line.date))
