"""What the SQLite stores share: transactions with savepoints, and tables that outlive a rollback."""

from __future__ import annotations

import sqlite3
import threading
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.stores.base import (
    Cursor,
    SerializationFailure,
    Statement,
    Store,
    Table,
    UniqueViolation,
)
from fauxdoo.mockserver.stores.dialect import SQLITE, register_functions
from fauxdoo.mockserver.stores.dumps import packed
from fauxdoo.mockserver.stores.template import Template, create_table, insert_rows

__all__ = ["SQLiteCursor", "SQLiteStore", "connect"]

_READING = ("SELECT ", "WITH ")
"""How statements begin that write nothing."""


def connect(path: str, timeout: float) -> sqlite3.Connection:
    """A connection without implicit transactions that knows our functions."""
    connection = sqlite3.connect(
        path, timeout=timeout, check_same_thread=False, isolation_level=None, cached_statements=1024
    )
    register_functions(connection)
    return connection


class SQLiteCursor(Cursor):
    """One transaction on a connection: `present` are the tables it began with, `created` those it added."""

    dialect = SQLITE

    def __init__(self, connection: sqlite3.Connection, template: Template, present: Set[str] = frozenset()) -> None:
        super().__init__()
        self.connection = connection
        self.template = template
        self.present = present
        self.created: list[Table] = []
        self.begun = False
        self._depth = 0

    def begin(self, statement: str) -> None:
        """Open the transaction."""
        _run(self.connection, statement)
        self.begun = True

    def execute(self, sql: Statement) -> list[tuple[Any, ...]]:
        for value in sql.params:
            if type(value) is str and "\0" in value:
                raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        self.trace.run(sql.text)
        try:
            cursor = self.connection.execute(sql.text, sql.params)
            rows = cursor.fetchall()
        except (sqlite3.Error, OverflowError) as error:
            raise _translated(error, sql.text) from error
        self.rowcount = cursor.rowcount
        return rows

    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        self.trace.run(text)
        try:
            self.rowcount = self.connection.executemany(text, rows).rowcount
        except (sqlite3.Error, OverflowError) as error:
            raise _translated(error, text) from error

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._depth += 1
        name, mark = f"level_{self._depth}", len(self.created)
        self.connection.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            self.connection.execute(f"ROLLBACK TO {name}")
            self.connection.execute(f"RELEASE {name}")
            undone, self.created[mark:] = self.created[mark:], []
            self.create(undone)
            raise
        else:
            self.connection.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1

    def create(self, tables: Iterable[Table]) -> None:
        """Add tables of the template with their first rows, as far as they are missing."""
        tables = list(tables)
        with self.template.lock:
            for table in tables:
                try:
                    if create_table(self.connection, table):
                        insert_rows(self.connection, table, self.template.rows(table))
                except sqlite3.Error as error:
                    raise _translated(error, table.name) from error
        self.created.extend(tables)


class _LateCursor(SQLiteCursor):
    """Opens its transaction when it comes to write: for calls that seldom do, where nobody else can write meanwhile."""

    def __init__(self, connection: sqlite3.Connection, template: Template, present: Set[str], opening: str) -> None:
        super().__init__(connection, template, present)
        self._opening = opening

    def execute(self, sql: Statement) -> list[tuple[Any, ...]]:
        if not self.begun and not sql.text.startswith(_READING):
            self._begin_now()
        return super().execute(sql)

    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        self._begin_now()
        super().executemany(text, rows)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._begin_now()
        with super().savepoint():
            yield

    def create(self, tables: Iterable[Table]) -> None:
        self._begin_now()
        super().create(tables)

    def _begin_now(self) -> None:
        if not self.begun:
            self.begin(self._opening)


class SQLiteStore(Store):
    """A SQLite database; members say where it lives and how connections are shared."""

    dialect = SQLITE
    _begin: ClassVar[Mapping[bool, str]]
    """The statement that opens a transaction, by readonly; "" where it is opened when something is written."""
    _commit: ClassVar[str]
    _rollback: ClassVar[tuple[str, ...]]

    def __init__(self, template: Template | None = None) -> None:
        self.template = template or Template()
        self._present: Set[str] = frozenset()
        self._checked: set[str] = set()
        """Tables known to have all their columns; in a file from an earlier run some may be missing."""
        self._seen: object = None
        self._local = threading.local()

    @property
    def tables(self) -> Set[str]:
        cursor = self._cursor
        if cursor is None:
            return self._present
        return cursor.present | {table.name for table in cursor.created} if cursor.created else cursor.present

    @contextmanager
    def transaction(self, *, readonly: bool = False) -> Iterator[SQLiteCursor]:
        if self._cursor is not None:
            raise RuntimeError("this thread already has an open transaction on this database")
        with self._connection() as connection:
            self._complete(connection)
            with self._atomic(self._new_cursor(connection, readonly), self._begin[readonly]) as cursor:
                self._local.cursor = cursor
                try:
                    yield cursor
                except BaseException:
                    self._seen = None if cursor.created else self._seen
                    raise
                finally:
                    self._local.cursor = None
            if cursor.created:
                self._present = self._present | {table.name for table in cursor.created}
                self._checked |= self._present

    def fresh(self) -> bytes:
        with self.template.lock:
            return packed(self.template.image(), self.template.next_id)

    def _new_cursor(self, connection: sqlite3.Connection, readonly: bool) -> SQLiteCursor:
        if self._begin[readonly]:
            return SQLiteCursor(connection, self.template, self._present)
        return _LateCursor(connection, self.template, self._present, self._begin[False])

    @contextmanager
    def _atomic(self, cursor: SQLiteCursor, begin: str) -> Iterator[SQLiteCursor]:
        if begin:
            cursor.begin(begin)
        try:
            yield cursor
            if cursor.begun:
                _run(cursor.connection, self._commit)
        except BaseException:
            for statement in self._rollback if cursor.begun and cursor.connection.in_transaction else ():
                cursor.connection.execute(statement)
            raise

    def ensure_tables(self, tables: Iterable[Table], rows: Mapping[str, Iterable[Sequence[Any]]]) -> None:
        tables = list(tables)
        self.template.ensure(tables, rows)
        if self._cursor is None:
            with self.transaction():
                self._create_missing(tables)
        else:
            self._create_missing(tables)

    def _create_missing(self, tables: Iterable[Table]) -> None:
        present, cursor = self.tables, self._cursor
        assert cursor is not None
        cursor.create(table for table in tables if table.name not in present)

    @property
    def _cursor(self) -> SQLiteCursor | None:
        return getattr(self._local, "cursor", None)

    def _complete(self, connection: sqlite3.Connection) -> None:
        """Add what the template has and this database lacks: after a rollback, a restore, or another's reset."""
        if self._seen == (state := self._state(connection)):
            return
        present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        sound = present & self._checked
        missing = [table for table in list(self.template.tables.values()) if table.name not in sound]
        if missing:
            cursor = SQLiteCursor(connection, self.template)
            with self._atomic(cursor, self._begin[False]):
                cursor.create(missing)
            state = self._state(connection)
        self._present = frozenset(sound.intersection(self.template.tables)) | {table.name for table in missing}
        self._checked |= self._present
        self._seen = state

    @abstractmethod
    def _connection(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection that nobody else uses meanwhile."""

    @abstractmethod
    def _state(self, connection: sqlite3.Connection) -> object:
        """Something that differs when tables may have gone or come behind this store's back."""


def _run(connection: sqlite3.Connection, statement: str) -> None:
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        raise _translated(error, statement) from error


def _translated(error: Exception, text: str) -> Exception:
    """The error PostgreSQL's driver would have raised; what is our own mistake keeps its class and gets the SQL."""
    message = str(error)
    if isinstance(error, OverflowError):
        return DatabaseError("bigint out of range\n", "psycopg2.errors.NumericValueOutOfRange")
    if isinstance(error, sqlite3.IntegrityError) and message.startswith("UNIQUE"):
        return UniqueViolation(message, message.partition(": ")[2])
    if isinstance(error, sqlite3.OperationalError) and "locked" in message:
        return SerializationFailure()
    error.add_note(text)
    return error
