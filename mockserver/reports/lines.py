"""What the lines of orders and invoices share."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.reports.document import Column
from fauxdoo.mockserver.reports.words import Words

__all__ = ["columns", "facts", "row", "totals"]


def columns(records: Any) -> tuple[Column, ...]:
    """The columns of priced lines; discounts have one where a line has one."""
    discount = (Column("Disc.%", 6, right=True),) if any(records.mapped("discount")) else ()
    return (
        Column("Description", 28),
        Column("Quantity", 11, right=True),
        Column("Unit Price", 10, right=True),
        *discount,
        Column("Taxes", 10, right=True),
        Column("Amount", 12, right=True),
    )


def row(line: Any, words: Words, quantity: float, wide: bool) -> tuple[str, ...]:
    """A priced line (`wide` with its discount), or the one text of a section or note."""
    if line.display_type not in (False, "product"):
        return (line.name or "",)
    discount = (words.number(line.discount),) if wide else ()
    return (
        line.name or line.product_id.display_name or "",
        f"{words.number(quantity)} {line.product_uom_id.name or ''}".strip(),
        words.number(line.price_unit),
        *discount,
        ", ".join(line.tax_ids.mapped("name")),
        words.amount(line.price_subtotal, line.currency_id),
    )


def totals(record: Any, words: Words) -> tuple[tuple[str, str], ...]:
    """Without taxes, taxes, with taxes."""
    amounts = [("Untaxed Amount", record.amount_untaxed), ("Taxes", record.amount_tax), ("Total", record.amount_total)]
    return tuple((label, words.amount(value, record.currency_id)) for label, value in amounts)


def facts(*pairs: tuple[str, Any]) -> tuple[tuple[str, str], ...]:
    """Those that have a value."""
    return tuple((label, str(value)) for label, value in pairs if value)
