"""Statements as text and bound parameters, and the query a search becomes.

Values never enter the text: `SQL("%s = %s", SQL.identifier("res_partner", "name"), "x")` inlines the identifier and
binds the value.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol
from zlib import crc32

__all__ = ["FALSE", "SQL", "TRUE", "Query"]


_new = object.__new__


class SQL:
    """A piece of SQL: `text` with a `?` for each of `params`. Not to be changed: pieces compose by being arguments."""

    __slots__ = ("params", "text")

    text: str
    params: tuple[Any, ...]

    def __init__(self, template: str, *arguments: Any) -> None:
        """`%s` in the template takes another SQL (inlined) or a value (bound); `%%` is a percent sign."""
        texts: list[str] = []
        params: list[Any] = []
        for argument in arguments:
            if isinstance(argument, SQL):
                texts.append(argument.text)
                params.extend(argument.params)
            else:
                texts.append("?")
                params.append(argument)
        self.text = template % tuple(texts)
        self.params = tuple(params)

    @staticmethod
    def raw(text: str, params: Iterable[Any] = ()) -> SQL:
        """A statement that is complete: `text` is taken as it is, with a `?` for each of `params`."""
        self = _new(SQL)
        self.text = text
        self.params = tuple(params)
        return self

    @staticmethod
    @lru_cache(maxsize=10_000)
    def identifier(name: str, column: str | None = None) -> SQL:
        """The quoted name of a table or alias, or of a column in it. Names come from the registry alone."""
        quoted = _quote(name)
        return SQL.raw(quoted if column is None else f"{quoted}.{_quote(column)}")

    def join(self, parts: Iterable[SQL]) -> SQL:
        """The parts with this piece between them."""
        texts: list[str] = []
        params: list[Any] = []
        for part in parts:
            if texts:
                params.extend(self.params)
            texts.append(part.text)
            params.extend(part.params)
        return SQL.raw(self.text.join(texts), params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SQL) and (self.text, self.params) == (other.text, other.params)

    def __hash__(self) -> int:
        return hash((self.text, self.params))

    def __bool__(self) -> bool:
        return bool(self.text)

    def __repr__(self) -> str:
        return f"SQL({self.text!r}, {self.params!r})"


TRUE = SQL.raw("TRUE")
FALSE = SQL.raw("FALSE")
_COMMA = SQL.raw(", ")
_ALL = 2**63 - 1
"""A limit that is none: SQLite takes no offset without one."""
_LONGEST = 60
"""Letters of an alias; PostgreSQL takes 63 for the whole of it, a number behind it included."""
_Piece = SQL | str


class _HasTable(Protocol):
    """What a query needs to know of a model."""

    @property
    def _table(self) -> str: ...


class Query:
    """The rows of a model's table that a search selects: joins, conditions, order, limit and offset.

    `order` is what follows ORDER BY; `groups` and `having` are for grouped reads. The rows of a model with a
    `_table_query` are those of that statement.
    """

    def __init__(self, model: _HasTable, alias: str | None = None) -> None:
        self.model = model
        self.table: str = model._table
        self.alias: str = alias or self.table
        self.table_query: SQL | None = getattr(model, "_table_query", None)
        self.joins: dict[tuple[str, str, str, str], tuple[str, SQL]] = {}
        self.conditions: list[SQL] = []
        self.order: SQL | None = None
        self.groups: SQL | None = None
        self.having: SQL | None = None
        self.limit: int | None = None
        self.offset: int = 0
        self._aliases = {self.alias}
        self._root = self
        self._parts: dict[str, SQL] = {}

    def copy(self) -> Query:
        """A query of its own that selects the same rows."""
        copy: Query = _new(Query)
        copy.__dict__.update(self.__dict__)
        copy.joins, copy.conditions = self.joins.copy(), self.conditions.copy()
        copy._aliases, copy._parts = self._aliases.copy(), self._parts.copy()
        copy._root = copy if self._root is self else self._root
        return copy

    def part(self, model: _HasTable) -> Query:
        """A query for a subquery of this one."""
        part = Query(model)
        part._root = self._root
        return part

    def name_part(self, statement: SQL) -> SQL:
        """The name of a subquery that is put in front of the outermost statement (a common table expression)."""
        parts = self._root._parts
        name = f"part_{len(parts) + 1}"
        parts[name] = statement
        return SQL.identifier(name)

    def where(self, condition: SQL) -> None:
        """Keep only the rows for which `condition` holds too."""
        if condition != TRUE:
            self.conditions.append(condition)

    def left_join(self, parent: str, column: str, table: str, key: str = "id") -> str:
        """Join `table` on `parent.column = table.key`, once; answers its alias."""
        known = self.joins.get((parent, column, table, key))
        if known is not None:
            return known[0]
        alias = self.new_alias(f"{parent}__{column}")
        condition = SQL("%s = %s", SQL.identifier(parent, column), SQL.identifier(alias, key))
        self.joins[parent, column, table, key] = (alias, _join("LEFT JOIN", table, alias, condition))
        return alias

    def join_on(self, value: SQL, table: str, wanted: str) -> str:
        """Join `table` where its id is `value`, once for each `wanted` name; answers the alias."""
        key = (wanted, "=", table, "id")
        if key not in self.joins:
            alias = self.new_alias(wanted)
            condition = SQL("%s = %s", value, SQL.identifier(alias, "id"))
            self.joins[key] = (alias, _join("LEFT JOIN", table, alias, condition))
        return self.joins[key][0]

    def join(self, name: str, table: str, condition: SQL, kind: str = "JOIN") -> str:
        """Join `table` under the alias `name` on any condition, once; answers the alias."""
        if (name, "", table, "") not in self.joins:
            self.joins[name, "", table, ""] = (name, _join(kind, table, name, condition))
            self._aliases.add(name)
        return name

    def new_alias(self, wanted: str) -> str:
        """`wanted`, shortened where it is long, with a number behind it where that is taken."""
        wanted = _shortened(wanted)
        alias, number = wanted, 1
        while alias in self._aliases:
            number += 1
            alias = f"{wanted}__{number}"
        self._aliases.add(alias)
        return alias

    def select(self, *columns: SQL) -> SQL:
        """The statement that reads `columns` (by default the id) of the selected rows."""
        pieces = [*self._named_parts(), "SELECT ", columns[0] if columns else self.id]
        for column in columns[1:]:
            pieces += (", ", column)
        pieces += (" FROM ", *self._source())
        for clause, piece in ((" GROUP BY ", self.groups), (" HAVING ", self.having), (" ORDER BY ", self.order)):
            if piece is not None:
                pieces += (clause, piece)
        pieces += self._window()
        return _gathered(pieces)

    def subselect(self, *columns: SQL) -> SQL:
        """The same as a parenthesised subquery; ordered only where the limit needs it."""
        order, self.order = self.order, self.order if self.limit is not None or self.offset else None
        try:
            return SQL("(%s)", self.select(*columns))
        finally:
            self.order = order

    def count(self) -> SQL:
        """The statement that counts the selected rows, limit and offset included."""
        if self.limit is not None or self.offset:
            return SQL('SELECT COUNT(*) FROM (%s) AS "counted"', self.select(SQL.raw("1")))
        return _gathered([*self._named_parts(), "SELECT COUNT(*) FROM ", *self._source()])

    @property
    def surroundings(self) -> int:
        """How many joins and parts the conditions of this query rest on."""
        return len(self.joins) + len(self._root._parts)

    @property
    def id(self) -> SQL:
        """The id column of the selected rows."""
        return SQL.identifier(self.alias, "id")

    def _named_parts(self) -> list[_Piece]:
        if not self._parts:
            return []
        named = (SQL("%s AS (%s)", SQL.identifier(name), statement) for name, statement in self._parts.items())
        return ["WITH ", _COMMA.join(named), " "]

    def _source(self) -> list[_Piece]:
        pieces: list[_Piece] = [_named(self.table, self.alias)]
        if self.table_query is not None:
            pieces = [SQL("(%s) AS %s", self.table_query, SQL.identifier(self.alias))]
        for _alias, join in self.joins.values():
            pieces += (" ", join)
        if len(self.conditions) == 1:
            pieces += (" WHERE ", self.conditions[0])
        elif self.conditions:
            pieces += (" WHERE (", self.conditions[0])
            for condition in self.conditions[1:]:
                pieces += (") AND (", condition)
            pieces.append(")")
        return pieces

    def _window(self) -> list[_Piece]:
        if self.limit is None and not self.offset:
            return []
        window: list[_Piece] = [SQL(" LIMIT %s", _ALL if self.limit is None else self.limit)]
        if self.offset:
            window.append(SQL(" OFFSET %s", self.offset))
        return window


def _gathered(pieces: Iterable[_Piece]) -> SQL:
    """The pieces as one statement."""
    texts: list[str] = []
    params: list[Any] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
        else:
            texts.append(piece.text)
            params += piece.params
    return SQL.raw("".join(texts), params)


def _shortened(alias: str) -> str:
    """An alias with a checksum in the place of its end, where it is too long."""
    return alias if len(alias) <= _LONGEST else f"{alias[: _LONGEST - 9]}_{crc32(alias.encode()):08x}"


def _quote(name: str) -> str:
    if '"' in name:
        raise ValueError(f"not an identifier: {name!r}")
    return f'"{name}"'


def _named(table: str, alias: str) -> SQL:
    if table == alias:
        return SQL.identifier(table)
    return SQL("%s AS %s", SQL.identifier(table), SQL.identifier(alias))


def _join(kind: str, table: str, alias: str, condition: SQL) -> SQL:
    return SQL(f"{kind} %s ON (%s)", _named(table, alias), condition)
