"""The state of a fresh database: what a reset copies back."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fauxdoo.mockserver.stores.base import FIRST_ID, Table
from fauxdoo.mockserver.stores.dialect import SQLITE

__all__ = ["Template", "create_table", "insert_rows", "serialized"]


class Template:
    """Tables with their first rows, in a connection of their own. Stores of the same catalogue may share one.

    `version` counts the changes.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.tables: dict[str, Table] = {}
        self.version = 0
        self.connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._image: bytes | None = None
        self.next_id = FIRST_ID

    @classmethod
    def of_image(cls, image: bytes, next_id: int, origin: Template | None = None) -> Template:
        """A template with the content of a database that was made from `origin`."""
        self = cls()
        if image:
            self.connection.deserialize(image)
        self.next_id = next_id
        if origin is not None:
            self.tables = dict(origin.tables)
            self.version = origin.version
        return self

    def ensure(self, tables: Iterable[Table], rows: Mapping[str, Iterable[Sequence[Any]]]) -> None:
        """Add the tables that are new, with their rows."""
        with self.lock:
            new = [table for table in tables if table.name not in self.tables]
            if not new:
                return
            self.connection.execute("BEGIN")
            try:
                for table in new:
                    if create_table(self.connection, table):
                        insert_rows(self.connection, table, rows.get(table.name, ()))
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
            self.tables.update((table.name, table) for table in new)
            self.version += 1
            self._image = None

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """The first rows of a table, values in the order of its columns."""
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        return self.connection.execute(f'SELECT {columns} FROM "{table.name}"')

    def first_rows(self, table: Table) -> list[tuple[Any, ...]] | None:
        """The same at once, None without such a table; for those who must not hold the lock while they use them."""
        with self.lock:
            known = self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
            return list(self.rows(table)) if known else None

    def image(self) -> bytes:
        """The whole template as the bytes of a database file."""
        with self.lock:
            if self._image is None:
                self._image = serialized(self.connection)
            return self._image

    def close(self) -> None:
        """Free the memory."""
        self.connection.close()


def serialized(connection: sqlite3.Connection) -> bytes:
    """The database file a connection holds, empty for one without content (which SQLite does not serialise)."""
    empty = connection.execute("PRAGMA page_count").fetchone()[0] == 0
    return b"" if empty else bytes(connection.serialize())


def create_table(connection: sqlite3.Connection, table: Table) -> bool:
    """Make the table, or add the columns it lacks; answers whether it is new."""
    present = {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
    if not present:
        connection.execute(_create_statement(table))
    for column in table.columns if present else ():
        if column.name not in present:
            connection.execute(f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {SQLITE.types[column.kind]}')
    for index in table.indexes:
        unique = "UNIQUE " if index.unique else ""
        where = f" WHERE {index.where}" if index.where else ""
        connection.execute(
            f'CREATE {unique}INDEX IF NOT EXISTS "{index.name}" ON "{table.name}" ({", ".join(index.columns)}){where}'
        )
    return not present


def insert_rows(connection: sqlite3.Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows with a value for each column."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', rows)


def _create_statement(table: Table) -> str:
    columns = [f'"{column.name}" {SQLITE.types[column.kind]}' for column in table.columns]
    if table.key == ("id",):
        columns = [f"{column} PRIMARY KEY" if column == '"id" INTEGER' else column for column in columns]
        return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'
    key = ", ".join(f'"{column}"' for column in table.key)
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)}, PRIMARY KEY ({key})) WITHOUT ROWID'
