"""Requests for quotation and purchase orders."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.reports.base import Layout, footer, sender
from fauxdoo.mockserver.reports.document import Column, Document
from fauxdoo.mockserver.reports.lines import columns, facts, row, totals
from fauxdoo.mockserver.reports.words import Words, address, plain

__all__ = ["PurchaseOrder"]

_REQUEST = "purchase.report_purchasequotation"
_UNPRICED = (Column("Description", 30), Column("Expected Date", 10), Column("Quantity", 10, right=True))


class PurchaseOrder(Layout):
    """What is ordered from a vendor; a request for quotation names no prices."""

    key = "purchase.order"

    def document(self, record: Any, report: Any) -> Document:
        words, request = Words(record), report.report_name == _REQUEST
        heads = _UNPRICED if request else columns(record.order_line)
        return Document(
            title=_title(record, request),
            sender=sender(record),
            addresses=(("", address(record.partner_id)),),
            facts=_facts(record, words),
            columns=heads,
            rows=tuple(
                _wish(line, words) if request else row(line, words, line.product_qty, len(heads) == 6)
                for line in record.order_line
            ),
            totals=() if request else totals(record, words),
            notes=tuple(text for text in (plain(record.note),) if text),
            footer=footer(record),
        )


def _title(order: Any, request: bool) -> str:
    if request or order.state in ("draft", "sent"):
        return f"Request for Quotation #{order.name}"
    return f"{'Cancelled ' if order.state == 'cancel' else ''}Purchase Order #{order.name}"


def _facts(order: Any, words: Words) -> tuple[tuple[str, str], ...]:
    return facts(
        ("Buyer", order.user_id.name),
        ("Your Order Reference", order.partner_ref),
        ("Order Date", words.date(order.date_approve)),
        ("Order Deadline", not order.date_approve and words.date(order.date_order)),
        ("Expected Arrival", words.date(order.date_planned)),
    )


def _wish(line: Any, words: Words) -> tuple[str, ...]:
    if line.display_type:
        return (line.name or "",)
    quantity = f"{words.number(line.product_qty)} {line.product_uom_id.name or ''}".strip()
    return (line.name or "", words.date(line.date_planned), quantity)
