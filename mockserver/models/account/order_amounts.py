"""What orders of sales and of purchases add up to: sums of their lines' unrounded amounts."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.models.account.tax_totals import tax_totals
from fauxdoo.mockserver.models.account.taxes import Amounts, totals

__all__ = ["amounts_of", "currency_of", "shown_totals"]


def amounts_of(order: Any) -> Amounts:
    """The sums of an order's lines, rounded as its company does."""
    taxed = [line._taxed() for line in order.order_line if not line.display_type]
    return totals(taxed, currency_of(order), order.company_id.tax_calculation_rounding_method)


def currency_of(order: Any) -> Any:
    """The currency an order's amounts are rounded to."""
    return order.currency_id or order.company_id.currency_id or order.env.company.currency_id


def shown_totals(order: Any) -> dict[str, Any]:
    """What `tax_totals` of an order holds."""
    company = order.company_id or order.env.company
    return tax_totals(amounts_of(order), currency_of(order), company, order.currency_rate)
