"""Values that all processes on one store see at once, beside the data and outside of any transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any

__all__ = ["SharedValues"]

Run = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
"""Executes a statement with `?` for its values, at once; answers its rows."""


class SharedValues(MutableMapping[str, bytes]):
    """A table of names and values; `run` executes on a connection of its own."""

    table = "fauxdoo_shared"

    def __init__(self, run: Run) -> None:
        self._run = run

    def __getitem__(self, name: str) -> bytes:
        rows = self._run("SELECT value FROM fauxdoo_shared WHERE name = ?", [name])
        if not rows:
            raise KeyError(name)
        return bytes(rows[0][0])

    def __setitem__(self, name: str, value: bytes) -> None:
        text = "INSERT INTO fauxdoo_shared (name, value) VALUES (?, ?)"
        self._run(f"{text} ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value])

    def __delitem__(self, name: str) -> None:
        self._run("DELETE FROM fauxdoo_shared WHERE name = ?", [name])

    def __iter__(self) -> Iterator[str]:
        return iter([row[0] for row in self._run("SELECT name FROM fauxdoo_shared", [])])

    def __len__(self) -> int:
        return int(self._run("SELECT count(*) FROM fauxdoo_shared", [])[0][0])
