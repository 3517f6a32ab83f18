"""A database in a file that threads and processes share: readers never wait, writers take turns."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from fauxdoo.mockserver.stores.base import FIRST_ID
from fauxdoo.mockserver.stores.dumps import packed, unpacked
from fauxdoo.mockserver.stores.locks import FileLock
from fauxdoo.mockserver.stores.shared import SharedValues
from fauxdoo.mockserver.stores.sqlite import SQLiteStore, connect
from fauxdoo.mockserver.stores.template import Template, serialized

__all__ = ["FileStore"]


class FileStore(SQLiteStore):
    """Keeps the data in `path` (write-ahead log) and the sequence of ids beside it, outside any transaction."""

    _begin = {False: "BEGIN IMMEDIATE", True: "BEGIN"}
    _commit = "COMMIT"
    _rollback = ("ROLLBACK",)

    def __init__(self, path: str | Path, template: Template | None = None, *, timeout: float = 60) -> None:
        self.path = Path(path)
        fresh = Path(f"{self.path}-fresh")
        super().__init__(_template_of(fresh) if template is None and fresh.exists() else template)
        self._timeout = timeout
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._sequence = connect(f"{self.path}-ids", timeout)
        self._prepare_sequence()
        self.shared = SharedValues(self._run_beside)

    def advance(self) -> int:
        self._run_beside("UPDATE sequence SET generation = generation + 1", ())
        return self.look()

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        with FileLock(f"{self.path}-lock"):
            yield

    def reserve_ids(self, count: int) -> range:
        with self._lock:
            rows = self._sequence.execute("UPDATE sequence SET next = next + ? RETURNING next", (count,)).fetchall()
        return range(rows[0][0] - count, rows[0][0])

    def snapshot(self) -> str:
        with self._connection() as connection, self._lock:
            number = 1 + len(list(self.path.parent.glob(f"{self.path.name}-snapshot-*")))
            name = f"snapshot-{number}"
            with closing(sqlite3.connect(f"{self.path}-{name}")) as copy:
                connection.backup(copy)
                copy.execute(f"PRAGMA user_version = {self._next_id()}")
        return name

    def restore(self, name: str) -> None:
        source = Path(f"{self.path}-{name}")
        if not name.startswith("snapshot-") or not source.exists():
            raise KeyError(name)
        with closing(sqlite3.connect(source)) as copy, self._connection() as connection:
            copy.backup(connection)
            self._set_next_id(connection.execute("PRAGMA user_version").fetchone()[0])
        self._seen = None

    def dump(self) -> bytes:
        with self._connection() as connection, closing(sqlite3.connect(":memory:")) as copy:
            connection.backup(copy)
            return packed(serialized(copy), self._next_id())

    def load(self, dump: bytes) -> None:
        image, next_id = unpacked(dump)
        with closing(sqlite3.connect(":memory:")) as copy, self._connection() as connection:
            copy.deserialize(image)
            copy.backup(connection)
            self._set_next_id(next_id)
        self._seen = None

    @property
    def is_new(self) -> bool:
        with self._connection() as connection:
            return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None

    def keep(self) -> None:
        """The same; the state also stands in a file `-fresh`, for processes that open the database later."""
        with self._connection() as connection:
            self._complete(connection)
            with closing(sqlite3.connect(f"{self.path}-fresh")) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                copy.execute(f"PRAGMA user_version = {self._next_id()}")
        kept = _template_of(Path(f"{self.path}-fresh"))
        self.template = Template.of_image(kept.image(), kept.next_id, self.template)

    def reset(self) -> None:
        with self._connection() as connection, self.template.lock:
            self.template.connection.backup(connection)
            self._set_next_id(self.template.next_id)
        self._seen = None

    def close(self) -> None:
        with self._lock:
            for connection in (*self._idle, self._sequence):
                connection.close()
            self._idle.clear()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        return connection or self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = connect(str(self.path), self._timeout)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _state(self, connection: sqlite3.Connection) -> object:
        self.generation = self.look()
        return self.template.version, connection.execute("PRAGMA schema_version").fetchone()[0]

    def look(self) -> int:
        return int(self._run_beside("SELECT generation FROM sequence", ())[0][0])

    def _run_beside(self, text: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._sequence.execute(text, params).fetchall()

    def _prepare_sequence(self) -> None:
        self._sequence.execute("PRAGMA journal_mode = WAL")
        self._sequence.execute("PRAGMA synchronous = OFF")
        columns = "id INTEGER PRIMARY KEY, next INTEGER, generation INTEGER"
        self._sequence.execute(f"CREATE TABLE IF NOT EXISTS sequence ({columns})")
        self._sequence.execute("INSERT OR IGNORE INTO sequence VALUES (1, ?, 0)", (FIRST_ID,))
        self._sequence.execute("CREATE TABLE IF NOT EXISTS fauxdoo_shared (name TEXT PRIMARY KEY, value BLOB)")

    def _next_id(self) -> int:
        return int(self._sequence.execute("SELECT next FROM sequence").fetchone()[0])

    def _set_next_id(self, number: int) -> None:
        with self._lock:
            self._sequence.execute("UPDATE sequence SET next = ?", (number,))


def _template_of(path: Path) -> Template:
    with closing(sqlite3.connect(path)) as source:
        next_id = source.execute("PRAGMA user_version").fetchone()[0]
        return Template.of_image(bytes(source.serialize()), next_id)
