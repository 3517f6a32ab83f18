"""A database in memory: one connection, one transaction at a time."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.stores.dumps import packed, unpacked
from fauxdoo.mockserver.stores.sqlite import SQLiteStore, connect
from fauxdoo.mockserver.stores.template import Template, serialized

__all__ = ["MemoryStore"]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    image: bytes
    next_id: int


class MemoryStore(SQLiteStore):
    """Keeps everything in one in-memory SQLite connection.

    All of its life is one SQLite transaction that begins with the content of the template, and what callers know as
    transactions are savepoints in it: a reset is a rollback, and costs what was changed. Only when tables came in
    meanwhile a new connection gets the template's pages.
    """

    _begin = {False: "SAVEPOINT work", True: ""}
    _commit = "RELEASE work"
    _rollback = ("ROLLBACK TO work", "RELEASE work")

    def __init__(self, template: Template | None = None, *, timeout: float = 60) -> None:
        super().__init__(template)
        self._timeout = timeout
        self._lock = threading.RLock()
        self._ids = threading.Lock()
        self._next_id = self.template.next_id
        self.shared = {}
        self._snapshots: dict[str, _Snapshot] = {}
        self._live = self._opened(self.template.image())
        self._base: object = (self.template, self.template.version)
        """The template and the version of it that a rollback leads back to, None where it leads elsewhere."""

    @property
    def is_alone(self) -> bool:
        return True

    def advance(self) -> int:
        self.generation += 1
        return self.generation

    def look(self) -> int:
        return self.generation

    def version(self) -> object:
        if not self._lock.acquire(blocking=False):
            return None  # somebody may be writing
        try:
            return self._content, self._live.total_changes
        finally:
            self._lock.release()

    def exclusively(self) -> AbstractContextManager[None]:
        return nullcontext()

    def reserve_ids(self, count: int) -> range:
        with self._ids:
            first = self._next_id
            self._next_id += count
        return range(first, first + count)

    def snapshot(self) -> str:
        with self._connection() as connection:
            name = f"snapshot-{len(self._snapshots) + 1}"
            self._snapshots[name] = _Snapshot(self._image(connection), self._next_id)
        return name

    def restore(self, name: str) -> None:
        snapshot = self._snapshots[name]
        with self._connection():
            self._replace(snapshot.image)
            self._next_id, self._seen, self._base = snapshot.next_id, None, None

    def dump(self) -> bytes:
        with self._connection() as connection:
            return packed(self._image(connection), self._next_id)

    def load(self, dump: bytes) -> None:
        image, next_id = unpacked(dump)
        with self._connection():
            self._replace(image)
            self._next_id, self._seen, self._base = next_id, None, None

    @property
    def is_new(self) -> bool:
        return not self._present

    def keep(self) -> None:
        with self._connection() as connection:
            self._complete(connection)
            self.template = Template.of_image(self._image(connection), self._next_id, self.template)
            self._base = (self.template, self.template.version)

    def reset(self) -> None:
        with self._connection() as connection, self.template.lock:
            base = (self.template, self.template.version)
            if self._base == base:
                connection.execute("ROLLBACK")
                connection.execute("BEGIN")
                self._content = object()
            else:
                self._replace(self.template.image())
                self._base, self._present = base, frozenset(self.template.tables)
                self._seen = self.template.version
            self._next_id = self.template.next_id

    def close(self) -> None:
        with self._connection() as connection:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        if not self._lock.acquire(timeout=self._timeout):
            raise DatabaseError("another transaction holds the in-memory database", "psycopg2.errors.LockNotAvailable")
        return self._live

    def _give_back(self, connection: sqlite3.Connection) -> None:
        self._lock.release()

    def _state(self, connection: sqlite3.Connection) -> object:
        return self.template.version

    def _image(self, connection: sqlite3.Connection) -> bytes:
        """The present content; from here on a rollback leads back to it."""
        connection.execute("COMMIT")
        self._base = None
        image = serialized(connection)
        connection.execute("BEGIN")
        return image

    def _replace(self, image: bytes) -> None:
        """Go on with other content. The old connection goes: its prepared statements would read the old pages."""
        self._live.close()
        self._live = self._opened(image)

    def _opened(self, image: bytes) -> sqlite3.Connection:
        connection = connect(":memory:", self._timeout)
        if image:
            connection.deserialize(image)
        connection.execute("BEGIN")
        self._content = object()
        return connection
