"""Payment terms: when which part of an invoice is due."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from math import copysign
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

__all__ = ["AccountPaymentTerm", "AccountPaymentTermLine"]


class AccountPaymentTerm(models.Model):
    """Parts that add up to the whole; without any, all at once."""

    _inherit = "account.payment.term"

    @api.default("line_ids")
    def _default_line_ids(self) -> list[Any]:
        return [(0, 0, {"value": "percent", "value_amount": 100.0, "nb_days": 0})]

    @api.constrains("line_ids", "early_discount", "discount_percentage", "discount_days")
    def _check_lines(self) -> None:
        for term in self:
            percents = term.line_ids.filtered(lambda line: line.value == "percent").mapped("value_amount")
            if round(sum(percents), 6) != 100.0:
                raise ValidationError(
                    "The Payment Term must have at least one percent line and the sum of the percent must be 100%."
                )
            if len(term.line_ids) > 1 and term.early_discount:
                raise ValidationError(
                    "The Early Payment Discount functionality can only be used with payment terms using a single 100%"
                    " line. "
                )
            if term.early_discount and term.discount_percentage <= 0:
                raise ValidationError("The Early Payment Discount must be strictly positive.")
            if term.early_discount and term.discount_days <= 0:
                raise ValidationError("The Early Payment Discount days must be strictly positive.")

    @api.compute("early_pay_discount_computation")
    @api.depends("company_id")
    def _compute_discount_computation(self) -> None:
        """Whether taxes shrink with an early payment, as the company's country has it."""
        kinds = {"BE": "mixed", "NL": "excluded"}
        for term in self:
            country = term.company_id.country_code or self.env.company.country_code
            term.early_pay_discount_computation = kinds.get(country, "included")

    @api.compute("currency_id", "fiscal_country_codes", "example_invalid")
    def _compute_of_company(self) -> None:
        for term in self:
            company = term.company_id or self.env.company
            countries = (term.company_id or self.env.companies).mapped("account_fiscal_country_id.code")
            term.currency_id, term.fiscal_country_codes = company.currency_id, ",".join(countries)
            term.example_invalid = not term.line_ids

    def _last_early_day(self, start: date | bool) -> date | None:
        """The last day on which the discount is granted."""
        return start + timedelta(days=self.discount_days) if self.early_discount and isinstance(start, date) else None

    def _early_amount(self, total: float, untaxed: float, currency: Any) -> float:
        """What an early payment has to come to, the tax shrinking with it or not."""
        base = total if self.early_pay_discount_computation == "included" else untaxed
        return float(currency.round(total - base * self.discount_percentage / 100))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self) -> None:
        if self.env["account.move"].search_count([("invoice_payment_term_id", "in", self.ids)], limit=1):
            raise UserError(
                "Uh-oh! Those payment terms are quite popular and can't be deleted since there are still some records"
                " referencing them. How about archiving them instead?"
            )

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        return [{**values, "name": f"{term.name} (copy)"} for term, values in zip(self, copies, strict=True)]

    def _last_day(self, start: date) -> date:
        """When the last part is due."""
        return max((line._due(start) for line in self.line_ids), default=start)

    def _instalments(self, total: float, start: date, currency: Any) -> list[tuple[date, float]]:
        """The days and amounts of the parts; the last one takes what rounding leaves."""
        parts: list[tuple[date, float]] = []
        left = total
        for line in self.line_ids:
            fixed = copysign(line.value_amount, total)
            share = fixed if line.value == "fixed" else total * line.value_amount / 100
            amount = left if line == self.line_ids[-1:] else currency.round(share)
            parts.append((line._due(start), amount))
            left -= amount
        return parts


class AccountPaymentTermLine(models.Model):
    """One part of a term."""

    _inherit = "account.payment.term.line"

    @api.compute("value_amount")
    @api.depends("payment_id")
    def _compute_value_amount(self) -> None:
        for line in self:
            others = (line.payment_id.line_ids - line).filtered(lambda each: each.value == "percent")
            rest = 100.0 - sum(others.mapped("value_amount"))
            line.value_amount = 0.0 if line.value == "fixed" else rest

    @api.compute("nb_days")
    @api.depends("payment_id")
    def _compute_nb_days(self) -> None:
        for line in self:
            before = line.payment_id.line_ids - line
            line.nb_days = line.nb_days or (before[-1].nb_days + 30 if before else 0)

    @api.constrains("value", "value_amount")
    def _check_percent(self) -> None:
        for line in self:
            if line.value == "percent" and not 0 <= line.value_amount <= 100:
                raise ValidationError("Percentages on the Payment Terms lines must be between 0 and 100.")

    def _due(self, start: date) -> date:
        """The day this part is due, counted from a day."""
        if self.delay_type == "days_after":
            return start + timedelta(days=self.nb_days)
        if self.delay_type == "days_after_end_of_month":
            return end_of_month(start) + timedelta(days=self.nb_days)
        if self.delay_type == "days_after_end_of_next_month":
            return end_of_month(end_of_month(start) + timedelta(days=1)) + timedelta(days=self.nb_days)
        day = int(self.days_next_month or 0) if str(self.days_next_month or "").isdigit() else 1
        month = end_of_month(start + timedelta(days=self.nb_days))
        if not day:
            return month
        following = month + timedelta(days=1)
        return following.replace(day=min(day, end_of_month(following).day))


def end_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
