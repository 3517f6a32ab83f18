"""The totals of a document as its form and its page show them: by groups of taxes, in two currencies."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from fauxdoo.mockserver.models.account.taxes import Amounts

__all__ = ["tax_totals"]


def tax_totals(amounts: Amounts, currency: Any, company: Any, rate: float = 1.0) -> dict[str, Any]:
    """What `tax_totals` of orders and invoices holds; `rate` is how much of the currency one of the company's buys.

    Subtotals before groups of taxes with a heading of their own are not told apart.
    """
    own = company.currency_id
    groups: dict[Any, list[Any]] = defaultdict(list)
    for tax in amounts.by_tax:
        groups[tax.tax_group_id].append(tax)
    ordered = sorted(groups, key=lambda group: (group.sequence, group.id))
    shown = [_group(group, groups[group], amounts, own, rate) for group in ordered]
    sums = _in_both(own, rate, base_amount=amounts.untaxed, tax_amount=amounts.tax)
    subtotal = {"tax_groups": shown, "name": "Untaxed Amount", **sums}
    return {
        "currency_id": currency.id,
        "currency_pd": currency.rounding,
        "company_currency_id": own.id,
        "company_currency_pd": own.rounding,
        "has_tax_groups": bool(shown),
        "same_tax_base": len({group["base_amount_currency"] for group in shown}) <= 1,
        "subtotals": [subtotal],
        **sums,
        **_in_both(own, rate, total_amount=currency.round(amounts.total)),
    }


def _group(group: Any, taxes: list[Any], amounts: Amounts, own: Any, rate: float) -> dict[str, Any]:
    base = max((amounts.by_tax[tax][0] for tax in taxes), key=abs)
    tax_amount = sum(amounts.by_tax[tax][1] for tax in taxes)
    values = _in_both(own, rate, tax_amount=tax_amount, base_amount=base, display_base_amount=base)
    names = {"group_name": group.name, "group_label": group.pos_receipt_label}
    return {"id": group.id, "involved_tax_ids": [tax.id for tax in taxes], **values, **names}


def _in_both(own: Any, rate: float, **values: float) -> dict[str, float]:
    """Each amount in the document's currency, and in that of the company."""
    both: dict[str, float] = {}
    for name, value in values.items():
        both |= {f"{name}_currency": value, name: own.round(value / (rate or 1.0))}
    return both
