"""Calls as lines of a failure message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fauxdoo.mockserver.journal import Entry
from fauxdoo.mockserver.journal.telling import hidden, short

__all__ = ["arguments_told", "call_told", "listing"]

_SHOWN = 10


def arguments_told(arguments: Mapping[str, Any], length: int = 60) -> str:
    """`ids=[1], vals={'name': 'Ada'}`, without secrets."""
    return ", ".join(f"{name}={short(value, length)}" for name, value in hidden(dict(arguments)).items())


def call_told(entry: Entry, arguments: Mapping[str, Any]) -> str:
    """A call on one line: how it came, what it was, how it ended, where it comes from."""
    if entry.error is not None:
        end = f"raised {type(entry.error).__name__}: {short(entry.error, 80)}"
    else:
        end = f"answered {short(hidden(entry.result), 40)}"
    told = f"{entry.protocol} {entry.model}.{entry.method}({arguments_told(arguments)}) {end}"
    if entry.state == "undone":
        told += ", undone by a rollback"
    return told if entry.caller is None else f"{told}  [{entry.caller}]"


def listing(title: str, lines: Iterable[str], most: int = _SHOWN) -> str:
    """A title and the first lines below it; "" for none."""
    shown = list(lines)
    if not shown:
        return ""
    rest = [f"  … and {len(shown) - most} more"] if len(shown) > most else []
    return "\n".join([title, *(f"  {line}" for line in shown[:most]), *rest])
