"""How much memory a value holds, about, and values cut to a length one can live with."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import orjson

__all__ = ["SAMPLE", "cut", "size", "size_of_many"]

SAMPLE = 8
"""Items of a long list that are measured."""
_TEXT, _ITEMS = 500, 50
"""What a cut leaves of a text, of a list or dictionary."""
_DEPTH = 20
"""How deep it goes."""


def size(value: Any) -> int:
    """About how many bytes the value holds: those of its JSON."""
    try:
        return len(orjson.dumps(value))
    except TypeError:  # bytes, records, keys that are no text, integers beyond 64 bits
        return _counted(value)


def size_of_many(items: list[Any]) -> int:
    """About how many bytes a long list holds: some of its items are measured, the others taken to be like them."""
    sample = items[:: len(items) // SAMPLE]
    return size(sample) * len(items) // len(sample)


def _counted(value: Any) -> int:
    """The same without recursion, for values of any depth."""
    total, waiting = 0, [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (str, bytes, bytearray)):
            total += len(item)
        elif isinstance(item, Mapping):
            waiting += [*item, *item.values()]
        elif isinstance(item, (list, tuple, set, frozenset)):
            waiting += item
        total += 8
    return total


def cut(value: Any, depth: int = _DEPTH) -> Any:
    """The value with long texts, lists and dictionaries ended early, and a mark of how long they were."""
    if not depth:
        return value if isinstance(value, (int, float, bool, type(None))) else "…"
    if isinstance(value, str) and len(value) > _TEXT:
        return f"{value[:_TEXT]}… ({len(value)} in all)"
    if isinstance(value, bytes) and len(value) > _TEXT:
        return value[:_TEXT] + f"… ({len(value)} in all)".encode()
    if isinstance(value, dict):
        kept = {key: cut(item, depth - 1) for key, item in islice(value.items(), _ITEMS)}
        return kept if len(value) <= _ITEMS else {**kept, "…": f"({len(value)} in all)"}
    if isinstance(value, (list, tuple)):
        shown = [cut(item, depth - 1) for item in value[:_ITEMS]]
        return shown if len(value) <= _ITEMS else [*shown, f"… ({len(value)} in all)"]
    return value
