"""What stands on a document, before anybody thinks of paper."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Column", "Document"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `width` is relative to the others."""

    label: str
    width: int = 1
    right: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Texts only, in the order of the paper."""

    title: str
    sender: tuple[str, ...] = ()
    """The company: its name, then its address."""
    addresses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(label, lines) of whom it is for; the label may be empty."""
    facts: tuple[tuple[str, str], ...] = ()
    """(label, value)"""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """A row has a text per column, or a single text that goes across: a section or a note."""
    totals: tuple[tuple[str, str], ...] = ()
    """(label, amount); the last one weighs most."""
    notes: tuple[str, ...] = ()
    footer: str = ""
