"""What the ORM asks of a database: tables, transactions, ids, snapshots; and what differs between engines, as data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, get_args

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.trace import Trace

__all__ = [
    "FIRST_ID",
    "KINDS",
    "BadStatement",
    "Column",
    "Cursor",
    "Dialect",
    "Index",
    "Kind",
    "SerializationFailure",
    "Statement",
    "Store",
    "Table",
    "UniqueViolation",
]

Kind = Literal["text", "integer", "boolean", "float", "date", "datetime", "binary", "json"]
KINDS: tuple[Kind, ...] = get_args(Kind)

FIRST_ID = 20000
"""The first id given to a record that is not part of a fresh database."""


class Statement(Protocol):
    """Text with placeholders and the values for them."""

    @property
    def text(self) -> str: ...

    @property
    def params(self) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the kind of values it holds; all columns accept NULL."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Index:
    """An index over columns or expressions; `where` makes it partial."""

    name: str
    columns: tuple[str, ...]
    unique: bool = False
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; one with another key than `id` is the table of a many2many."""

    name: str
    columns: tuple[Column, ...]
    indexes: tuple[Index, ...] = ()
    key: tuple[str, ...] = ("id",)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine spells what the domain compiler needs: templates of SQL, and functions that prepare a parameter."""

    name: str
    types: Mapping[Kind, str]
    like: str
    """Case-sensitive match: expression, pattern prepared by `like_pattern`."""
    like_pattern: Callable[[str], str]
    ilike: str
    """Match that ignores case, of patterns without letters beyond ASCII.

    Fast, but blind to the two letters that fold to ASCII ones: "i" does not find "İ", "k" not the Kelvin sign.
    """
    ilike_unicode: str
    """The same for any pattern, prepared by `ilike_pattern`."""
    ilike_pattern: Callable[[str], str]
    longest_pattern: int
    """Bytes of a pattern that the engine takes; nothing is long enough to match a longer one."""
    member: str
    """Membership in a list too long for placeholders: expression, the list as prepared by `members`."""
    members: Callable[[Sequence[Any]], Any]
    ids: str
    """Membership of an id in a list: expression, the list as a JSON array of numbers."""
    pairs: str
    """A group's pairs of two expressions as a JSON array of arrays."""
    json_set: str
    """A text of JSON with another member: the text or NULL, quoted key of the member, its value by `json_values`."""
    json_values: Mapping[Kind, str]
    """A placeholder's value as JSON, by the kind of what is bound."""
    json_casts: Mapping[Kind, str]
    """What `json_get` gives as a value of this kind."""
    sorts_only_groups: bool
    """Whether a column that groups are sorted by has to be one they are grouped by."""
    decimals_text: str
    """The same for a number with a fixed count of decimals: count, expression."""
    json_has: str
    """Whether the member of a JSON object (object, key) is a list with a value as `json_item` gives it."""
    json_item: Callable[[Any], Any]
    json_get: str
    """A member of a JSON object as a plain value: expression, key prepared by `json_key`."""
    json_key: Callable[[str], Any]
    json_plain: Callable[[Any], Any]
    """A value as `json_get` gives it, to compare with it."""
    truth: str
    """A boolean column where the engine wants a condition: the column."""
    float_text: str
    """A float as PostgreSQL writes it as text."""
    part: str
    """A part of a date or datetime as a number: part's name, expression, name of the time zone or NULL."""
    period: str
    """The local start of the period a date or datetime is in: granularity, expression, time zone or NULL, first weekday
    (Monday is 0)."""

    def ilike_match(self, pattern: str) -> tuple[str, str]:
        """The template and the prepared pattern of a match that ignores case."""
        if pattern.isascii():
            return self.ilike, pattern
        return self.ilike_unicode, self.ilike_pattern(pattern)


class UniqueViolation(DatabaseError):
    """A unique index refuses a row; `index` names it."""

    def __init__(self, message: str, index: str) -> None:
        super().__init__(message, "psycopg2.errors.UniqueViolation")
        self.index = index


class BadStatement(DatabaseError):
    """The database cannot make sense of a statement."""


class SerializationFailure(DatabaseError):
    """Another transaction changed the database meanwhile: begin anew."""

    def __init__(
        self,
        message: str = "could not serialize access due to concurrent update",
        name: str = "psycopg2.errors.SerializationFailure",
    ) -> None:
        super().__init__(message, name)


class Cursor(ABC):
    """One open transaction."""

    dialect: ClassVar[Dialect]
    rowcount: int = -1

    def __init__(self) -> None:
        self.trace = Trace()
        """Where it notes its statements, and the ORM the records they touch."""

    @abstractmethod
    def execute(self, sql: Statement) -> list[tuple[Any, ...]]:
        """Run a statement; answers its rows."""

    @abstractmethod
    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of `rows`."""

    @abstractmethod
    def savepoint(self) -> AbstractContextManager[None]:
        """What happens inside is undone when it raises."""


class Store(ABC):
    """One database, and the template that `reset` brings it back to."""

    dialect: ClassVar[Dialect]
    generation: int = 0
    """How often what processes remember of the content was overtaken, as known at the begin of the last transaction."""
    shared: MutableMapping[str, bytes]
    """What all processes on the database see at once: no part of its content, and of no transaction."""

    @property
    def is_alone(self) -> bool:
        """Whether no other process can use the database."""
        return False

    @abstractmethod
    def advance(self) -> int:
        """Tell all processes that what they remember is overtaken; answers the new generation."""

    @abstractmethod
    def look(self) -> int:
        """The generation as it is now."""

    @abstractmethod
    def exclusively(self) -> AbstractContextManager[None]:
        """Within the block no other process is in such a block."""

    def version(self) -> object:
        """Something that is another one after each write, even one that was undone; None where it cannot be told."""
        return None

    @property
    @abstractmethod
    def is_new(self) -> bool:
        """Whether the database holds nothing at all yet."""

    @property
    @abstractmethod
    def tables(self) -> Set[str]:
        """Names of the tables that need no `ensure_tables`; within a transaction, for what it sees."""

    def unknown_tables(self) -> Set[str]:
        """Names of tables that another process made and this one knows nothing of, where that matters to it."""
        return frozenset()

    @abstractmethod
    def transaction(self, *, readonly: bool = False) -> AbstractContextManager[Cursor]:
        """Commits at the end, rolls back when the body raises. `readonly` says that no writing is expected."""

    @abstractmethod
    def ensure_tables(self, tables: Iterable[Table], rows: Mapping[str, Iterable[Sequence[Any]]]) -> None:
        """Create what is missing, with its first rows (by table, values in the order of the columns).

        Works inside a transaction of the same thread and outside; the tables outlive that transaction's rollback and
        every reset.
        """

    @abstractmethod
    def reserve_ids(self, count: int) -> range:
        """The next ids; never given again, not even after a rollback."""

    @abstractmethod
    def snapshot(self) -> str:
        """Keep the present state; answers the name that `restore` takes."""

    @abstractmethod
    def restore(self, name: str) -> None:
        """Go back to a snapshot. Raises KeyError for an unknown one."""

    @abstractmethod
    def dump(self) -> bytes:
        """The present content as bytes that `load` takes."""

    @abstractmethod
    def fresh(self) -> bytes:
        """What `reset` goes back to, as bytes that `load` takes."""

    @abstractmethod
    def load(self, dump: bytes) -> None:
        """Take the content of a dump. Raises ValueError for what is none."""

    @abstractmethod
    def keep(self) -> None:
        """Take the present state, the next id included, as that of a fresh database."""

    @abstractmethod
    def reset(self) -> None:
        """Go back to the state of a fresh database."""

    @abstractmethod
    def close(self) -> None:
        """Give the resources back; the data of an in-memory database is gone."""
