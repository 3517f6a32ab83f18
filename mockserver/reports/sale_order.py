"""Quotations, orders and pro-forma invoices."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.reports.base import Layout, footer, sender
from fauxdoo.mockserver.reports.document import Document
from fauxdoo.mockserver.reports.lines import columns, facts, row, totals
from fauxdoo.mockserver.reports.words import Words, address, plain

__all__ = ["SaleOrder"]

_PRO_FORMA = "sale.report_saleorder_pro_forma"


class SaleOrder(Layout):
    """What a customer is asked to sign."""

    key = "sale.order"

    def document(self, record: Any, report: Any) -> Document:
        words, heads = Words(record), columns(record.order_line)
        wide = len(heads) == 6
        return Document(
            title=f"{_kind(record, report)} # {record.name}",
            sender=sender(record),
            addresses=_addresses(record),
            facts=_facts(record, words),
            columns=heads,
            rows=tuple(row(line, words, line.product_uom_qty, wide) for line in record.order_line),
            totals=totals(record, words),
            notes=tuple(text for text in (plain(record.note), record.payment_term_id.name) if text),
            footer=footer(record),
        )


def _kind(order: Any, report: Any) -> str:
    if report.report_name == _PRO_FORMA:
        return "Pro-Forma Invoice"
    return "Quotation" if order.state in ("draft", "sent") else "Order"


def _addresses(order: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    others = (("Invoicing Address", order.partner_invoice_id), ("Shipping Address", order.partner_shipping_id))
    further = tuple((label, address(partner)) for label, partner in others if partner and partner != order.partner_id)
    return (("", address(order.partner_id)), *further)


def _facts(order: Any, words: Words) -> tuple[tuple[str, str], ...]:
    quotation = order.state in ("draft", "sent")
    return facts(
        ("Your Reference", order.client_order_ref),
        ("Quotation Date" if quotation else "Order Date", words.date(order.date_order)),
        ("Expiration", quotation and words.date(order.validity_date)),
        ("Delivery Date", words.date(order.commitment_date)),
        ("Salesperson", order.user_id.name),
    )
