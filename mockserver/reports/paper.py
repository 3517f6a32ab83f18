"""Documents on A4, by fpdf2.

Its built-in fonts know the letters of Western Europe; others lose their accents or become question marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from unicodedata import combining, normalize

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.table import Row

from fauxdoo.mockserver.reports.document import Document

__all__ = ["Paper"]

_ENCODING = "cp1252"
_FONT = "helvetica"
_SIZE, _LINE = 9, 4.5
_LONGEST, _HIGHEST = 2000, 40
"""Letters and lines of a cell at most: a row of a table has to fit on a page."""
_SENDER = 8
"""Lines of the company at most."""
_INK, _GREY = (60, 60, 60), (130, 130, 130)


class Paper(FPDF):
    """A file of documents. Distances are in millimetres."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = _ENCODING
        self.set_creation_date(moment.replace(tzinfo=UTC, microsecond=0))
        self.set_producer("Fauxdoo")
        self.set_margins(15, 15)
        self.set_auto_page_break(True, margin=22)
        self.document = self._coming = Document("")

    @classmethod
    def of(cls, documents: Sequence[Document], moment: datetime) -> bytes:
        """The file's bytes; `moment` (naive UTC) is the time it says it was made."""
        paper = cls(moment)
        paper.set_title(_written(", ".join(document.title for document in documents)))
        for document in documents:
            paper.put(document)
        return bytes(paper.output())

    def put(self, document: Document) -> None:
        """Write one document, on a new page."""
        self._coming = document
        self.add_page()
        self._addresses()
        self.ln(6)
        self._ink(16, "B")
        self._text(document.title, 8)
        self._facts()
        self._table()
        self._totals()
        self._notes()

    def header(self) -> None:
        """The company at the top of every page; the page before has got its footer by now."""
        self.document = self._coming
        for index, line in enumerate(self.document.sender[:_SENDER]):
            self._ink(11 if index == 0 else 8, "B" if index == 0 else "")
            self.cell(0, 5 if index == 0 else 3.8, _written(line), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_draw_color(*_GREY)
        self.line(self.l_margin, self.y + 1, self.w - self.r_margin, self.y + 1)
        self.ln(6)

    def footer(self) -> None:
        """How to reach the company, and the page's number."""
        self.set_y(-16)
        self._ink(8, colour=_GREY)
        self.cell(0, 4, _written(self.document.footer), align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.cell(0, 4, f"Page {self.page_no()} / {{nb}}", align="C")

    def _addresses(self) -> None:
        """Up to three beside each other, the recipient's to the right, where envelopes have their window."""
        top = bottom = self.y
        blocks = [*self.document.addresses[1:3], *self.document.addresses[:1]]
        width = self.epw / 3
        for index, (label, lines) in enumerate(blocks, 3 - len(blocks)):
            self.set_xy(self.l_margin + index * width, top)
            self._ink()
            text = "\n".join((label, *lines) if label else lines)
            self.multi_cell(width, _LINE, _written(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            bottom = max(bottom, self.y)
        self.set_y(bottom)

    def _facts(self) -> None:
        """Label above value, in as many columns."""
        facts = self.document.facts
        if not facts:
            return
        self.ln(3)
        self._ink()
        with self.table(
            borders_layout=TableBordersLayout.NONE,
            headings_style=FontFace(emphasis="BOLD"),
            line_height=_LINE,
            text_align="LEFT",
        ) as table:
            width = self.epw / len(facts)
            table.row([self._clipped(label, width) for label, _value in facts])
            table.row([self._clipped(value, width) for _label, value in facts])

    def _table(self) -> None:
        columns = self.document.columns
        if not self.document.rows:
            return
        self.ln(5)
        self._ink()
        with self.table(
            col_widths=[column.width for column in columns],
            text_align=["RIGHT" if column.right else "LEFT" for column in columns],
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            first_row_as_headings=any(column.label for column in columns),
            line_height=_LINE,
            padding=1,
        ) as table:
            if any(column.label for column in columns):
                table.row([_written(column.label) for column in columns])
            for cells in self.document.rows:
                self._row(table.row(), cells)

    def _row(self, row: Row, cells: Sequence[str]) -> None:
        columns = self.document.columns
        unit = self.epw / sum(column.width for column in columns)
        if len(cells) < len(columns):
            row.cell(self._clipped(cells[0], self.epw), colspan=len(columns))
            return
        for column, text in zip(columns, cells, strict=True):
            row.cell(self._clipped(text, unit * column.width))

    def _clipped(self, text: str, width: float) -> str:
        """The first lines of a text in a column of that width."""
        written = "\n".join(_written(text[:_LONGEST]).split("\n")[:_HIGHEST])
        if len(written) <= _HIGHEST:
            return written
        inner = width - 2 - 2 * self.c_margin
        lines = self.multi_cell(inner, _LINE, written, dry_run=True, output=MethodReturnValue.LINES)
        assert isinstance(lines, list)
        return written if len(lines) <= _HIGHEST else "\n".join(lines[:_HIGHEST])

    def _totals(self) -> None:
        totals = self.document.totals
        self.ln(3)
        for index, (label, amount) in enumerate(totals, 1):
            self._ink(10, "B" if index == len(totals) else "")
            self.set_x(self.w - self.r_margin - 80)
            self.cell(40, 6, _written(label), border="T")
            self.cell(40, 6, _written(amount), border="T", align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _notes(self) -> None:
        self._ink()
        for note in self.document.notes:
            self.ln(3)
            self._text(note, _LINE)

    def _ink(self, size: float = _SIZE, style: str = "", colour: tuple[int, int, int] = _INK) -> None:
        self.set_font(_FONT, style, size)
        self.set_text_color(*colour)

    def _text(self, text: str, height: float) -> None:
        self.multi_cell(0, height, _written(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _written(text: str) -> str:
    """The text in letters that the fonts have."""
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter in "\n\t":
        return letter if letter == "\n" else " "
    if not letter.isprintable() and letter != "\N{NO-BREAK SPACE}":
        return ""
    if _has(letter):
        return letter
    bare = "".join(part for part in normalize("NFKD", letter) if not combining(part))
    return bare if bare and all(map(_has, bare)) else "?"


def _has(letter: str) -> bool:
    try:
        letter.encode(_ENCODING)
    except UnicodeEncodeError:
        return False
    return True
