"""Checks of what was written: required fields, SQL constraints of the catalogue, Python constraints."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.commands import linked
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.messages import SQL_MESSAGES
from fauxdoo.mockserver.orm.reading import Reading
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores.base import BadStatement

__all__ = ["Constraints", "SqlConstraint"]

_UNIQUE = re.compile(r"^\s*unique\s*\((.*)\)\s*$", re.I | re.S)
_CHECK = re.compile(r"^\s*check\s*\((.*)\)\s*$", re.I | re.S)


_PLACES = {
    **{"integer": 1, "many2one": 1, "many2one_reference": 1, "char": 2, "selection": 2, "reference": 2, "date": 3},
    **{"json": 4, "properties": 4, "text": 5, "html": 5, "monetary": 6, "boolean": 7, "datetime": 8, "float": 9},
}
"""Where columns of a type stand in a table that Odoo makes."""
_TRANSLATED, _DECIMAL = _PLACES["json"], _PLACES["monetary"]


def _place(field: Field) -> int:
    if field.translate:
        return _TRANSLATED
    return _DECIMAL if getattr(field, "digits", None) else _PLACES.get(field.type, len(_PLACES))


def _escaped(condition: str) -> str:
    """The condition with its LIKE patterns escaped by a backslash, as PostgreSQL reads them."""
    return re.sub(r"(LIKE\s+'[^']*\\[^']*')", r"\1 ESCAPE '\\'", condition, flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SqlConstraint:
    """A constraint of the catalogue: unique columns, or a condition every row must meet."""

    name: str
    columns: tuple[str, ...] = ()
    condition: str = ""

    @classmethod
    def parse(cls, name: str, definition: str) -> SqlConstraint | None:
        """None for what is neither (an index, an exclusion)."""
        if unique := _UNIQUE.match(definition):
            columns = tuple(column.strip() for column in unique[1].split(","))
            return cls(name, columns) if all(re.fullmatch(r"\w+", column) for column in columns) else None
        if check := _CHECK.match(definition):
            return cls(name, condition=_escaped(check[1]))
        return None

    def mentions(self, names: set[str]) -> bool:
        """Whether one of the fields stands in it."""
        words = set(self.columns) or set(re.findall(r"\w+", self.condition))
        return bool(words & names)


class Constraints(Reading):
    """The checks `create` and `write` end with."""

    __slots__ = ()

    _sql_constraints: ClassVar[tuple[SqlConstraint, ...]] = ()
    _sql_messages: ClassVar[Mapping[str, str]] = {}
    _precomputes: ClassVar[bool] = False
    """Whether the real model computes some fields before the row is there."""
    _columns_before: ClassVar[tuple[str, ...]] = ()
    """Required columns that come before others of their type, which are in the order of their names."""
    _required_columns: ClassVar[list[Field]]
    _python_constraints: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()

    @classmethod
    def _unique_columns(cls) -> list[tuple[str, ...]]:
        return []

    def _check_required_now(self, records: Any, prepared: Iterable[Mapping[str, Any]]) -> None:
        """Required columns that nothing computes must have a value as soon as the row is in."""
        self._check_required(records, [f for f in self._required() if not f.recomputed])

    def _check_required_later(self, records: Any) -> None:
        """Required columns that are computed must have one in the end."""
        self._check_required(records, [f for f in self._required() if f.recomputed])

    def _check_required_given(self, vals: Mapping[str, Any]) -> None:
        self._check_required(self, [field for field in self._required() if field.name in vals])

    @classmethod
    def _required(cls) -> list[Field]:
        """Required columns as they stand in the table, by type: PostgreSQL names the first that is missing."""
        if "_required_columns" not in cls.__dict__:
            found = [f for f in cls._fields.values() if f.required and f.is_column and not f.company_dependent]
            found.sort(key=lambda field: (_place(field), field.name not in cls._columns_before))
            cls._required_columns = found
        return cls._required_columns

    def _check_linked(self, prepared: Iterable[Mapping[str, Any]]) -> None:
        """Raise MissingError for records that are not there and would be linked by lists they have too.

        These are read with the fields that are computed before there is a row (recording command/m2m-missing-ids);
        elsewhere a foreign key refuses the link.
        """
        for vals in prepared if self._precomputes else ():
            for name, value in vals.items():
                field = self._fields[name]
                if isinstance(field, Many2many) and field.other_side(self.env):
                    records = self.env[field.comodel_name].browse(linked(field, value))
                    if missing := records - records.exists():
                        raise missing[:1]._missing()

    def _check_required(self, records: Any, fields: list[Field]) -> None:
        for field in fields:
            if field.type == "boolean":
                continue
            for record in records:
                if field.cached(record) is None:
                    raise self._required_error(field)

    def _required_error(self, field: Field) -> ValidationError:
        """The error of a required field without a value."""
        return ValidationError(
            f"The operation cannot be completed: Missing required value for the field '{field.string}' ({field.name})."
            f"\nModel: '{self._description}' ({self._name})\n- create/update: a mandatory field is not set\n"
            "- delete: another model requires the record being deleted, you can archive it instead\n"
        )

    def _check_sql_constraints(self, names: set[str] | None) -> None:
        """Check the constraints that mention one of the fields (all for None)."""
        concerned = [c for c in self._sql_constraints if names is None or c.mentions(names)]
        if not concerned:
            return
        self._flush_for(concerned)
        for constraint in concerned:
            if constraint.columns:
                self._check_unique_columns(constraint)
            elif self._violates(constraint):
                raise self._constraint_error(constraint)

    def _flush_for(self, constraints: Iterable[SqlConstraint]) -> None:
        for constraint in constraints:
            for field in self._fields.values():
                pending = self.env.transaction.pending.get(field)
                if pending and constraint.mentions({field.name}):
                    self.sudo()._recompute(field, self._ids)
        self.env.write_dirty()

    def _check_unique_columns(self, constraint: SqlConstraint) -> None:
        if not all(name in self._fields and self._fields[name].is_column for name in constraint.columns):
            return
        same = SQL(" AND ").join(
            SQL("%s = %s", SQL.identifier("other", name), SQL.identifier("one", name)) for name in constraint.columns
        )
        statement = SQL(
            "SELECT one.id, other.id FROM %s AS one JOIN %s AS other ON other.id <> one.id AND %s WHERE %s LIMIT 1",
            SQL.identifier(self._table),
            SQL.identifier(self._table),
            same,
            self._among(SQL.identifier("one", "id"), self._ids),
        )
        found = self.env.cr.execute(statement)
        if found:
            raise self._constraint_error(constraint, self._duplicate_key(constraint, found[0][0]))

    def _duplicate_key(self, constraint: SqlConstraint, id: int) -> str:
        """PostgreSQL's own words for a broken unique constraint."""
        (row,) = self._rows([self._fields[name] for name in constraint.columns], [id])
        names = ", ".join(constraint.columns)
        values = ", ".join("" if value is None else str(value) for value in row[1:])
        return (
            f'duplicate key value violates unique constraint "{constraint.name}"\n'
            f"DETAIL:  Key ({names})=({values}) already exists.\n"
        )

    def _violates(self, constraint: SqlConstraint) -> bool:
        condition = SQL.raw(self._with_truths(constraint.condition or ""))
        among = self._among(SQL.identifier("id"), self._ids)
        table = SQL.identifier(self._table)
        statement = SQL("SELECT id FROM %s WHERE %s AND NOT (%s) LIMIT 1", table, among, condition)
        try:
            with self.env.cr.savepoint():
                return bool(self.env.cr.execute(statement))
        except (sqlite3.Error, BadStatement, ValidationError):  # a condition in PostgreSQL's own words
            return False

    def _with_truths(self, condition: str) -> str:
        """A condition in which boolean columns are what the engine takes for truth values."""
        truth = self.env.cr.dialect.truth
        names = [field.name for field in self._fields.values() if field.type == "boolean" and field.is_column]
        if truth == "%s" or not names:
            return condition
        return re.sub(rf"\b({'|'.join(names)})\b", lambda found: truth % f'"{found[0]}"', condition)

    def _constraint_error(self, constraint: SqlConstraint, otherwise: str = "") -> ValidationError:
        """The error of a broken SQL constraint: the model's message, else the database's."""
        known = self._sql_messages.get(constraint.name) or SQL_MESSAGES.get(constraint.name)
        message = known or otherwise or constraint.name
        return ValidationError(f"The operation cannot be completed: {message}")

    def _foreign_key_error(self, field: Field) -> ValidationError:
        """What PostgreSQL's refusal of a link becomes: one to a record that is gone, or one that keeps a record."""
        if isinstance(field, Many2many):
            trouble, constraint = "Unknown", f"{field.relation}_{field.column2}_fkey"
        else:
            trouble = f"'{self._description}' ({self._name})"
            constraint = f"'{field.string}' ({field.name})"
        return ValidationError(
            "The operation cannot be completed: Another model is using the record you are trying to delete.\n\n"
            f"The troublemaker is: {trouble}\nThanks to the following constraint: {constraint}\n"
            "How about archiving the record instead?"
        )

    def _validate(self, names: set[str]) -> None:
        """Run the methods marked with `@api.constrains` of one of the fields."""
        for method, fields in self._python_constraints:
            if names.intersection(fields):
                getattr(self, method)()
