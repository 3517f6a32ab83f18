"""The engine of taxes: what taxes a price carries, and how the amounts of several lines round together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Amounts", "TaxedLine", "tax_line", "totals"]


@dataclass(frozen=True, slots=True)
class TaxedLine:
    """A line with its taxes worked out, nothing rounded: `base` excludes every tax, `taxes` are (tax, base, amount)."""

    base: float
    taxes: Sequence[tuple[Any, float, float]] = ()

    @property
    def total(self) -> float:
        """What is paid: base and taxes."""
        return self.base + sum(amount for _tax, _base, amount in self.taxes)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Rounded sums of lines: without tax, the tax, both, and the tax per tax record."""

    untaxed: float
    tax: float
    by_tax: dict[Any, tuple[float, float]] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Without tax and tax together."""
        return self.untaxed + self.tax


def tax_line(taxes: Any, price: float, quantity: float = 1.0, *, all_included: bool = False) -> TaxedLine:
    """Work out the taxes of `quantity` times `price`; prices of included taxes contain them."""
    chosen = list(_flattened(taxes))
    included = [tax for tax in chosen if all_included or tax.price_include]
    base, amounts = _take_out_included(included, price * quantity, quantity)
    worked_out: list[tuple[Any, float, float]] = []
    added: list[tuple[Any, float]] = []
    for tax in chosen:
        own = base + sum(amount for earlier, amount in added if earlier.include_base_amount and tax.is_base_affected)
        amount = amounts[tax.id] if tax.id in amounts else _amount_on(tax, own, quantity)
        worked_out.append((tax, own, amount))
        added.append((tax, amount))
    return TaxedLine(base, worked_out)


def _flattened(taxes: Any) -> Iterable[Any]:
    """The taxes in order of application, groups replaced by their members."""
    for tax in taxes.sorted(lambda each: (each.sequence, each.id)):
        if tax.amount_type == "group":
            yield from _flattened(tax.children_tax_ids)
        else:
            yield tax


def _amount_on(tax: Any, base: float, quantity: float) -> float:
    """A tax that comes on top of a base."""
    if tax.amount_type == "fixed":
        return float(quantity * tax.amount)
    rate = tax.amount / 100
    if tax.amount_type == "division":
        return float(base / (1 - rate) - base) if rate != 1 else 0.0
    return float(base * rate)


def _take_out_included(taxes: Sequence[Any], price: float, quantity: float) -> tuple[float, dict[int, float]]:
    """The base in a price, and what each included tax makes of it; the last taxes come off first."""
    amounts: dict[int, float] = {}
    base = price
    for batch in reversed(_batches(taxes)):
        kind, rate = batch[0].amount_type, sum(tax.amount for tax in batch) / 100
        if kind == "fixed":
            inner = base - rate * 100 * quantity
        elif kind == "division":
            inner = base - base * rate
        else:
            inner = base / (1 + rate)
        for tax in batch:
            amounts[tax.id] = quantity * tax.amount if kind == "fixed" else _part(tax, kind, base, inner)
        base = inner
    return base, amounts


def _part(tax: Any, kind: str, with_tax: float, without: float) -> float:
    return float((with_tax if kind == "division" else without) * tax.amount / 100)


def _batches(taxes: Sequence[Any]) -> list[list[Any]]:
    """Neighbours of one kind that do not build on each other."""
    batches: list[list[Any]] = []
    for tax in taxes:
        last = batches[-1][-1] if batches else None
        if last is None or last.amount_type != tax.amount_type or (last.include_base_amount and tax.is_base_affected):
            batches.append([tax])
        else:
            batches[-1].append(tax)
    return batches


def totals(lines: Sequence[TaxedLine], currency: Any, method: str) -> Amounts:
    """The sums of lines; `round_globally` rounds each sum, anything else each line first."""
    globally = method == "round_globally"
    untaxed = sum(line.base if globally else currency.round(line.base) for line in lines)
    bases: dict[Any, float] = defaultdict(float)
    amounts: dict[Any, float] = defaultdict(float)
    for line in lines:
        for tax, base, amount in line.taxes:
            bases[tax] += base if globally else currency.round(base)
            amounts[tax] += amount if globally else currency.round(amount)
    by_tax = {tax: (currency.round(bases[tax]), currency.round(amounts[tax])) for tax in amounts}
    return Amounts(currency.round(untaxed), currency.round(sum(amount for _base, amount in by_tax.values())), by_tax)
