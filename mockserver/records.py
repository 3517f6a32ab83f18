"""Recordsets outside a transaction: a model's name, ids, and an environment that reads, writes and calls for them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Self

__all__ = ["Records", "RecordsEnvironment"]


class RecordsEnvironment(ABC):
    """`env[model]` for a test: where the records are, and how they are reached, is up to the subclass."""

    uid: int
    context: dict[str, Any]

    def __getitem__(self, model: str) -> Records:
        """The model's empty recordset. Raises KeyError for an unknown model."""
        if model not in self:
            raise KeyError(model)
        return Records(self, model, ())

    @abstractmethod
    def __contains__(self, model: object) -> bool:
        """Whether there is such a model."""

    @abstractmethod
    def __call__(self, *, user: Any = None, context: Mapping[str, Any] | None = None) -> Self:
        """The same database for another user (id or record) or with another context."""

    @property
    def user(self) -> Records:
        """The user the environment works as."""
        return Records(self, "res.users", (self.uid,))

    @property
    @abstractmethod
    def company(self) -> Records:
        """The company the environment works in."""

    @abstractmethod
    def ref(self, xmlid: str) -> Records:
        """The record of an xmlid. Raises ValueError for an unknown one."""

    @abstractmethod
    def field_type(self, model: str, name: str) -> tuple[str, str] | None:
        """The type of a field and the model it points at, if it does; None for no field of this model."""

    @abstractmethod
    def has_method(self, model: str, name: str) -> bool:
        """Whether the model has this method, as far as can be known. Raises NotSimulated for one nobody simulates."""

    @abstractmethod
    def value(self, records: Records, name: str) -> Any:
        """A field of at most one record, of any number if it is relational; related records come as `Records`."""

    @abstractmethod
    def values(self, records: Records, name: str) -> list[Any]:
        """A field of each record, in their order."""

    @abstractmethod
    def call(self, records: Records, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Call a method on the records; recordsets come back as `Records`."""

    def outgoing(self, model: str, values: Any) -> Any:
        """Values for `create` and `write`: records become an id or a command, as their field has it."""
        if isinstance(values, (list, tuple)):
            return [self.outgoing(model, each) for each in values]
        if not isinstance(values, Mapping):
            return values
        return {name: self._sent(self.field_type(model, name), value) for name, value in values.items()}

    def _sent(self, field: tuple[str, str] | None, value: Any) -> Any:
        kind, comodel = field or ("", "")
        if kind.endswith("2many"):
            if isinstance(value, Records):
                return [(6, 0, value.ids)]
            if isinstance(value, (list, tuple)):
                return [self._command(comodel, item) for item in value]
        if isinstance(value, Records):
            return f"{value._name},{value.id}" if kind == "reference" else value.id
        return value

    def _command(self, model: str, item: Any) -> Any:
        if isinstance(item, (list, tuple)) and len(item) == 3 and isinstance(item[2], Mapping):
            return (item[0], item[1], self.outgoing(model, item[2]))
        return item


class Records:
    """Records of one model by id; fields and methods are those of the model."""

    __slots__ = ("_model", "env", "ids")

    def __init__(self, env: RecordsEnvironment, model: str, ids: Iterable[int]) -> None:
        object.__setattr__(self, "env", env)
        object.__setattr__(self, "_model", model)
        object.__setattr__(self, "ids", list(ids))

    env: RecordsEnvironment
    _model: str
    ids: list[int]

    @property
    def _name(self) -> str:
        """The model's name, as Odoo calls it."""
        return self._model

    @property
    def id(self) -> int | bool:
        """The id of the one record, False of none. Raises ValueError where there are several."""
        return self.ensure_one().ids[0] if self.ids else False

    def ensure_one(self) -> Records:
        """These records; raises ValueError unless it is one."""
        if len(self.ids) != 1:
            raise ValueError(f"Expected singleton: {self!r}")
        return self

    def browse(self, ids: int | Iterable[int] = ()) -> Records:
        """Records of these ids."""
        return Records(self.env, self._model, (ids,) if isinstance(ids, int) else ids)

    # ---------------------------------------------------------------- environment

    def with_context(self, **context: Any) -> Records:
        """The same records with context keys added."""
        return Records(self.env(context={**self.env.context, **context}), self._model, self.ids)

    def with_user(self, user: Any) -> Records:
        """The same records as another user (id or record)."""
        return Records(self.env(user=user), self._model, self.ids)

    def with_company(self, company: Any) -> Records:
        """The same records with this company (id or record) as the current one."""
        return self.with_context(allowed_company_ids=[int(company)])

    # ---------------------------------------------------------------- fields and methods

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.env.field_type(self._model, name):
            return self.env.value(self, name)
        if not self.env.has_method(self._model, name):
            raise AttributeError(f"'{self._model}' object has no attribute {name!r}")

        def method(*args: Any, **kwargs: Any) -> Any:
            return self.env.call(self, name, list(args), kwargs)

        return method

    def __setattr__(self, name: str, value: Any) -> None:
        self.env.call(self, "write", [{name: value}], {})

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self.env.value(self, key)
        return self.browse(self.ids[key])

    def mapped(self, what: str | Callable[[Records], Any]) -> Any:
        """Values of a field or dotted path, or of a function; records are united."""
        if callable(what):
            return _united([what(record) for record in self])
        *path, last = what.split(".")
        records = self
        for name in path:
            records = records[name]
        if records:
            return _united(records.env.values(records, last))
        empty = records[last]
        return empty if isinstance(empty, Records) else []

    def filtered(self, what: str | Callable[[Records], Any]) -> Records:
        """Records for which a function, field or dotted path is true."""
        if callable(what):
            kept = [bool(what(record)) for record in self]
        elif "." in what:
            kept = [_any_true(record.mapped(what)) for record in self]
        else:
            kept = [bool(value) for value in self.env.values(self, what)]
        return self.browse([id for id, keep in zip(self.ids, kept, strict=True) if keep])

    def filtered_domain(self, domain: list[Any]) -> Records:
        """The records that a domain matches, in their order; archived ones too."""
        found = set(self.with_context(active_test=False).search([("id", "in", self.ids), *domain]).ids)
        return self.browse([id for id in self.ids if id in found])

    def exists(self) -> Records:
        """The records that are there."""
        return self.filtered_domain([]) if self else self

    def grouped(self, key: str | Callable[[Records], Any]) -> dict[Any, Records]:
        """Records by the value of a field or function."""
        groups: dict[Any, list[int]] = {}
        for id, value in zip(self.ids, self._keys(key), strict=True):
            groups.setdefault(value, []).append(id)
        return {value: self.browse(ids) for value, ids in groups.items()}

    def sorted(self, key: str | Callable[[Records], Any] | None = None, reverse: bool = False) -> Records:
        """In the order of a function, of fields (`"a, b desc"`), or the model's own."""
        if key is None:
            found = self.with_context(active_test=False).search([("id", "in", self.ids)]).ids
            return self.browse(found[::-1] if reverse else found)
        ids = self.ids
        terms = key.split(",") if isinstance(key, str) else [key]
        for term in reversed(terms):
            by, down = _term(term)
            values = dict(zip(self.ids, map(_sortable, self._keys(by)), strict=True))
            ids = sorted(ids, key=values.__getitem__, reverse=down if isinstance(key, str) else reverse)
        return self.browse(ids[::-1] if reverse and isinstance(key, str) else ids)

    def _keys(self, key: str | Callable[[Records], Any]) -> list[Any]:
        return [key(record) for record in self] if callable(key) else self.env.values(self, key)

    # ---------------------------------------------------------------- collection

    def __iter__(self) -> Iterator[Records]:
        return (self.browse(id) for id in self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def __bool__(self) -> bool:
        return bool(self.ids)

    def __int__(self) -> int:
        return int(self.id)

    def __contains__(self, item: object) -> bool:
        return len(self._like(item)) == 1 and self._like(item).ids[0] in self.ids

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Records) and (self._model, set(self.ids)) == (other._model, set(other.ids))

    def __hash__(self) -> int:
        return hash((self._model, frozenset(self.ids)))

    def __or__(self, other: Records) -> Records:
        return self.browse(dict.fromkeys([*self.ids, *self._like(other).ids]))

    def __add__(self, other: Records) -> Records:
        return self.browse([*self.ids, *self._like(other).ids])

    def __and__(self, other: Records) -> Records:
        return self.browse([id for id in self.ids if id in self._like(other).ids])

    def __sub__(self, other: Records) -> Records:
        return self.browse([id for id in self.ids if id not in self._like(other).ids])

    def __repr__(self) -> str:
        return f"{self._model}({', '.join(map(str, self.ids))})"

    def _like(self, other: object) -> Records:
        if not isinstance(other, Records) or other._model != self._model:
            raise TypeError(f"inconsistent models in: {self!r} and {other!r}")
        return other


def _united(values: list[Any]) -> Any:
    """The values, as one recordset where they are records."""
    if not values or not isinstance(values[0], Records):
        return values
    united = dict.fromkeys(id for records in values for id in records.ids)
    return values[0].browse(united)


def _any_true(values: Any) -> bool:
    return bool(values) if isinstance(values, Records) else any(values)


def _term(term: str | Callable[[Records], Any]) -> tuple[str | Callable[[Records], Any], bool]:
    """What to sort by, and whether downwards."""
    if callable(term):
        return term, False
    name, _, direction = term.strip().partition(" ")
    return name, direction.strip().lower().startswith("desc")


def _sortable(value: Any) -> tuple[bool, Any]:
    """Unset values come first; records by their ids."""
    value = value.ids if isinstance(value, Records) else value
    unset = value is False or value is None
    return not unset, 0 if unset else value
