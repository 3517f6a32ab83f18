"""One simplified condition on a value as SQL: sets, inequalities and patterns, with what they say of NULL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.orm.domain import Condition
from fauxdoo.mockserver.orm.operators import INEQUALITIES, NEGATIVE, falsy_value
from fauxdoo.mockserver.orm.sql import FALSE, SQL

__all__ = ["database_id", "ids_sql", "value_sql"]

_INLINE = 40
"""Sets up to this size have a placeholder for each value; greater ones are one JSON parameter."""

_COMMA = SQL.raw(", ")


def value_sql(condition: Condition, expression: SQL, field: Any, rest: str, env: Any) -> SQL:
    """The condition on `expression`, the value of `field` or of its part `rest`."""
    kind = _PART if rest and field.type in ("date", "datetime") else ("id" if field.name == "id" else field.type)
    falsy = None if kind == _PART else falsy_value(field.name, field.type)
    operator = condition.operator
    if operator in ("in", "not in"):
        return _set(condition, expression, _converter(kind, field, env), falsy, env.cr.dialect)
    if operator in INEQUALITIES:
        return _inequality(condition, expression, _converter(kind, field, env), falsy)
    if operator.endswith("like"):
        return _pattern(condition, _text(expression, field, kind, env.cr.dialect), expression, env.cr.dialect)
    return condition.refuse("Invalid operator")


def ids_sql(expression: SQL, ids: Sequence[Any], dialect: Any) -> SQL:
    """Whether an id is one of `ids`."""
    return _member(expression, [database_id(value) for value in ids], dialect, "IN")


def _set(condition: Condition, expression: SQL, convert: Callable[[Any], Any], falsy: Any, dialect: Any) -> SQL:
    """`in` and `not in`; False stands for NULL, and so does the type's falsy value, each for the other."""
    positive = condition.operator == "in"
    params = [convert(value) for value in condition.value if value is not False and value is not None]
    with_null = len(params) < len(condition.value)
    if falsy is not None:
        if falsy in params:
            with_null = True
        elif with_null:
            params.append(falsy)
    if not params:
        return SQL("%s IS NULL" if positive else "%s IS NOT NULL", expression)
    member = _member(expression, params, dialect, "IN" if positive else "NOT IN")
    if positive == with_null:
        return SQL("(%s OR %s IS NULL)", member, expression)
    return member


def _member(expression: SQL, params: list[Any], dialect: Any, operator: str) -> SQL:
    if len(params) == 1:
        return SQL("%s = %s" if operator == "IN" else "%s <> %s", expression, params[0])
    if len(params) <= _INLINE:
        values = SQL.raw(", ".join("?" * len(params)), params)
        return SQL(f"%s {operator} (%s)", expression, values)
    member = SQL(dialect.member, expression, dialect.members(params))
    return member if operator == "IN" else SQL("NOT %s", member)


def _inequality(condition: Condition, expression: SQL, convert: Callable[[Any], Any], falsy: Any) -> SQL:
    """A comparison; NULL counts as the falsy value. Without one, nothing compares with unset."""
    operator, value = condition.operator, condition.value
    if falsy is not None:
        value = falsy if value is False else convert(value)
        comparison = SQL(f"%s {operator} %s", expression, value)
        return SQL("(%s OR %s IS NULL)", comparison, expression) if _COMPARE[operator](falsy, value) else comparison
    value = None if value is False else convert(value)
    return FALSE if value is None else SQL(f"%s {operator} %s", expression, value)


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _pattern(condition: Condition, text: SQL, expression: SQL, dialect: Any) -> SQL:
    """The likes: a part of the text without `=`, the whole with it; the negative ones take in NULL."""
    operator, pattern = condition.operator, _string(condition.value)
    if "=" not in operator:
        pattern = f"%{pattern}%"
    elif (len(pattern) - len(pattern.rstrip("\\"))) % 2:
        message = "LIKE pattern must not end with escape character\n"
        raise DatabaseError(message, "psycopg2.errors.InvalidEscapeSequence")
    if operator.endswith("ilike"):
        template, prepared = dialect.ilike_match(pattern)
    else:
        template, prepared = dialect.like, dialect.like_pattern(pattern)
    too_long = len(prepared.encode()) > dialect.longest_pattern
    matching = FALSE if too_long else SQL(template, text, prepared)
    if operator in NEGATIVE:
        return SQL("(NOT %s OR %s IS NULL)", matching, expression)
    return matching


def _text(expression: SQL, field: Any, kind: str, dialect: Any) -> SQL:
    """The value as PostgreSQL writes it as text: an amount with its decimals."""
    if kind == "monetary":
        return SQL(dialect.decimals_text, 2, expression)
    if kind == "float":
        digits = getattr(field, "digits", None)
        return SQL(dialect.decimals_text, digits[1], expression) if digits else SQL(dialect.float_text, expression)
    return expression


# Operands

_PART = "part"


def _converter(kind: str, field: Any, env: Any) -> Callable[[Any], Any]:
    if kind == "float" and field.digits:
        return lambda value: field.to_cache(value, env[field.model_name])
    return _CONVERTERS.get(kind, _string)


def _string(value: Any) -> str:
    text = value.decode() if isinstance(value, bytes) else str(value)
    if "\x00" in text:
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")
    return text


def _integer(value: Any) -> int | float:
    return _bounded(int(value or 0))


def _bounded(number: int) -> int | float:
    """An integer that SQLite can bind; what is beyond 64 bits only has to compare right."""
    return number if -(2**63) <= number < 2**63 else float(number)


def _number(value: Any) -> float:
    return float(value or 0.0)


def database_id(value: Any) -> Any:
    """An id, compared as PostgreSQL would: a text must be a number, a boolean has no comparison with an integer."""
    if type(value) is int:
        return _bounded(value)
    hash(value)
    if isinstance(value, bool):
        raise DatabaseError("operator does not exist: integer = boolean\n", "psycopg2.errors.UndefinedFunction")
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            message = f'invalid input syntax for type integer: "{value}"\n'
            raise DatabaseError(message, "psycopg2.errors.InvalidTextRepresentation") from None
    if not isinstance(value, int | float):
        message = f"operator does not exist: integer = {type(value).__name__}\n"
        raise DatabaseError(message, "psycopg2.errors.UndefinedFunction")
    return value


def _link(value: Any) -> Any:
    """The target of a many2one; 0 is no id and compares with nothing."""
    return database_id(value) if value else None


def _boolean(value: Any) -> int:
    return int(bool(value))


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S") if value.year > 999 else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: Any) -> Any:
    return _boolean(value) if isinstance(value, bool) else value


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "integer": _integer,
    "many2one_reference": _integer,
    _PART: _integer,
    "float": _number,
    "monetary": _number,
    "boolean": _boolean,
    "id": database_id,
    "many2one": _link,
    "date": _moment,
    "datetime": _moment,
    "properties": _plain,
}
