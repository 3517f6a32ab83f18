"""What is known of reads that came before: how they are done, and what they found as long as nobody wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.prepared import PreparedRead

__all__ = ["Reads", "Row"]

Row = tuple[Any, ...]

_MOST = 1_000
"""So many reads are kept; then all are forgotten."""
_ROWS = 10_000
"""So many rows are kept, of all reads together; then all are forgotten."""


class Reads:
    """Reads that are prepared, and the rows they found at one version of the content."""

    __slots__ = ("_prepared", "_room", "_rows", "_version")

    def __init__(self) -> None:
        self._prepared: dict[Any, PreparedRead] = {}
        self._rows: dict[Any, dict[int, Row]] = {}
        self._version: object = None
        self._room = 0

    def __len__(self) -> int:
        return len(self._prepared)

    def find(self, key: Any) -> PreparedRead | None:
        """The read that was prepared for such questions."""
        return self._prepared.get(key)

    def keep(self, key: Any, read: PreparedRead) -> None:
        """Have it for such questions from now on."""
        if len(self._prepared) >= _MOST:
            self._prepared.clear()
        self._prepared[key] = read

    def rows(self, key: Any, version: object) -> Mapping[int, Row] | None:
        """Rows that such questions found when the content was at this very version."""
        return self._rows.get(key) if version is not None and version == self._version else None

    def remember(self, key: Any, version: object, rows: Mapping[int, Row]) -> None:
        """Take in rows that were just found; to be called while nobody can write."""
        if version is None or len(rows) > _ROWS:
            return
        if version != self._version or len(rows) > self._room:
            self._rows, self._version, self._room = {}, version, _ROWS
        self._rows.setdefault(key, {}).update(rows)
        self._room -= len(rows)
