"""The lines an invoice gets by itself: its taxes, what is rounded, and what is due when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.tax_totals import tax_totals
from fauxdoo.mockserver.models.account.taxes import Amounts, TaxedLine, totals

__all__ = ["AccountMoveSync"]


class AccountMoveSync(models.Model):
    """After every change of a draft invoice, the lines of taxes and terms are brought in line with the others."""

    _inherit = "account.move"

    def _synchronise(self) -> None:
        for move in self.with_context(move_sync=True):
            if move.state == "draft" and move.is_invoice(True) and move.currency_id:
                move._synchronise_one()

    def _synchronise_one(self) -> None:
        taxed = self._taxed_lines()
        amounts = self._totals(taxed)
        self._set_bases(taxed, amounts.untaxed)
        self._set_lines("tax", self._wanted_taxes(taxed, amounts.by_tax))
        self._set_lines("rounding", self._wanted_rounding())
        self._set_lines("payment_term", self._wanted_terms() if taxed else [])

    def _taxed_lines(self) -> dict[Any, TaxedLine]:
        return {line: line._taxed() for line in self.line_ids if line.display_type == "product"}

    def _totals(self, taxed: Mapping[Any, TaxedLine]) -> Amounts:
        return totals(list(taxed.values()), self.currency_id, self.company_id.tax_calculation_rounding_method)

    @api.compute("tax_totals")
    def _compute_tax_totals(self) -> None:
        """Of invoices and receipts; false of other entries."""
        for move in self:
            if not move.is_invoice(True):
                move.tax_totals = False
                continue
            company, rate = move.company_id, move.invoice_currency_rate
            shown = tax_totals(move._totals(move._taxed_lines()), move.currency_id, company, rate)
            move._round_totals(shown)
            foreign = move.currency_id != company.currency_id and move.is_sale_document(True)
            both = bool(company.display_invoice_tax_company_currency and foreign and shown["has_tax_groups"])
            move.tax_totals = {**shown, "display_in_company_currency": both}

    def _set_bases(self, taxed: Mapping[Any, TaxedLine], untaxed: float) -> None:
        """The lines' own balances; cents that rounding the sum takes are taken off the largest lines."""
        rounded = {line: self.currency_id.round(each.base) for line, each in taxed.items()}
        cent = self.currency_id.rounding or 0.01
        left = round((untaxed - sum(rounded.values())) / cent)
        for line in sorted(rounded, key=lambda each: -abs(rounded[each]))[: abs(left)]:
            rounded[line] += cent if left > 0 else -cent
        for line, base in rounded.items():
            line._set_amount(self.direction_sign * base)

    def _wanted_taxes(
        self, taxed: Mapping[Any, TaxedLine], by_tax: Mapping[Any, tuple[float, float]]
    ) -> list[dict[str, Any]]:
        wanted: list[dict[str, Any]] = []
        for tax, (base, amount) in by_tax.items():
            shares = tax._repartition_of(self.move_type).filtered(lambda share: share.repartition_type == "tax")
            fallback = _account_of(tax, taxed)
            for share, part in zip(shares, _distributed(shares, amount, self.currency_id), strict=True):
                if not self.currency_id.is_zero(part):
                    wanted.append(self._tax_values(tax, share, part, base, fallback))
        return wanted

    def _tax_values(self, tax: Any, share: Any, amount: float, base: float, fallback: Any) -> dict[str, Any]:
        return {
            "name": tax.name,
            "tax_repartition_line_id": share.id,
            "account_id": (share.account_id or fallback).id,
            "tax_base_amount": self.currency_id._convert(base, self.company_id.currency_id, self.company_id, self.date),
            "amount_currency": self.direction_sign * amount,
        }

    def _wanted_terms(self) -> list[dict[str, Any]]:
        others = self.line_ids.filtered(lambda line: line.display_type != "payment_term")
        total = -sum(others.mapped("amount_currency"))
        account = self._counterpart_account()
        early = self._wanted_discount(total)
        return [
            {"date_maturity": day, "amount_currency": amount, "account_id": account.id, **early}
            for day, amount in self._instalments(total)
        ]

    def _wanted_discount(self, total: float) -> dict[str, Any]:
        """Until when less is due, and how much then."""
        term, own = self.invoice_payment_term_id, self.company_id.currency_id
        amount = balance = 0.0
        if term.early_discount:
            untaxed, _balance = self._sums("product", "rounding")
            amount = term._early_amount(total, -untaxed, self.currency_id)
            balance = self.currency_id._convert(amount, own, self.company_id, self.date)
        last = term._last_early_day(self._terms_start()) or False
        return {"discount_date": last, "discount_amount_currency": amount, "discount_balance": balance}

    def _instalments(self, total: float) -> Sequence[tuple[date, float]]:
        term = self.invoice_payment_term_id
        if term and term.line_ids:
            instalments: Sequence[tuple[date, float]] = term._instalments(total, self._terms_start(), self.currency_id)
            return instalments
        return [(self.invoice_date_due, self.currency_id.round(total))]

    def _terms_start(self) -> date:
        """The day that payment terms count from."""
        start: date = self.invoice_date or self.date or self.env.clock.today()
        return start

    def _counterpart_account(self) -> Any:
        """Where the partner's debt or claim is kept."""
        partner = self.commercial_partner_id.with_company(self.company_id)
        name = "property_account_receivable_id" if self.is_sale_document(True) else "property_account_payable_id"
        if partner and partner[name]:
            return partner[name]
        kind = "asset_receivable" if self.is_sale_document(True) else "liability_payable"
        return self.env["account.account"].sudo().search([("account_type", "=", kind)], order="id", limit=1)

    def _set_lines(self, kind: str, wanted: Sequence[Mapping[str, Any]]) -> None:
        """Make the lines of a kind those wanted: what is there is changed, the rest made or deleted."""
        present = list(self.line_ids.filtered(lambda line: line.display_type == kind))
        for line, values in zip(present, wanted, strict=False):
            line.write(_changed(line, values))
        for line in present[len(wanted) :]:
            line.unlink()
        new = [{"move_id": self.id, "display_type": kind, **values} for values in wanted[len(present) :]]
        if new:
            self.env["account.move.line"].create(new)


def _changed(line: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values a line does not have yet."""
    current = {name: line[name].id if hasattr(line[name], "_ids") else line[name] for name in values}
    return {name: value for name, value in values.items() if current[name] != value}


def _account_of(tax: Any, taxed: Mapping[Any, TaxedLine]) -> Any:
    """The account of the first line that carries a tax: taxes without their own account go there."""
    lines: Iterable[Any] = (line for line, each in taxed.items() if any(own == tax for own, *_ in each.taxes))
    return next(iter(lines)).account_id


def _distributed(shares: Any, amount: float, currency: Any) -> list[float]:
    """An amount by the factors of repartition lines, the last one takes the rest."""
    parts = [currency.round(amount * share.factor_percent / 100) for share in shares]
    if parts:
        whole = currency.round(amount * sum(shares.mapped("factor_percent")) / 100)
        parts[-1] = currency.round(whole - sum(parts[:-1]))
    return parts
