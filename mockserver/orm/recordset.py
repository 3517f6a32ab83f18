"""The recordset: an ordered collection of records of one model, and the environment they are seen in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from fauxdoo.mockserver.errors import MissingError
from fauxdoo.mockserver.orm.environment import Environment
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.new_id import NewId

__all__ = ["Recordset"]


class Recordset:
    """What every recordset can do without asking the database for more than values of fields."""

    __slots__ = ("_ids", "_prefetch_ids", "env")

    env: Environment
    _ids: tuple[Any, ...]
    _prefetch_ids: Collection[Any]
    """Ids whose values are loaded together with those of these records."""
    _name: ClassVar[str] = ""
    _fields: ClassVar[dict[str, Field]] = {}

    def __init__(self, env: Environment, ids: tuple[Any, ...], prefetch: Collection[Any]) -> None:
        self.env, self._ids, self._prefetch_ids = env, ids, prefetch

    def _spawn(self, ids: Iterable[Any], prefetch: Collection[Any] | None = None) -> Self:
        ids = tuple(ids)
        return type(self)(self.env, ids, ids if prefetch is None else prefetch)

    if TYPE_CHECKING:  # fields and methods of models are known at run time only

        def __getattr__(self, name: str) -> Any: ...

        def __setattr__(self, name: str, value: Any) -> None: ...

    # ---------------------------------------------------------------- collection

    @property
    def id(self) -> Any:
        """The id of the one record, False of the empty recordset."""
        if not self._ids:
            return False
        self.ensure_one()
        return self._ids[0]

    @property
    def ids(self) -> list[int]:
        """Ids of the saved records (of a new record, of the one it was made from)."""
        saved = (id.origin if isinstance(id, NewId) else id for id in self._ids)
        return [id for id in saved if id]

    def __len__(self) -> int:
        return len(self._ids)

    def __bool__(self) -> bool:
        return bool(self._ids)

    def __iter__(self) -> Iterator[Self]:
        if len(self._ids) == 1:
            yield self
            return
        for id in self._ids:
            yield self._spawn((id,), self._prefetch_ids)

    def __contains__(self, item: Any) -> bool:
        if isinstance(item, Recordset):
            return item._name == self._name and len(item) == 1 and item._ids[0] in self._ids
        if isinstance(item, str):
            return item in self._fields
        raise TypeError(f"unsupported operand types in: {item!r} in {self}")

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self._fields[key].__get__(self)
        if isinstance(key, slice):
            return self._spawn(self._ids[key])
        return self._spawn((self._ids[key],), self._prefetch_ids)

    def __setitem__(self, key: str, value: Any) -> None:
        self._fields[key].__set__(self, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recordset) and self._name == other._name and set(self._ids) == set(other._ids)

    def __hash__(self) -> int:
        return hash((self._name, frozenset(self._ids)))

    def _same_model(self, other: Any) -> Any:
        if not isinstance(other, Recordset) or other._name != self._name:
            raise TypeError(f"inconsistent models in: {self} and {other}")
        return other

    def __or__(self, other: Any) -> Self:
        return self._spawn(dict.fromkeys((*self._ids, *self._same_model(other)._ids)))

    def __add__(self, other: Any) -> Self:
        return self._spawn((*self._ids, *self._same_model(other)._ids))

    def __and__(self, other: Any) -> Self:
        kept = set(self._same_model(other)._ids)
        return self._spawn(dict.fromkeys(id for id in self._ids if id in kept))

    def __sub__(self, other: Any) -> Self:
        gone = set(self._same_model(other)._ids)
        return self._spawn(id for id in self._ids if id not in gone)

    def __lt__(self, other: Any) -> bool:
        return set(self._ids) < set(self._same_model(other)._ids)

    def __le__(self, other: Any) -> bool:
        return set(self._ids) <= set(self._same_model(other)._ids)

    def __repr__(self) -> str:
        return f"{self._name}{self._ids!r}"

    def __int__(self) -> int:
        return int(self.id or 0)

    def union(self, *others: Any) -> Self:
        """Records of all, once each, in order."""
        result = self
        for other in others:
            result = result | other
        return result

    def ensure_one(self) -> Self:
        """This recordset; raises ValueError unless it holds exactly one record."""
        if len(self._ids) != 1:
            raise ValueError(f"Expected singleton: {self}")
        return self

    # ---------------------------------------------------------------- environment

    def with_env(self, env: Environment) -> Self:
        """The same records in another environment."""
        records: Self = type(env[self._name])(env, self._ids, self._prefetch_ids)
        return records

    def with_context(self, *args: Mapping[str, Any], replace: bool = False, **overrides: Any) -> Self:
        """With context keys added; a positional mapping replaces the context first."""
        base = dict(args[0] or {}) if args else ({} if replace else self.env.context)
        return self.with_env(self.env(context={**base, **overrides}))

    def with_user(self, user: Any) -> Self:
        """As another user (id or record), access checked."""
        return self.with_env(self.env(user=int(user)))

    def sudo(self, flag: bool = True) -> Self:
        """Access not checked (or checked again with False)."""
        return self if self.env.su == flag else self.with_env(self.env(su=flag))

    def with_company(self, company: Any) -> Self:
        """With `company` (id or record) as the current one."""
        if not company:
            return self
        wanted = int(company)
        allowed = [id for id in self.env.context.get("allowed_company_ids") or [] if id != wanted]
        return self.with_context(allowed_company_ids=[wanted, *allowed])

    def with_prefetch(self, ids: Collection[Any] | None = None) -> Self:
        """Values will be loaded for these ids together."""
        return self._spawn(self._ids, ids)

    def browse(self, ids: Any = None) -> Self:
        """The records of these ids, whether they exist or not."""
        if ids is None or ids is False:
            return self._spawn(())
        if isinstance(ids, (int, NewId)):
            return self._spawn((ids,))
        return self._spawn(ids)

    @property
    def _origin(self) -> Self:
        """The saved records behind new ones."""
        return self._spawn(self.ids)

    # ---------------------------------------------------------------- functional

    def mapped(self, what: str | Callable[[Any], Any]) -> Any:
        """Values of a field or dotted path, or of a function; records are united."""
        if callable(what):
            values = [what(record) for record in self]
            if values and isinstance(values[0], Recordset):
                return values[0].union(*values[1:])
            return values
        records: Any = self
        for name in what.split("."):
            records = records._mapped_field(name)
        return records

    def _mapped_field(self, name: str) -> Any:
        field = self._fields[name]
        if not field.is_relational:
            return [record[name] for record in self]
        comodel = self.env[field.comodel_name]
        ids: dict[Any, None] = {}
        for record in self:
            ids.update(dict.fromkeys(record[name]._ids))
        return comodel._spawn(ids)

    def filtered(self, what: str | Callable[[Any], Any]) -> Self:
        """Records for which a function, field or dotted path is true."""
        if isinstance(what, str):
            path = what
            return self._spawn(r._ids[0] for r in self if any(_truths(r.mapped(path))))
        return self._spawn(record._ids[0] for record in self if what(record))

    def grouped(self, what: str | Callable[[Any], Any]) -> dict[Any, Self]:
        """Records by the value of a field or function."""
        name = what if isinstance(what, str) else ""
        key: Callable[[Any], Any] = what if callable(what) else lambda record: record[name]
        groups: dict[Any, list[Any]] = {}
        for record in self:
            groups.setdefault(key(record), []).append(record._ids[0])
        return {value: self._spawn(ids) for value, ids in groups.items()}

    def sorted(self, key: str | Callable[[Any], Any] | None = None, reverse: bool = False) -> Self:
        """In the order of a function, a field, `"a, b desc"`, or the model's own order."""
        if key is None:
            return self._in_default_order(reverse)
        if isinstance(key, str):
            records = list(self)
            for term in reversed(key.split(",")):
                name, _, direction = term.strip().partition(" ")
                down = direction.strip().lower().startswith("desc")
                records.sort(key=lambda record: _sort_key(record[name]), reverse=down)
            if reverse:
                records.reverse()
            return self._spawn(record._ids[0] for record in records)
        return self._spawn(record._ids[0] for record in sorted(self, key=key, reverse=reverse))

    def _in_default_order(self, reverse: bool) -> Self:
        raise NotImplementedError

    def update(self, values: Mapping[str, Any]) -> None:
        """Assign several fields."""
        for name, value in values.items():
            self[name] = value

    def exists(self) -> Self:
        """The records that are in the database."""
        raise NotImplementedError

    def _missing(self) -> MissingError:
        """The error Odoo raises when these records are gone."""
        return MissingError(f"Record does not exist or has been deleted.\n(Record: {self}, User: {self.env.uid})")


def _truths(values: Any) -> Iterable[Any]:
    return [values] if isinstance(values, Recordset) else values


def _sort_key(value: Any) -> tuple[bool, Any]:
    if isinstance(value, Recordset):
        value = value.ids
    return (value is False or value is None, value if value is not False and value is not None else 0)
