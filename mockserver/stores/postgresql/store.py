"""A database as a schema of a PostgreSQL database: real isolation, shared by processes and machines."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
from psycopg import sql

from fauxdoo.mockserver.stores.base import FIRST_ID, Store, Table
from fauxdoo.mockserver.stores.dumps import packed, unpacked
from fauxdoo.mockserver.stores.postgresql.cursor import (
    Connection,
    PostgreSQLCursor,
    adapt,
    columns_of,
    insert_rows,
    marked,
    marks_of,
    run,
    translated,
)
from fauxdoo.mockserver.stores.postgresql.dialect import FUNCTIONS, POSTGRESQL
from fauxdoo.mockserver.stores.shared import SharedValues
from fauxdoo.mockserver.stores.template import Template, serialized

__all__ = ["PostgreSQLStore"]

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ"
"""As Odoo does: who changes a row that another changed meanwhile has to begin anew."""

_KEPT = """
CREATE TABLE fauxdoo_state (name text PRIMARY KEY, number bigint NOT NULL);
INSERT INTO fauxdoo_state VALUES ('next id', {first}), ('generation', 0);
CREATE TABLE fauxdoo_shared (name text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE fauxdoo_dump (name text PRIMARY KEY, content bytea NOT NULL);
"""
_OWN = frozenset({"fauxdoo_state", "fauxdoo_shared", "fauxdoo_dump"})


class PostgreSQLStore(Store):
    """Keeps the data in the schema that the URL's parameter `schema` names, `fauxdoo` by default.

    The state that `reset` goes back to, and snapshots, are kept as dumps in a table beside the data.
    """

    dialect = POSTGRESQL

    def __init__(self, url: str, template: Template | None = None) -> None:
        self._url, self._schema = _without_schema(url)
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._local = threading.local()
        self._present: Set[str] = frozenset()
        self._checked: set[str] = set()
        self._seen: object = None
        self._fresh: dict[str, object] = {}
        """By table, the marks it had when a reset filled it: with the same ones it needs no filling."""
        self._sequence = self._connect()
        self._prepare()
        self.shared = SharedValues(self._run_beside)
        kept = None if template else self._dump_named("fresh")
        self.template = Template.of_image(*unpacked(kept)) if kept else template or Template()

    # ---------------------------------------------------------------- transactions

    @property
    def is_new(self) -> bool:
        with self._connection() as connection:
            return not self._tables(connection)

    @property
    def tables(self) -> Set[str]:
        cursor = self._cursor
        if cursor is None:
            return self._present
        return cursor.present | {table.name for table in cursor.created} if cursor.created else cursor.present

    @contextmanager
    def transaction(self, *, readonly: bool = False) -> Iterator[PostgreSQLCursor]:
        if self._cursor is not None:
            raise RuntimeError("this thread already has an open transaction on this database")
        with self._connection() as connection:
            self._complete(connection)
            cursor = PostgreSQLCursor(connection, self.template, self._present)
            with self._atomic(connection):
                self._local.cursor = cursor
                try:
                    yield cursor
                except BaseException:
                    self._seen = None if cursor.created else self._seen
                    raise
                finally:
                    self._local.cursor = None
            if cursor.created:
                self._note({table.name for table in cursor.created})

    @contextmanager
    def _atomic(self, connection: Connection) -> Iterator[None]:
        run(connection, _BEGIN)
        try:
            yield
            run(connection, "COMMIT")
        except BaseException:
            if not connection.closed:
                run(connection, "ROLLBACK")
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
        cursor.create([table for table in tables if table.name not in present])

    def _complete(self, connection: Connection) -> None:
        """Add what the template has and this schema lacks: after a rollback, a restore, or another's reset."""
        if self._seen == (state := self._state(connection)):
            return
        sound = self._tables(connection) & self._checked
        missing = [table for table in list(self.template.tables.values()) if table.name not in sound]
        if missing:
            with self._atomic(connection):
                PostgreSQLCursor(connection, self.template).create(missing)
        self._present = frozenset(sound.intersection(self.template.tables))
        self._note({table.name for table in missing})
        self._seen = state

    def _note(self, created: set[str]) -> None:
        self._present = self._present | created
        self._checked |= self._present

    def _state(self, connection: Connection) -> object:
        """Something that differs when tables may have gone or come behind this store's back."""
        self.generation = self._number(connection, "generation")
        return self.template.version, self.generation

    def advance(self) -> int:
        statement = "UPDATE fauxdoo_state SET number = number + 1 WHERE name = 'generation' RETURNING number"
        return int(self._run_beside(statement, ())[0][0])

    def look(self) -> int:
        return int(self._run_beside("SELECT number FROM fauxdoo_state WHERE name = 'generation'", ())[0][0])

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        with closing(self._connect()) as connection:
            connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"fauxdoo {self._schema}"])
            yield

    # ---------------------------------------------------------------- ids

    def reserve_ids(self, count: int) -> range:
        with self._lock:
            statement = "UPDATE fauxdoo_state SET number = number + %s WHERE name = 'next id' RETURNING number"
            ((end,),) = self._sequence.execute(statement, [count]).fetchall()
        return range(end - count, end)

    # ---------------------------------------------------------------- contents

    def unknown_tables(self) -> Set[str]:
        with self._connection() as connection:
            return self._tables(connection) - self.template.tables.keys()

    def snapshot(self) -> str:
        with self._lock:
            statement = "SELECT count(*) FROM fauxdoo_dump WHERE name LIKE 'snapshot-%'"
            ((count,),) = self._sequence.execute(statement).fetchall()
        name = f"snapshot-{count + 1}"
        self._keep_dump(name, self.dump())
        return name

    def restore(self, name: str) -> None:
        content = self._dump_named(name) if name.startswith("snapshot-") else None
        if content is None:
            raise KeyError(name)
        self.load(content)

    def dump(self) -> bytes:
        with self._connection() as connection:
            self._complete(connection)
            with self._atomic(connection), closing(Template()) as copy:
                for table in self._all_tables():
                    copy.ensure([table], {table.name: self._rows(connection, table)})
                return packed(serialized(copy.connection), self._number(connection, "next id"))

    def fresh(self) -> bytes:
        with self.template.lock:
            return packed(self.template.image(), self.template.next_id)

    def load(self, dump: bytes) -> None:
        image, next_id = unpacked(dump)
        with closing(Template.of_image(image, next_id, self.template)) as content:
            self._replace(content)

    def keep(self) -> None:
        content = self.dump()
        self._keep_dump("fresh", content)
        self.template, self._fresh = Template.of_image(*unpacked(content), self.template), {}

    def reset(self) -> None:
        self._replace(self.template)

    def close(self) -> None:
        with self._lock:
            for connection in (*self._idle, self._sequence):
                connection.close()
            self._idle.clear()

    def _replace(self, content: Template) -> None:
        """Put other rows into the tables, in one transaction; tables the content lacks get their first rows."""
        with self._connection() as connection:
            self._complete(connection)
            with self._atomic(connection):
                marks = marks_of(connection, self._all_tables())
                known = self._fresh if content is self.template else {}
                changed = [table for table in self._all_tables() if known.get(table.name) != marks[table.name]]
                for table in changed:
                    run(connection, f'DELETE FROM "{table.name}"')
                    insert_rows(connection, table, self._rows_in(content, table))
                statement = "UPDATE fauxdoo_state SET number = %s WHERE name = 'next id'"
                connection.execute(statement, [content.next_id])
                fresh = marks_of(connection, changed)
            self.advance()
            self._fresh = {**known, **fresh} if content is self.template else {}

    def _rows_in(self, content: Template, table: Table) -> list[tuple[Any, ...]]:
        rows = content.first_rows(table)
        return (self.template.first_rows(table) or []) if rows is None else rows

    def _all_tables(self) -> list[Table]:
        return list(self.template.tables.values())

    def _rows(self, connection: Connection, table: Table) -> list[tuple[Any, ...]]:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        return connection.execute(f'SELECT {columns} FROM "{table.name}"'.encode()).fetchall()

    # ---------------------------------------------------------------- what is kept beside the data

    def _tables(self, connection: Connection) -> set[str]:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema").fetchall()
        return {row[0] for row in rows} - _OWN

    @staticmethod
    def _number(connection: Connection, name: str) -> int:
        ((number,),) = connection.execute("SELECT number FROM fauxdoo_state WHERE name = %s", [name]).fetchall()
        return int(number)

    def _run_beside(self, text: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._lock:
            cursor = self._sequence.execute(marked(text), params)
            return cursor.fetchall() if cursor.description else []

    def _dump_named(self, name: str) -> bytes | None:
        with self._lock:
            rows = self._sequence.execute("SELECT content FROM fauxdoo_dump WHERE name = %s", [name]).fetchall()
        return bytes(rows[0][0]) if rows else None

    def _keep_dump(self, name: str, content: bytes) -> None:
        statement = (
            "INSERT INTO fauxdoo_dump VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET content = excluded.content"
        )
        with self._lock:
            self._sequence.execute(statement, [name, content])

    # ---------------------------------------------------------------- connections

    @property
    def _cursor(self) -> PostgreSQLCursor | None:
        return getattr(self._local, "cursor", None)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._connect()
        try:
            yield connection
        finally:
            if not connection.closed:
                with self._lock:
                    self._idle.append(connection)

    def _connect(self) -> Connection:
        try:
            connection = psycopg.connect(self._url, autocommit=True, cursor_factory=psycopg.ClientCursor)
        except psycopg.Error as error:
            raise translated(error) from error
        adapt(connection)
        connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(self._schema)))
        return connection

    def _prepare(self) -> None:
        """Make the schema unless it is there; of several processes one does it."""
        with self._sequence.transaction():
            self._sequence.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"fauxdoo {self._schema}"])
            if not columns_of(self._sequence, ["fauxdoo_state"]):
                name = sql.Identifier(self._schema)
                self._sequence.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
                self._sequence.execute(FUNCTIONS.encode())
                self._sequence.execute(_KEPT.format(first=FIRST_ID).encode())


def _without_schema(url: str) -> tuple[str, str]:
    """The URL that libpq takes, and the schema."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", "fauxdoo")
    return parts._replace(query=urlencode(query)).geturl(), schema
