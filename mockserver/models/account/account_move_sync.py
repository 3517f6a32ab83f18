"""The lines of an invoice that follow from its products: taxes, and what is to be paid when."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.models.account.taxes import TaxedLine

__all__ = ["AccountMoveSync"]


class AccountMoveSync(models.Model):
    """Keeps balances, tax lines and term lines in step with the lines of products."""

    _inherit = "account.move"

    def _sync_lines(self) -> None:
        """Bring the lines of drafts up to date."""
        for move in self.with_context(syncing_moves=True):
            if move.state == "draft" and move._is_invoice():
                products = move.line_ids.filtered(lambda line: line.display_type == "product")
                taxed = [(line, line._taxed()) for line in products]
                move._set_product_balances(taxed)
                move._sync_tax_lines(taxed)
                move._sync_term_lines()

    def _set_product_balances(self, taxed: list[tuple[Any, TaxedLine]]) -> None:
        """Each line's share; the difference to the rounded sum goes to the largest (account/rounding-per-line)."""
        if not taxed:
            return
        currency, sign = self.currency_id, self._direction()
        amounts = {line: currency.round(amount.base) for line, amount in taxed}
        if self.company_id.tax_calculation_rounding_method == "round_globally":
            total = currency.round(sum(amount.base for _line, amount in taxed))
            largest = max(amounts, key=lambda line: abs(amounts[line]))
            amounts[largest] = currency.round(amounts[largest] + total - sum(amounts.values()))
        for line, amount in amounts.items():
            line._set_amount(sign * amount)

    def _sync_tax_lines(self, taxed: list[tuple[Any, TaxedLine]]) -> None:
        wanted = self._tax_amounts(taxed)
        known = self.line_ids.filtered(lambda line: line.display_type == "tax")
        for line in known:
            share = line.tax_repartition_line_id
            line._set_amount(wanted.pop(share)) if share in wanted else line.unlink()
        for share, amount in wanted.items():
            line = self.env["account.move.line"].create(
                [
                    {
                        "move_id": self.id,
                        "display_type": "tax",
                        "name": share.tax_id.name,
                        "tax_repartition_line_id": share.id,
                        "account_id": share.account_id.id or self.journal_id.default_account_id.id,
                    }
                ]
            )
            line._set_amount(amount)

    def _tax_amounts(self, taxed: list[tuple[Any, TaxedLine]]) -> dict[Any, float]:
        """Signed amounts by the share of a tax, rounded per tax."""
        refund = self.move_type in ("out_refund", "in_refund")
        currency, sign = self.currency_id, self._direction()
        globally = self.company_id.tax_calculation_rounding_method == "round_globally"
        sums: dict[Any, float] = {}
        for _line, amounts in taxed:
            for tax, _base, amount in amounts.taxes:
                lines = tax.refund_repartition_line_ids if refund else tax.invoice_repartition_line_ids
                for share in lines.filtered(lambda each: each.repartition_type == "tax"):
                    part = amount * share.factor_percent / 100
                    sums[share] = sums.get(share, 0.0) + (part if globally else currency.round(part))
        rounded = {share: sign * currency.round(amount) for share, amount in sums.items()}
        return {share: amount for share, amount in rounded.items() if not currency.is_zero(amount)}

    def _sync_term_lines(self) -> None:
        known = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        others = self.line_ids.filtered(lambda line: line.display_type in ("product", "tax"))
        total = -self.currency_id.round(sum(others.mapped("amount_currency")))
        wanted = self._term_parts(total) if others else []
        for line, (day, amount) in zip(known, wanted, strict=False):
            line.write({"date_maturity": day, "account_id": self._term_account().id})
            line._set_amount(amount)
        known[len(wanted) :].unlink()
        for day, amount in wanted[len(known) :]:
            vals = {
                "move_id": self.id,
                "display_type": "payment_term",
                "date_maturity": day,
                "account_id": self._term_account().id,
            }
            self.env["account.move.line"].create([vals])._set_amount(amount)

    def _term_parts(self, total: float) -> list[tuple[Any, float]]:
        """(day, amount) of what is to be paid."""
        term, day = self.invoice_payment_term_id, self.invoice_date or self.env.clock.today()
        return term._parts(total, day, self.currency_id) if term else [(self.invoice_date_due or day, total)]

    def _term_account(self) -> Any:
        """The partner's receivable or payable account."""
        partner = self.commercial_partner_id.with_company(self.company_id)
        sale = self.move_type.startswith("out")
        own = partner.property_account_receivable_id if sale else partner.property_account_payable_id
        kind = "asset_receivable" if sale else "liability_payable"
        return own or self.env["account.account"].sudo().search([("account_type", "=", kind)], limit=1)
