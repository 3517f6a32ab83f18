"""A part of an order: what a down payment asks for, and what a discount on the whole order takes off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fauxdoo.mockserver.models.account.order_amounts import amounts_of, currency_of
from fauxdoo.mockserver.models.account.taxes import tax_line, totals

__all__ = ["Part", "percent_of", "worth_of"]


@dataclass(slots=True)
class Part:
    """The part of the lines that carry the same taxes, as one price."""

    taxes: Any
    price: float


def percent_of(order: Any, percent: float) -> list[Part]:
    """The parts that come to a percentage of the order."""
    amounts = amounts_of(order)
    return _parts(order, percent / 100, currency_of(order).round(amounts.total * percent / 100))


def worth_of(order: Any, amount: float) -> list[Part]:
    """The parts that come to an amount, its taxes included."""
    total = amounts_of(order).total
    return _parts(order, amount / total if total else 0.0, currency_of(order).round(amount))


def _parts(order: Any, share: float, wanted: float) -> list[Part]:
    """One part for each set of taxes; the cents that rounding the taxes leaves go to the largest."""
    currency = currency_of(order)
    prices: dict[Any, float] = {}
    for line in order.order_line.filtered(lambda each: not each.display_type):
        price = line.product_uom_qty * line.price_unit * (1 - (line.discount or 0.0) / 100.0)
        prices[line.tax_ids] = prices.get(line.tax_ids, 0.0) + price
    parts = [Part(taxes, price * share) for taxes, price in prices.items() if not currency.is_zero(price)]
    taxed = [tax_line(part.taxes, part.price) for part in parts]
    method = order.company_id.tax_calculation_rounding_method
    taxes = sum(currency.round(amount * share) for _base, amount in amounts_of(order).by_tax.values())
    left = wanted - taxes - totals(taxed, currency, method).untaxed
    if parts and not currency.is_zero(left):
        max(parts, key=lambda part: abs(part.price)).price += currency.round(left)
    return parts
