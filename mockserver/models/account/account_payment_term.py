"""Payment terms: which part is to be paid when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["AccountPaymentTerm"]


class AccountPaymentTerm(models.Model):
    """Parts of an amount, each with its delay."""

    _inherit = "account.payment.term"

    @api.default("line_ids")
    def _default_line_ids(self) -> list[Any]:
        return [(0, 0, {"value": "percent", "value_amount": 100.0, "nb_days": 0})]

    @api.constrains("line_ids")
    def _check_lines(self) -> None:
        for term in self:
            percents = term.line_ids.filtered(lambda line: line.value == "percent").mapped("value_amount")
            if not percents or round(sum(percents), 2) != 100:
                raise ValidationError(
                    "The Payment Term must have at least one percent line and the sum of the percent must be 100%."
                )

    def _parts(self, total: float, day: date, currency: Any) -> list[tuple[date, float]]:
        """(day, amount) of each part; the last takes what rounding leaves."""
        parts, left = [], total
        for line in self.line_ids[:-1]:
            share = total * line.value_amount / 100 if line.value == "percent" else line.value_amount
            amount = currency.round(share)
            parts.append((line._due_day(day), amount))
            left -= amount
        last = self.line_ids[-1:]
        return [*parts, (last._due_day(day), currency.round(left))] if last else [(day, total)]

    def _last_day(self, day: date) -> date:
        return max((line._due_day(day) for line in self.line_ids), default=day)


class AccountPaymentTermLine(models.Model):
    """One part of a term."""

    _inherit = "account.payment.term.line"

    def _due_day(self, day: date) -> date:
        """The day this part of an invoice of `day` is due."""
        later = day + timedelta(days=self.nb_days)
        if self.delay_type == "days_after_end_of_month":
            return _month_end(day) + timedelta(days=self.nb_days)
        if self.delay_type == "days_after_end_of_next_month":
            return _month_end(_month_end(day) + timedelta(days=1)) + timedelta(days=self.nb_days)
        if self.delay_type == "days_end_of_month_on_the":
            wanted = int(self.days_next_month or 0)
            end = _month_end(later)
            return end if not wanted else end + timedelta(days=wanted)
        return later


def _month_end(day: date) -> date:
    first = day.replace(day=28) + timedelta(days=4)
    return first.replace(day=1) - timedelta(days=1)
