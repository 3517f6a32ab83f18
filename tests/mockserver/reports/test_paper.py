"""Documents become PDFs that readers can read."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from fauxdoo.mockserver.reports import Column, Document, pdf

MOMENT = datetime(2026, 1, 2, 3, 4, 5)


def _pages(*documents: Document) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf(documents, MOMENT))).pages]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Größe 5 €", "Größe 5 €"),
        ("Łódź", "?ódz"),
        ("Škoda", "Škoda"),
        ("北京", "??"),
        ("a\x00\u202eb", "ab"),
        ("", ""),
    ],
)
def test_letters(text: str, written: str) -> None:
    """What the fonts lack is written without accents, or as a question mark."""
    assert f"<{written}>" in _pages(Document(f"<{text}>"))[0]


def test_a_long_table() -> None:
    """Rows run over several pages, each with the headings and its number."""
    rows = tuple((f"Bell {number}", "1.00") for number in range(100))
    pages = _pages(Document("Order", columns=(Column("Product"), Column("Quantity", right=True)), rows=rows))
    assert len(pages) > 1
    assert all("Product" in page for page in pages)
    assert f"Page 2 / {len(pages)}" in pages[1]
    assert "Bell 99" in pages[-1]


@pytest.mark.parametrize("text", ["word " * 500, "x" * 2500, "line\n" * 500])
def test_a_text_without_end(text: str) -> None:
    """A cell stays within a page, whatever is in it."""
    columns = (Column("Product", 9), Column("Quantity"))
    rows = ((text, text), (text,), ("Bell", "2"))
    facts = tuple(("Label", text) for _ in range(5))
    document = Document(
        "Order", (text,) * 9, (("", ("Ada",)),), facts, columns, rows, (("Total", text),), (text,), text
    )
    assert "Bell" in " ".join(_pages(document))


def test_header_and_footer() -> None:
    """Each page has the company and the contacts of its own document."""
    first, second = _pages(Document("A", sender=("Bells",), footer="+1"), Document("B", sender=("Cups",), footer="+2"))
    assert ["Bells" in first, "+1" in first, "+2" in first] == [True, True, False]
    assert ["Cups" in second, "+2" in second, "+1" in second] == [True, True, False]


def test_the_time_it_was_made() -> None:
    """The file carries the time it is given, and so has the same bytes again."""
    document = Document("Order", facts=(("Date", "today"),), notes=("Thanks",), totals=(("Total", "$1.00"),))
    content = pdf([document], MOMENT)
    assert content == pdf([document], MOMENT)
    made = PdfReader(BytesIO(content)).metadata
    assert made is not None
    assert (made.title, made.creation_date and made.creation_date.replace(tzinfo=None)) == ("Order", MOMENT)
