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

    def __init__(
        self, connection: sqlite3.Connection, template: Template, present: Set[str] = frozenset(), opening: str = ""
    ) -> None:
        """With an `opening` it begins by this statement when it comes to write: for calls that seldom do, where nobody
        else can write meanwhile."""
        super().__init__()
        self.connection, self.template, self.present = connection, template, present
        self.created: list[Table] = []
        self.begun = False
        self._opening, self._depth = opening, 0

    def begin(self, statement: str) -> None:
        """Open the transaction."""
        _run(self.connection, statement)
        self.begun, self._opening = True, ""

    def _begin_to_write(self) -> None:
        if self._opening:
            self.begin(self._opening)

    def execute(self, sql: Statement) -> list[tuple[Any, ...]]:
        for value in sql.params:
            if type(value) is str and "\0" in value:
                raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        if self._opening and not sql.text.startswith(_READING):
            self._begin_to_write()
        self.trace.run(sql.text)
        try:
            cursor = self.connection.execute(sql.text, sql.params)
            rows = cursor.fetchall()
        except (sqlite3.Error, OverflowError) as error:
            raise _translated(error, sql.text) from error
        self.rowcount = cursor.rowcount
        return rows

    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        self._begin_to_write()
        self.trace.run(text)
        try:
            self.rowcount = self.connection.executemany(text, rows).rowcount
        except (sqlite3.Error, OverflowError) as error:
            raise _translated(error, text) from error

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._begin_to_write()
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
        self._begin_to_write()
        tables = list(tables)
        with self.template.lock:
            for table in tables:
                try:
                    if create_table(self.connection, table):
                        insert_rows(self.connection, table, self.template.rows(table))
                except sqlite3.Error as error:
                    raise _translated(error, table.name) from error
        self.created.extend(tables)


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

    def transaction(self, *, readonly: bool = False) -> AbstractContextManager[SQLiteCursor]:
        return _Transaction(self, readonly)

    def open(self, readonly: bool) -> SQLiteCursor:
        """Begin a transaction of this thread; `end` is to follow."""
        if self._cursor is not None:
            raise RuntimeError("this thread already has an open transaction on this database")
        connection = self._take()
        try:
            self._complete(connection)
            begin = self._begin[readonly]
            cursor = SQLiteCursor(connection, self.template, self._present, "" if begin else self._begin[False])
            if begin:
                cursor.begin(begin)
        except BaseException:
            self._give_back(connection)
            raise
        self._local.cursor = cursor
        return cursor

    def end(self, cursor: SQLiteCursor, failed: bool) -> None:
        """Commit, or roll back what has failed."""
        self._local.cursor = None
        try:
            if failed and cursor.created:
                self._seen = None
            self._conclude(cursor, failed)
        finally:
            self._give_back(cursor.connection)
        if cursor.created and not failed:
            self._present = self._present | {table.name for table in cursor.created}
            self._checked |= self._present

    def fresh(self) -> bytes:
        with self.template.lock:
            return packed(self.template.image(), self.template.next_id)

    def _conclude(self, cursor: SQLiteCursor, failed: bool) -> None:
        if failed:
            self._roll_back(cursor)
        elif cursor.begun:
            try:
                _run(cursor.connection, self._commit)
            except BaseException:
                self._roll_back(cursor)
                raise

    def _roll_back(self, cursor: SQLiteCursor) -> None:
        if cursor.begun and cursor.connection.in_transaction:
            for statement in self._rollback:
                cursor.connection.execute(statement)

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
            self._add(connection, missing)
            state = self._state(connection)
        self._present = frozenset(sound.intersection(self.template.tables)) | {table.name for table in missing}
        self._checked |= self._present
        self._seen = state

    def _add(self, connection: sqlite3.Connection, tables: Iterable[Table]) -> None:
        cursor = SQLiteCursor(connection, self.template)
        cursor.begin(self._begin[False])
        try:
            cursor.create(tables)
        except BaseException:
            self._roll_back(cursor)
            raise
        self._conclude(cursor, failed=False)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = self._take()
        try:
            yield connection
        finally:
            self._give_back(connection)

    @abstractmethod
    def _take(self) -> sqlite3.Connection:
        """A connection that nobody else uses until it is given back."""

    @abstractmethod
    def _give_back(self, connection: sqlite3.Connection) -> None:
        """Let others use it."""

    @abstractmethod
    def _state(self, connection: sqlite3.Connection) -> object:
        """Something that differs when tables may have gone or come behind this store's back."""


class _Transaction:
    """From `open` to `end` of a store. It is written out because every call has one: a generator takes three times as
    long."""

    __slots__ = ("_cursor", "_readonly", "_store")

    def __init__(self, store: SQLiteStore, readonly: bool) -> None:
        self._store, self._readonly = store, readonly

    def __enter__(self) -> SQLiteCursor:
        self._cursor = self._store.open(self._readonly)
        return self._cursor

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        self._store.end(self._cursor, failed=kind is not None)


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
