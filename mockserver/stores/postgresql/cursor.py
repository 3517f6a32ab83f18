"""A transaction in PostgreSQL: statements with `?`, SQLite's plain values, errors under the names psycopg2 has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import errors, sql
from psycopg.adapt import Loader
from psycopg.types.numeric import IntDumper

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.stores.base import (
    BadStatement,
    Cursor,
    SerializationFailure,
    Statement,
    Table,
    UniqueViolation,
)
from fauxdoo.mockserver.stores.postgresql.dialect import POSTGRESQL
from fauxdoo.mockserver.stores.template import Template

__all__ = [
    "Connection",
    "PostgreSQLCursor",
    "adapt",
    "columns_of",
    "insert_rows",
    "marked",
    "marks_of",
    "run",
    "translated",
]

Connection = psycopg.Connection[tuple[Any, ...]]

_CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected, errors.DuplicateTable, errors.DuplicateColumn)
"""What another's transaction causes, creating the same table included."""
_CATALOG = frozenset({"pg_class_relname_nsp_index", "pg_type_typname_nsp_index"})
"""Indexes that refuse a table which another transaction is creating."""

_MARKS = re.compile(r"'[^']*'|\"[^\"]*\"|\?|%")


class _Number(Loader):
    """A sum or an average as SQLite gives it: an int, or a float where there are decimals."""

    def load(self, data: bytes | bytearray | memoryview) -> float:
        text = bytes(data)
        return float(text) if b"." in text or b"N" in text else int(text)


class _Boolean(IntDumper):
    """Booleans are 0 and 1, as in the columns."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"

    def quote(self, obj: Any) -> bytes:
        return self.dump(obj)


def adapt(connection: Connection) -> None:
    """Make a connection take and give the plain values that SQLite does."""
    connection.adapters.register_loader("numeric", _Number)
    connection.adapters.register_dumper(bool, _Boolean)


@lru_cache(maxsize=2_000)
def marked(text: str) -> sql.SQL:
    """The statement with psycopg's marks; `?` within quotes stays."""

    def mark(found: re.Match[str]) -> str:
        return "%s" if found[0] == "?" else found[0].replace("%", "%%")

    return sql.SQL(_MARKS.sub(mark, text))


class PostgreSQLCursor(Cursor):
    """One transaction on a connection: `present` are the tables it began with, `created` those it added."""

    dialect = POSTGRESQL

    def __init__(self, connection: Connection, template: Template, present: Set[str] = frozenset()) -> None:
        super().__init__()
        self.connection, self.template, self.present = connection, template, present
        self.created: list[Table] = []
        self._depth = 0

    def execute(self, sql: Statement) -> list[tuple[Any, ...]]:
        for value in sql.params:
            if type(value) is str and "\0" in value:
                raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        self.trace.run(sql.text)
        try:
            cursor = self.connection.execute(marked(sql.text), sql.params)
            rows = cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise translated(error) from error
        self.rowcount = cursor.rowcount
        return rows

    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        self.trace.run(text)
        try:
            with psycopg.Cursor(self.connection) as cursor:
                cursor.executemany(marked(text), rows)
                self.rowcount = cursor.rowcount
        except psycopg.Error as error:
            raise translated(error) from error

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._depth += 1
        name, mark = f"level_{self._depth}", len(self.created)
        run(self.connection, f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            run(self.connection, f"ROLLBACK TO {name}; RELEASE {name}")
            undone, self.created[mark:] = self.created[mark:], []
            self.create(undone)
            raise
        else:
            run(self.connection, f"RELEASE {name}")
        finally:
            self._depth -= 1

    def create(self, tables: Iterable[Table]) -> None:
        """Add tables of the template with their first rows, as far as they are missing, and columns they lack."""
        tables = list(tables)
        present = columns_of(self.connection, [table.name for table in tables])
        for table in tables:
            if statements := _definition(table, present.get(table.name)):
                run(self.connection, statements)
            if table.name not in present:
                insert_rows(self.connection, table, self.template.first_rows(table) or [])
        self.created.extend(tables)


def run(connection: Connection, statements: str) -> None:
    """Execute statements of ours that answer nothing."""
    try:
        connection.execute(statements.encode())
    except psycopg.Error as error:
        raise translated(error) from error


def columns_of(connection: Connection, tables: list[str]) -> dict[str, set[str]]:
    """The columns of those tables of the schema that there are."""
    statement = (
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = current_schema::regnamespace AND c.relname = ANY(%s)"
        " AND a.attnum > 0 AND NOT a.attisdropped"
    )
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(statement, [tables]):
        found.setdefault(table, set()).add(column)
    return found


def marks_of(connection: Connection, tables: Iterable[Table]) -> dict[str, object]:
    """By table, what differs once a row was added, changed or removed: how many there are, and who wrote them."""
    text = "SELECT '{0}', count(*), min(xmin::text::bigint), max(xmin::text::bigint) FROM \"{0}\""
    statement = " UNION ALL ".join(text.format(table.name) for table in tables)
    return {name: marks for name, *marks in connection.execute(statement.encode())} if statement else {}


def insert_rows(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows with a value for each column."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    try:
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN'.encode()) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise translated(error) from error


def _definition(table: Table, present: set[str] | None) -> str:
    """The statements that make a table, or add the columns it lacks; none, and so no lock, where it lacks nothing."""
    types = {column.name: f'"{column.name}" {POSTGRESQL.types[column.kind]}' for column in table.columns}
    key = ", ".join(f'"{column}"' for column in table.key)
    if table.key == ("id",):
        types["id"] += " DEFAULT nextval('fauxdoo_row')"  # links that stand in the table of a model
    if present is None:
        lines = [f'CREATE TABLE "{table.name}" ({", ".join(types.values())}, PRIMARY KEY ({key}))']
    else:
        lines = [f'ALTER TABLE "{table.name}" ADD COLUMN {text}' for name, text in types.items() if name not in present]
    for index in table.indexes if lines else ():
        unique, where = "UNIQUE " if index.unique else "", f" WHERE {index.where}" if index.where else ""
        name = index.name[:63]
        lines.append(
            f'CREATE {unique}INDEX IF NOT EXISTS "{name}" ON "{table.name}" ({", ".join(index.columns)}){where}'
        )
    return ";".join(lines)


def translated(error: psycopg.Error) -> DatabaseError:
    """The error under the name that psycopg2, which a real Odoo uses, has for it."""
    message = error.diag.message_primary or str(error)
    name = f"psycopg2.errors.{type(error).__name__}"
    if isinstance(error, _CONFLICTS):
        return SerializationFailure(message, name)
    if isinstance(error, errors.UniqueViolation):
        if error.diag.constraint_name in _CATALOG:
            return SerializationFailure(message)
        return UniqueViolation(f"{message}\nDETAIL:  {error.diag.message_detail}\n", error.diag.constraint_name or "")
    if isinstance(error, psycopg.ProgrammingError):
        return BadStatement(message + "\n", name)
    return DatabaseError(message + "\n", name)
