"""Fields that point at records: what they share, and the link to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.scalar import float_round
from fauxdoo.mockserver.orm.new_id import NewId

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Many2one", "Relational", "target_of"]

_NUMBER = re.compile(r"\s*[+-]?[0-9]+\s*", re.ASCII)


class Relational(Field):
    """A field whose values are records of `comodel_name`."""

    is_relational = True

    def __init__(self, comodel_name: str | None = None, string: str | None = None, **attributes: Any) -> None:
        self.comodel_name: str = comodel_name or ""
        super().__init__(string, **attributes)
        if comodel_name:
            self._explicit["comodel_name"] = comodel_name

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.comodel_name = facts.get("relation", "")

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None or len(record._ids) <= 1:
            return super().__get__(record, owner)
        return record.mapped(self.name)

    def default_value(self, model: Recordset) -> Any:
        """The default; where the catalogue names its reader, the current user."""
        value = super().default_value(model)
        return value if callable(self.default) else self._of_reader(value, model.env)

    def _of_reader(self, value: Any, env: Environment) -> Any:
        """The catalogue was read by the superuser in company 1: these stand for the current user and company."""
        mine = {"res.users": env.uid, "res.company": value and env.company.id}.get(self.comodel_name)
        if mine is None or not value:
            return value
        if isinstance(value, list):
            return [
                [code, mine if id == 1 else id, [mine if each == 1 else each for each in rest] if code == 6 else rest]
                for code, id, rest in value
            ]
        return mine if value == 1 else value

    def comodel(self, env: Environment) -> Any:
        """The empty recordset of the target model."""
        return env[self.comodel_name]


class Many2one(Relational):
    """A link to one record, its id in the column."""

    type = "many2one"
    column_type = "INTEGER"

    def __init__(self, comodel_name: str | None = None, string: str | None = None, **attributes: Any) -> None:
        self.ondelete: str | None = None
        self.check_company = False
        self.auto_join = False
        super().__init__(comodel_name, string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        super().take_facts(facts)
        self.ondelete = facts.get("ondelete")

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, (int, NewId)):
            return value if isinstance(value, NewId) else (value or None)
        if hasattr(value, "_ids"):
            if value._name != self.comodel_name or len(value._ids) > 1:
                raise ValueError(f"Wrong value for {self}: {value!r}")
            return value._ids[0] if value._ids else None
        if isinstance(value, dict):  # a form within another one sends the values of that
            comodel = self.comodel(record.env)
            return comodel.new(value, origin=value.get("id"))._ids[0]
        return None  # a name, [id, name], a float: silently nothing (Odoo 19, recorded in field/)

    def as_inserted(self, value: Any) -> Any:
        """The target in the values of a new record, which reach the database as they are, unlike written ones.

        Raises what PostgreSQL or its driver says of anything but a number (recording sale/required-errors).
        """
        if not value or hasattr(value, "_ids"):
            return value
        if isinstance(value, (int, float)) and value is not True:
            return _in_range(value)
        if isinstance(value, str):
            return _in_range(_literal(value))
        if isinstance(value, Mapping):
            raise DatabaseError("can't adapt type 'dict'", "psycopg2.ProgrammingError")
        raise _mismatch(self.name, "boolean" if value is True else _array_type(value))

    def to_column(self, value: Any) -> Any:
        return None if isinstance(value, NewId) else value

    def to_record(self, value: Any, record: Recordset) -> Any:
        comodel = self.comodel(record.env)
        if value is None:
            return comodel
        if len(record._prefetch_ids) <= 1 or isinstance(value, NewId):
            return comodel._spawn((value,))
        return type(comodel)(comodel.env, (value,), _Targets(self, record))

    def to_read(self, value: Any, record: Recordset) -> Any:
        if value is None:
            return False
        target = self.comodel(record.env).sudo().browse(value)
        return (value, target.display_name)

    def to_write(self, value: Any, record: Recordset) -> Any:
        return value or False

    def default_value(self, model: Recordset) -> Any:
        """The default, unless it names a record of the database the catalogue was read from that is not here."""
        value = super().default_value(model)
        if type(value) is int and not self.comodel(model.env).sudo().browse(value).exists():
            return None
        return value

    def describe(self, env: Environment) -> dict[str, Any]:
        return {**target_of(self, env), "context": self.context, "domain": self.domain}


def target_of(field: Field, env: Environment) -> dict[str, Any]:
    """The comodel, and whether `child_of` makes sense on it (Odoo's spelling)."""
    has_parent = False
    if field.comodel_name in env.registry:
        comodel = env.registry[field.comodel_name]
        has_parent = comodel._parent_name in comodel._fields
    return {"relation": field.comodel_name, "allow_hierachy_operators": has_parent}


def _in_range(value: float) -> int:
    if not -(2**31) - 0.5 < value < 2**31 - 0.5:
        raise DatabaseError("integer out of range\n", "psycopg2.errors.NumericValueOutOfRange")
    return int(float_round(value, 0))


def _literal(text: str) -> int:
    """The number a text in a statement stands for."""
    if not _NUMBER.fullmatch(text):
        message = f'invalid input syntax for type integer: "{text}"\n'
        raise DatabaseError(message, "psycopg2.errors.InvalidTextRepresentation")
    return int(text)


def _array_type(values: Any) -> str:
    """The type PostgreSQL gives a list: texts beside numbers have to be numbers too."""
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) == len(values):
        return "text[]"
    for text in texts:
        _literal(text)
    return "integer[]"


def _mismatch(column: str, kind: str) -> DatabaseError:
    message = f'column "{column}" is of type integer but expression is of type {kind}\n'
    return DatabaseError(message, "psycopg2.errors.DatatypeMismatch")


class _Targets:
    """The ids a many2one of several records points at, gathered only when values are loaded for them."""

    __slots__ = ("_field", "_record")

    def __init__(self, field: Many2one, record: Recordset) -> None:
        self._field, self._record = field, record

    def __len__(self) -> int:
        return len(self._record._prefetch_ids)

    def __iter__(self) -> Iterator[Any]:
        bucket = self._record.env.bucket(self._field)
        found = (bucket.get(id) for id in self._record._prefetch_ids)
        return iter(dict.fromkeys(id for id in found if id is not None))
