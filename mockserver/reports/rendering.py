"""From a report and ids to documents, and from documents to a page or a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import MissingError
from fauxdoo.mockserver.reports.base import Layout
from fauxdoo.mockserver.reports.document import Document

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["PdfMissing", "documents", "html", "pdf"]

_STYLE = (
    "body{font-family:sans-serif}table{width:100%;border-collapse:collapse}td,th{text-align:left}.r{text-align:right}"
)


class PdfMissing(Exception):
    """The library that writes PDFs is an extra, and not installed."""

    def __init__(self) -> None:
        super().__init__('Reports as PDF need a further library: pip install "fauxdoo[reports]"')


def documents(env: Environment, report_name: str, ids: Sequence[int]) -> list[Document]:
    """A document per record, in the language of its partner.

    Raises MissingError for a report or record that is not there, AccessError for what the user may not read.
    """
    report = env["ir.actions.report"].sudo().search([("report_name", "=", report_name)], limit=1)
    if not report or report.model not in env:
        raise MissingError(f"Report {report_name!r} not found")
    records = env[report.model].browse(list(dict.fromkeys(ids)))
    env.access.check(records, "read")
    if len(records.sudo().exists()) < len(records):
        raise MissingError("Record does not exist or has been deleted.")
    records.check_access("read")
    layout = Layout.of(report.model)
    return [layout.document(_spoken(record), report) for record in records]


def _spoken(record: Any) -> Any:
    """The record in the language of whom the document is for."""
    partner = record.partner_id if "partner_id" in record._fields else None
    lang = partner.lang if partner and partner._name == "res.partner" else None
    return record.with_context(lang=lang) if lang and lang in record.env.active_languages else record


def pdf(pages: Sequence[Document], moment: datetime) -> bytes:
    """One file, each document on a page of its own; raises PdfMissing. The same input makes the same bytes."""
    try:
        from fauxdoo.mockserver.reports.paper import Paper
    except ImportError as error:
        if error.name is not None and error.name.startswith("fauxdoo"):
            raise
        raise PdfMissing() from error
    return Paper.of(pages, moment)


def html(pages: Sequence[Document]) -> str:
    """One page with all documents."""
    title = escape(", ".join(page.title for page in pages))
    articles = "\n".join(f"<article>\n{_article(page)}\n</article>" for page in pages)
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>'
    return f"<!DOCTYPE html>\n<html>\n<head>\n{head}\n</head>\n<body>\n{articles}\n</body>\n</html>\n"


def _article(page: Document) -> str:
    parts = [_lines("header", "", page.sender), *(_lines("address", *block) for block in page.addresses)]
    parts.append(f"<h2>{escape(page.title)}</h2>")
    parts.append(_pairs(page.facts))
    parts.append(_table(page))
    parts.append(_pairs(page.totals))
    parts.extend(_lines("p", "", note.split("\n")) for note in page.notes)
    parts.append(_lines("footer", "", (page.footer,)))
    return "\n".join(part for part in parts if part)


def _lines(tag: str, label: str, lines: Sequence[str]) -> str:
    shown = [f"<b>{escape(label)}</b>"] if label else []
    shown += [escape(line) for line in lines if line]
    return f"<{tag}>{'<br>'.join(shown)}</{tag}>" if shown else ""


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    terms = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in pairs)
    return f"<dl>{terms}</dl>" if terms else ""


def _table(page: Document) -> str:
    if not page.rows:
        return ""
    kinds = [' class="r"' if column.right else "" for column in page.columns]
    heads = "".join(f"<th{kind}>{escape(column.label)}</th>" for kind, column in zip(kinds, page.columns, strict=True))
    rows = "\n".join(f"<tr>{_cells(row, kinds)}</tr>" for row in page.rows)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _cells(row: Sequence[str], kinds: Sequence[str]) -> str:
    if len(row) < len(kinds):
        return f'<td colspan="{len(kinds)}"><i>{_text(row[0])}</i></td>'
    return "".join(f"<td{kind}>{_text(text)}</td>" for kind, text in zip(kinds, row, strict=True))


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
