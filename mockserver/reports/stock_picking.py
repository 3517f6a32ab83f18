"""Delivery slips and lists for picking."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.reports.base import Layout, footer, sender
from fauxdoo.mockserver.reports.document import Column, Document
from fauxdoo.mockserver.reports.lines import facts
from fauxdoo.mockserver.reports.words import Words, address, plain

__all__ = ["Transfer"]

_COLUMNS = (Column("Product", 30), Column("Ordered", 10, right=True), Column("Delivered", 10, right=True))


class Transfer(Layout):
    """What is in the box: no prices."""

    key = "stock.picking"

    def document(self, record: Any, report: Any) -> Document:
        words = Words(record)
        return Document(
            title=f"{report.name} {record.name}",
            sender=sender(record),
            addresses=(("", address(record.partner_id)),),
            facts=_facts(record, words),
            columns=_COLUMNS,
            rows=tuple(_row(move, words) for move in record.move_ids if move.state != "cancel"),
            notes=tuple(text for text in (plain(record.note),) if text),
            footer=footer(record),
        )


def _facts(picking: Any, words: Words) -> tuple[tuple[str, str], ...]:
    day = (
        ("Effective Date", picking.date_done) if picking.state == "done" else ("Scheduled Date", picking.scheduled_date)
    )
    return facts(("Order", picking.origin), (day[0], words.date(day[1])), ("Operation", picking.picking_type_id.name))


def _row(move: Any, words: Words) -> tuple[str, ...]:
    unit = move.product_uom.name or ""
    lots = ", ".join(move.move_line_ids.lot_id.mapped("name"))
    name = move.description_picking or move.product_id.display_name or ""
    return (
        f"{name}\nLot/Serial Number: {lots}" if lots else name,
        f"{words.number(move.product_uom_qty)} {unit}".strip(),
        f"{words.number(move.quantity)} {unit}".strip(),
    )
