"""Calls in a certain order."""

from __future__ import annotations

from collections.abc import Sequence

from fauxdoo.mockserver.journal import Entry

__all__ = ["found_in_order", "named"]


def named(step: str) -> tuple[str, str]:
    """Model and method of `sale.order.create`; raises ValueError for a text without a dot."""
    model, _, method = step.rpartition(".")
    if not model or not method:
        raise ValueError(f"not a model and a method: {step!r} (write 'sale.order.create')")
    return model, method


def found_in_order(steps: Sequence[str], entries: Sequence[Entry], *, gaps: bool) -> list[int]:
    """The places of the entries that are the steps, of the longest beginning that is found; others may lie between
    them if there may be `gaps`."""
    wanted = [named(step) for step in steps]
    if gaps:
        return _with_gaps(wanted, entries)
    runs = (_run_at(start, wanted, entries) for start in range(len(entries)))
    return max(runs, key=len, default=[])


def _with_gaps(wanted: list[tuple[str, str]], entries: Sequence[Entry]) -> list[int]:
    found: list[int] = []
    for place, entry in enumerate(entries):
        if len(found) < len(wanted) and (entry.model, entry.method) == wanted[len(found)]:
            found.append(place)
    return found


def _run_at(start: int, wanted: list[tuple[str, str]], entries: Sequence[Entry]) -> list[int]:
    found = []
    for step, place in zip(wanted, range(start, len(entries)), strict=False):
        if (entries[place].model, entries[place].method) != step:
            break
        found.append(place)
    return found
