"""What of several invoices is to be paid on a day: what is due by then, or next, and what an early payment saves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

__all__ = ["Totals", "totals_on"]


@dataclass(slots=True)
class Totals:
    """Amounts in the currency of the payment, without sign; `items` is what the amount by default pays."""

    by_default: float = 0.0
    full: float = 0.0
    for_difference: float = 0.0
    full_for_difference: float = 0.0
    mode: str | bool = False
    is_early: bool = False
    items: list[Any] = field(default_factory=list)


def totals_on(items: Any, currency: Any, day: date) -> Totals:
    """The totals of open items for a payment in a currency on a day."""
    totals = Totals()
    due = early = early_full = later = 0.0
    for move in items.sorted(lambda item: item.move_id.id).move_id:
        own = items.filtered(lambda item, move=move: item.move_id == move)
        for item, kind in _instalments(own.sorted(_order), currency, day):
            left = _in_currency(item, item.amount_residual_currency, item.amount_residual, currency, day)
            if kind == "early":
                early += _in_currency(item, item.discount_amount_currency, item.discount_balance, currency, day)
                early_full += left
                totals.is_early = True
            elif kind == "later":
                later += left
                continue
            else:
                due += left
                first = "next" if kind == "next" else totals.mode or kind
                totals.mode = first if kind != "other" else totals.mode
            totals.items.append(item)
    totals.by_default, totals.full = abs(due + early), abs(due + early + later)
    totals.for_difference, totals.full_for_difference = abs(due + early_full), abs(due + early_full + later)
    return totals


def _order(item: Any) -> tuple[str, int]:
    return str(item.date_maturity or date.max), item.id


def _instalments(items: Any, currency: Any, day: date) -> list[tuple[Any, str]]:
    """The items of one invoice with what they are on a day; of those not yet due only the first is next, if none is."""
    kinds: list[tuple[Any, str]] = []
    for item in items:
        if item.move_id._can_pay_early(currency, day):
            kind = "early"
        elif item.display_type != "payment_term":
            kind = "other"
        elif (item.date_maturity or item.date) < day:
            kind = "overdue"
        else:
            kind = "later" if any(known in ("overdue", "next") for _item, known in kinds) else "next"
        kinds.append((item, kind))
    return kinds


def _in_currency(item: Any, foreign: float, own: float, currency: Any, day: date) -> float:
    """An amount of an item, given in its own currency and in the company's, in that of the payment."""
    if item.currency_id == currency:
        return foreign
    company = item.company_id
    if item.currency_id != company.currency_id and currency == company.currency_id:
        return float(item.currency_id._convert(foreign, currency, company, day))
    return float(company.currency_id._convert(own, currency, company, day))
