"""How far a debit and a credit settle each other, and what the exchange rates leave over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fauxdoo.mockserver.models.account.account_account import CLAIMS

__all__ = ["Gap", "Match", "Side", "matches"]

_Amounts = dict[Any, tuple[float, float | None]]
"""What is left, and units of it for one of the company's currency, by currency."""


@dataclass
class Side:
    """An item with what is left of it: positive, of a debit as of a credit."""

    line: Any
    left: float
    """In the currency of the company."""
    foreign: float
    """In the currency of the item."""

    @classmethod
    def of(cls, line: Any) -> Side:
        """A debit or a credit."""
        sign = -1 if _is_credit(line) else 1
        return cls(line, sign * line.amount_residual, sign * line.amount_residual_currency)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left, in neither currency."""
        return bool(self.line.currency_id.is_zero(self.foreign) and self.line.company_currency_id.is_zero(self.left))

    def amounts(self, other: Side) -> _Amounts:
        """What is left, by the currencies it can be settled in.

        A claim in the currency of the company can also be settled in that of the other side.
        """
        own, currency, foreign = self.line.company_currency_id, self.line.currency_id, other.line.currency_id
        found: _Amounts = {}
        if not own.is_zero(self.left):
            found[own] = (self.left, 1.0)
        if currency != own and not currency.is_zero(self.foreign):
            found[currency] = (self.foreign, _booked_rate(self.line))
        if currency == own != foreign and own in found and self.line.account_id.account_type in CLAIMS:
            rate = self._rate_towards(other)
            left = foreign.round(self.left * rate)
            if not foreign.is_zero(left):
                found[foreign] = (left, rate)
        return found

    def _rate_towards(self, other: Side) -> float:
        """The rate of the other's currency: the one a payment was booked at, else that of the day."""
        move, currency = self.line.move_id, other.line.currency_id
        if not _is_payment(self.line) and _is_payment(other.line) and (booked := _booked_rate(other.line)):
            return booked
        day = move.invoice_date if move.is_invoice(True) else self.line.date
        return float(currency._rate_on(day, self.line.company_id))


@dataclass
class Gap:
    """What is left of an item that is settled in the other currency: of a debit positive, of a credit negative."""

    line: Any
    amount: float = 0.0
    """In the currency of the company."""
    foreign: float = 0.0
    """In the currency of the item."""


@dataclass
class Match:
    """A part of a debit settled by a part of a credit."""

    debit: Any
    credit: Any
    amount: float
    debit_foreign: float
    credit_foreign: float
    gaps: list[Gap] = field(default_factory=list)


_Asked = tuple[tuple[Side, _Amounts, bool], tuple[Side, _Amounts, bool]]
"""Debit and credit: what they can be settled in, and whether that is done whole."""


def matches(sides: list[Side], *, gaps: bool = True) -> Iterator[Match]:
    """What settles what, in this order; reduces what is left of the sides. Without `gaps` the rates leave it open."""
    debits = iter([side for side in sides if not _is_credit(side.line) and not side.is_settled])
    credits = iter([side for side in sides if _is_credit(side.line) and not side.is_settled])
    debit, credit = next(debits, None), next(credits, None)
    while debit is not None and credit is not None:
        mine, others = debit.amounts(credit), credit.amounts(debit)
        currency = _common_currency(debit, credit, mine, others)
        if currency in mine and currency in others:
            yield _matched(debit, credit, currency, mine, others, gaps)
        settled = debit.is_settled or currency not in mine, credit.is_settled or currency not in others
        debit = next(debits, None) if settled[0] else debit
        credit = next(credits, None) if settled[1] else credit


def _is_credit(line: Any) -> bool:
    return bool(line.balance < 0 or line.amount_currency < 0)


def _is_payment(line: Any) -> bool:
    return bool(line.move_id.origin_payment_id or line.move_id.statement_line_id)


def _booked_rate(line: Any) -> float | None:
    return abs(line.amount_currency / line.balance) if line.balance and line.amount_currency else None


def _common_currency(debit: Side, credit: Side, mine: Any, others: Any) -> Any:
    """A foreign one that both can be settled in, else that of the company."""
    own = debit.line.company_currency_id
    foreign = (debit.line.currency_id, credit.line.currency_id)
    return next((each for each in foreign if each != own and each in mine and each in others), own)


def _matched(debit: Side, credit: Side, currency: Any, mine: _Amounts, others: _Amounts, gaps: bool) -> Match:
    open_amounts = mine[currency][0], others[currency][0]
    smallest, order = min(open_amounts), currency.compare_amounts(*open_amounts)
    asked = (debit, mine, order <= 0), (credit, others, order >= 0)
    if currency == debit.line.company_currency_id:
        amount = smallest
        parts, left = _parts_in_own_currency(asked, smallest)
    else:
        amount, parts, left = _parts_in_foreign_currency(asked, currency, smallest)
    match = Match(debit.line, credit.line, amount, parts[0], parts[1])
    for side, part, gap, sign in zip((debit, credit), parts, left if gaps else (None, None), (1, -1), strict=True):
        if gap is not None:
            match.gaps.append(Gap(side.line, sign * gap.amount, sign * gap.foreign))
            side.left -= gap.amount
            side.foreign -= gap.foreign
        side.left -= amount
        side.foreign -= part
    return match


def _parts_in_own_currency(asked: _Asked, smallest: float) -> tuple[list[float], list[Gap | None]]:
    """What an amount is in the currencies of the items, and what is left of those where an item is settled whole.

    Nothing, where an item of their foreign currency has an amount in that of the company only, as differences have.
    """
    (debit, mine, _), (credit, others, _) = asked
    shared = debit.line.currency_id
    only_own = shared == credit.line.currency_id and not (shared in mine and shared in others)
    parts: list[float] = []
    left: list[Gap | None] = []
    for side, amounts, whole in asked:
        currency = side.line.currency_id
        rate = None if only_own else amounts.get(currency, (0.0, None))[1]
        part = min(currency.round(rate * smallest), side.foreign) if rate else 0.0
        gap = side.foreign - part if whole else 0.0
        parts.append(part)
        left.append(None if currency.is_zero(gap) else Gap(side.line, foreign=gap))
    return parts, left


def _parts_in_foreign_currency(
    asked: _Asked, currency: Any, smallest: float
) -> tuple[float, list[float], list[Gap | None]]:
    """What an amount of a foreign currency is in that of the company and of the items; what the rates leave of them."""
    own = asked[0][0].line.company_currency_id
    values, ranges = [], []
    for side, amounts, _whole in asked:
        rate, half = amounts[currency][1], side.line.currency_id.rounding / 2
        least, value, most = ((own.round((smallest + by) / rate) if rate else 0.0) for by in (-half, 0.0, half))
        values.append(min(value, side.left))
        ranges.append((least, most))
    amount = min(values)
    if _within(own, values[0], ranges[1]) and _within(own, values[1], ranges[0]):  # no more than a rounding
        amount = min(side.left for side, *_ in asked)
        values = [amount, amount]
    parts: list[float] = []
    left: list[Gap | None] = []
    for (side, _, whole), value in zip(asked, values, strict=True):
        gap = side.left - amount if whole else max(value - amount, 0.0)
        is_own = side.line.currency_id == own
        parts.append(amount if is_own else smallest)
        left.append(None if own.is_zero(gap) else Gap(side.line, gap, gap if is_own else 0.0))
    return amount, parts, left


def _within(currency: Any, value: float, bounds: tuple[float, float]) -> bool:
    least, most = bounds
    return currency.compare_amounts(least, value) <= 0 <= currency.compare_amounts(most, value)
