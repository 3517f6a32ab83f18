"""Invoices, credit notes, bills."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.reports.base import Layout, footer, sender
from fauxdoo.mockserver.reports.document import Document
from fauxdoo.mockserver.reports.lines import columns, facts, row, totals
from fauxdoo.mockserver.reports.words import Words, address, plain

__all__ = ["Invoice"]

_WITHOUT_PAYMENTS = "account.report_invoice"
_KINDS = {
    "out_invoice": "Invoice",
    "out_refund": "Credit Note",
    "in_invoice": "Vendor Bill",
    "in_refund": "Vendor Credit Note",
    "out_receipt": "Sales Receipt",
    "in_receipt": "Purchase Receipt",
}
_STATES = {"draft": "Draft ", "cancel": "Cancelled "}


class Invoice(Layout):
    """What is to be paid, and what still is."""

    key = "account.move"

    def document(self, record: Any, report: Any) -> Document:
        words, lines = Words(record), record.invoice_line_ids
        heads = columns(lines)
        return Document(
            title=_title(record),
            sender=sender(record),
            addresses=(("", address(record.partner_id)),),
            facts=_facts(record, words),
            columns=heads,
            rows=tuple(row(line, words, line.quantity, len(heads) == 6) for line in lines),
            totals=totals(record, words) + _payments(record, report, words),
            notes=_notes(record),
            footer=footer(record),
        )


def _title(move: Any) -> str:
    kind = _KINDS.get(move.move_type, "Journal Entry")
    name = move.name if move.name and move.name != "/" else ""
    return f"{_STATES.get(move.state, '')}{kind} {name}".rstrip()


def _facts(move: Any, words: Words) -> tuple[tuple[str, str], ...]:
    return facts(
        ("Invoice Date", words.date(move.invoice_date)),
        ("Due Date", words.date(move.invoice_date_due)),
        ("Delivery Date", words.date(move.delivery_date)),
        ("Source", move.invoice_origin),
        ("Reference", move.ref),
    )


def _payments(move: Any, report: Any, words: Words) -> tuple[tuple[str, str], ...]:
    paid = move.amount_total - move.amount_residual
    if report.report_name == _WITHOUT_PAYMENTS or move.state != "posted" or move.currency_id.is_zero(paid):
        return ()
    amounts = (("Paid", -paid), ("Amount Due", move.amount_residual))
    return tuple((label, words.amount(value, move.currency_id)) for label, value in amounts)


def _notes(move: Any) -> tuple[str, ...]:
    reference = f"Payment Communication: {move.payment_reference}" if move.payment_reference else ""
    return tuple(text for text in (reference, move.invoice_payment_term_id.name, plain(move.narration)) if text)
