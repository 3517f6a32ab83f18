"""A lock among processes: a file that one of them holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

__all__ = ["FileLock"]


class FileLock:
    """Held within a `with` block; a process that dies gives it back."""

    def __init__(self, path: str | Path, timeout: float = 120) -> None:
        self._path, self._timeout = path, timeout

    def __enter__(self) -> None:
        self._connection = sqlite3.connect(self._path, timeout=self._timeout, isolation_level=None)
        self._connection.execute("BEGIN EXCLUSIVE")  # SQLite's locks work on every system

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connection.close()
