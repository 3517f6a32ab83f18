"""A database in memory: one connection, one transaction at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.stores.sqlite import SQLiteStore, connect
from fauxdoo.mockserver.stores.template import Template

__all__ = ["MemoryStore"]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    image: bytes
    next_id: int


class MemoryStore(SQLiteStore):
    """Keeps everything in one in-memory SQLite connection; a reset replaces its pages by the template's."""

    def __init__(self, template: Template | None = None, *, timeout: float = 60) -> None:
        super().__init__(template)
        self._timeout = timeout
        self._lock = threading.RLock()
        self._ids = threading.Lock()
        self._next_id = self.template.next_id
        self._snapshots: dict[str, _Snapshot] = {}
        self._live = connect(":memory:", timeout)
        self._clean_at = self._live.total_changes

    def reserve_ids(self, count: int) -> range:
        with self._ids:
            first = self._next_id
            self._next_id += count
        return range(first, first + count)

    def snapshot(self) -> str:
        with self._connection() as connection:
            name = f"snapshot-{len(self._snapshots) + 1}"
            self._snapshots[name] = _Snapshot(bytes(connection.serialize()), self._next_id)
        return name

    def restore(self, name: str) -> None:
        snapshot = self._snapshots[name]
        with self._connection() as connection:
            connection.deserialize(snapshot.image)
            self._next_id, self._seen, self._clean_at = snapshot.next_id, None, -1

    @property
    def is_new(self) -> bool:
        return not self._present

    def keep(self) -> None:
        with self._connection() as connection:
            self._complete(connection)
            self.template = Template.of_image(bytes(connection.serialize()), self._next_id, self.template)
            self._clean_at = connection.total_changes

    def reset(self) -> None:
        with self._connection() as connection, self.template.lock:
            self._next_id = self.template.next_id
            if self._clean_at == connection.total_changes and self._seen == self._state(connection):
                return
            connection.deserialize(self.template.image())
            self._present = set(self.template.tables)
            self._seen = self._state(connection)
            self._clean_at = connection.total_changes

    def close(self) -> None:
        with self._connection() as connection:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if not self._lock.acquire(timeout=self._timeout):
            raise DatabaseError("another transaction holds the in-memory database", "psycopg2.errors.LockNotAvailable")
        try:
            yield self._live
        finally:
            self._lock.release()

    def _state(self, connection: sqlite3.Connection) -> object:
        return self.template.version
