"""How much memory a value holds, about, long lists in little of it, and values cut to a length one can live with."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from itertools import islice
from typing import Any

import orjson

__all__ = ["cut", "pack", "size", "unpack"]

_MANY = 8
"""Items of a list that is kept as objects."""
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


def pack(value: Any) -> bytes | None:
    """A long list of plain values as bytes for `unpack`, None for anything else."""
    if not isinstance(value, list) or len(value) <= _MANY:
        return None
    try:
        return marshal.dumps([*value])
    except ValueError:  # records, values of classes of their own, nested too deeply
        return None


def unpack(packed: bytes) -> Any:
    """The list that was packed."""
    return marshal.loads(packed)


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
