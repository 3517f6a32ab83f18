"""What is computed of the rows of a group: `__count`, `field:sum`, `field:array_agg` and others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.orm.columns import field_sql
from fauxdoo.mockserver.orm.sql import SQL, Query

__all__ = ["Aggregate", "parse_spec"]

_SPEC = re.compile(r"(\w+)(?:\.([\w\.]+))?(?::(\w+))?")
_NUMERIC = ("integer", "float", "monetary", "many2one", "many2one_reference")
_DECIMALS = 9
"""PostgreSQL sums amounts and prices as decimals; a sum of floats is that within so many places."""


def parse_spec(spec: str) -> tuple[str, str | None, str | None]:
    """Field, path or property behind a dot, and function or granularity of `field.path:function`."""
    match = _SPEC.fullmatch(spec)
    if match is None:
        raise ValueError(
            f"Invalid aggregate/groupby specification {spec!r}.\n"
            '- Valid aggregate specification looks like "<field_name>:<agg>" example: "quantity:sum".\n'
            '- Valid groupby specification looks like "<no_datish_field_name>" or "<datish_field_name>:<granularity>" '
            'example: "date:month" or "<properties_field_name>.<property>:<granularity>".'
        )
    return match[1], match[2], match[3]


class Aggregate:
    """One aggregate over the rows of a model; `spec` as clients write it.

    Raises ValueError for what is no aggregate, DatabaseError for a function that PostgreSQL lacks for the field's type.
    """

    def __init__(self, model: Any, spec: str) -> None:
        self.model, self.spec = model, spec
        self.field: Any = None
        self.function = "count"
        if spec != "__count":
            self._parse()

    def _parse(self) -> None:
        name, path, function = parse_spec(self.spec)
        if path:
            raise ValueError(f"Invalid {self.spec!r}, this dot notation is not supported")
        self.field = self.model._fields.get(name)
        if self.field is None:
            raise ValueError(f"Invalid field {name!r} on model {self.model._name!r} for {self.spec!r}.")
        if not function:
            raise ValueError(f"Aggregate method is mandatory for {name!r}")
        if function == "sum_currency" and self.field.type != "monetary":
            raise ValueError(f'Aggregator "sum_currency" only works on currency field for {name!r}')
        if function not in _FUNCTIONS and function not in _LISTS and function != "sum_currency":
            raise ValueError(f"Invalid aggregate method {function!r} for {self.spec!r}.")
        self.function = function

    @property
    def key(self) -> str:
        """The key of the value in a group; that of records says array_agg (recording group/aggregates-m2o)."""
        return self.spec.replace(":recordset", ":array_agg")

    def sql(self, alias: str, query: Query) -> SQL:
        """The expression of a row of the answer."""
        if self.field is None:
            return SQL.raw("COUNT(*)")
        value = field_sql(self.model, alias, query, self.field)
        self._check_type()
        if self.field.company_dependent and self.field.type in _NUMERIC[:3]:
            value = SQL("COALESCE(%s, 0)", value)
        if self.function in _LISTS or self.function == "sum_currency":
            return SQL(self.model.env.cr.dialect.pairs, SQL.identifier(alias, "id"), value)
        return SQL(_FUNCTIONS[self.function], value)

    def _check_type(self) -> None:
        kind = self.field.type
        fits = {
            "sum": kind in _NUMERIC,
            "avg": kind in _NUMERIC,
            "min": kind != "boolean",
            "max": kind != "boolean",
            "bool_and": kind == "boolean",
            "bool_or": kind == "boolean",
        }
        if not fits.get(self.function, True):
            message = f"function {self.function}({kind}) does not exist\n"
            raise DatabaseError(message, "psycopg2.errors.UndefinedFunction")

    def value(self, raw: Any) -> Any:
        """What a client gets, from what the expression gave; no value is false, or an empty list."""
        if self.function in _LISTS:
            return _LISTS[self.function]([(id, self._one(item)) for id, item in json.loads(raw or "[]")])
        if self.function == "sum_currency":
            return self._in_company_currency(json.loads(raw or "[]"))
        if self.function.startswith("bool") and raw is not None:
            return bool(raw)
        return self._number(raw)

    @property
    def of_nothing(self) -> int | None:
        """What the expression gives of a group without rows."""
        return 0 if self.function.startswith("count") else None

    @property
    def comodel_name(self) -> str:
        """The model of the records that `:recordset` gives."""
        return str(self.model._name if self.field.name == "id" else self.field.comodel_name)

    @property
    def _is_decimal(self) -> bool:
        """Whether PostgreSQL keeps the field as a decimal number."""
        field = self.field
        return field.type == "monetary" or (field.type == "float" and bool(field.digits or field.is_price))

    def _one(self, item: Any) -> Any:
        return bool(item) if self.field.type == "boolean" and item is not None else item

    def _number(self, raw: Any) -> Any:
        if raw is None:
            return False
        if isinstance(raw, float) and self.function == "sum" and self._is_decimal:
            return round(raw, _DECIMALS)
        if self.field is not None and self.field.type == "datetime" and isinstance(raw, str):
            return raw[:19]
        return raw

    def _in_company_currency(self, pairs: list[list[Any]]) -> Any:
        if not pairs:
            return False
        company = self.model.env.company
        name = self.field.currency_field or "currency_id"
        records = self.model.sudo().browse([id for id, _amount in pairs])
        total = sum(
            record[name]._convert(amount or 0.0, company.currency_id, company, round=False)
            for record, (_id, amount) in zip(records, pairs, strict=True)
        )
        return round(total, _DECIMALS)


_FUNCTIONS = {
    "sum": "SUM(%s)",
    "avg": "AVG(%s)",
    "min": "MIN(%s)",
    "max": "MAX(%s)",
    "bool_and": "MIN(%s)",
    "bool_or": "MAX(%s)",
    "count": "COUNT(%s)",
    "count_distinct": "COUNT(DISTINCT %s)",
}


def _by_id(pairs: list[tuple[int, Any]]) -> list[Any]:
    return [item for _id, item in sorted(pairs, key=lambda pair: pair[0])]


def _distinct(pairs: list[tuple[int, Any]]) -> list[Any]:
    items = {item for _id, item in pairs}
    return [*sorted(item for item in items if item is not None), *([None] if None in items else [])]


_LISTS: dict[str, Callable[[list[tuple[int, Any]]], list[Any]]] = {
    "array_agg": _by_id,
    "recordset": _by_id,
    "array_agg_distinct": _distinct,
}
"""Functions that answer lists: by id, or once each with NULL last."""
