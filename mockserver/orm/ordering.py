"""ORDER BY from the order of a search: NULLs last ascending and first descending, many2one by their comodel's order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.columns import column, field_sql, home
from fauxdoo.mockserver.orm.sql import SQL, Query

__all__ = ["order_by", "ordered_fields"]

_TERM = re.compile(
    r"\s*(?P<field>[a-z0-9_]+)(\.(?P<rest>[a-z0-9_]+))?(:[a-z_]+)?"
    r"(\s+(?P<direction>asc|desc))?(\s+(?P<nulls>nulls first|nulls last))?\s*",
    re.IGNORECASE,
)
_COMMA = SQL.raw(", ")
_REVERSED = {"ASC": "DESC", "DESC": "ASC", "": "", "NULLS FIRST": "NULLS LAST", "NULLS LAST": "NULLS FIRST"}


def order_by(
    model: Any, alias: str, query: Query, order: str, *, reverse: bool = False, seen: frozenset[Any] = frozenset()
) -> SQL | None:
    """What follows ORDER BY, None where nothing does. `reverse` turns every term around.

    Raises UserError for bad syntax; ValueError for unknown fields and those without a column.
    """
    terms = [_own_term(model, alias, query, match, reverse, seen, order) for match in _parse(order)]
    found = [term for term in terms if term is not None]
    return _COMMA.join(found) if found else None


def ordered_fields(order: str) -> list[str]:
    """Names of the fields an order speaks of."""
    return [match["field"] for match in _parse(order)]


def _own_term(
    model: Any, alias: str, query: Query, match: re.Match[str], reverse: bool, seen: frozenset[Any], order: str
) -> SQL | None:
    """A term; none where a model's own order has a field that only Odoo's own SQL can sort by (is_favorite)."""
    try:
        return _term(model, alias, query, match, reverse, seen)
    except ValueError:
        if order != model._order:
            raise
        return None


def _parse(order: str) -> list[re.Match[str]]:
    if not isinstance(order, str):
        re.match("", order)  # Python's TypeError, as in Odoo (search/order-odd-types)
    return _parsed(order)


@lru_cache(maxsize=1_000)
def _parsed(order: str) -> list[re.Match[str]]:
    matches = [_TERM.fullmatch(part) for part in order.split(",")]
    if not all(matches):
        raise UserError(
            f'Invalid "order" specified ({order}). A valid "order" specification is a comma-separated list of valid '
            "field names (optionally followed by asc/desc for the direction)"
        )
    return [match for match in matches if match is not None]


def _term(
    model: Any, alias: str, query: Query, match: re.Match[str], reverse: bool, seen: frozenset[Any]
) -> SQL | None:
    direction, nulls = (match["direction"] or "ASC").upper(), (match["nulls"] or "").upper()
    if reverse:
        direction, nulls = _REVERSED[direction], _REVERSED[nulls]
    field = model._fields.get(match["field"])
    if field is None:
        raise ValueError(f"Invalid field {match['field']!r} on model {model._name!r}")
    rest = match["rest"] or ""
    if field.type == "many2one" and rest in ("", "id"):
        return _many2one(model, alias, query, field, rest, direction, nulls, seen)
    if not (field.is_column or field.inherited) and field.name in model._order:
        return None  # Odoo has SQL of its own for such a field of a model's order (stock.picking.type.is_favorite)
    value = _sortable(model, alias, query, field, rest)
    if field.name == "id" and not seen:
        return SQL(f"%s {direction}", value)
    if field.type == "boolean":
        value = SQL("COALESCE(%s, 0)", value)
    return _directed(value, direction, nulls)


def _sortable(model: Any, alias: str, query: Query, field: Any, rest: str) -> SQL:
    if field.type == "properties" and not rest:
        return column(*home(model, alias, query, field))
    return field_sql(model, alias, query, field, rest)


def _directed(value: SQL, direction: str, nulls: str) -> SQL:
    """A term; NULLs stand where PostgreSQL puts them unless said otherwise."""
    nulls = nulls or ("NULLS LAST" if direction == "ASC" else "NULLS FIRST")
    return SQL(f"%s {direction} {nulls}", value)


def _many2one(
    model: Any, alias: str, query: Query, field: Any, rest: str, direction: str, nulls: str, seen: frozenset[Any]
) -> SQL | None:
    """By the order of the comodel, joined so that unset links stay; a field that comes again on the way is left out."""
    key = (model._name, field.name)
    if key in seen:
        return None
    value = field_sql(model, alias, query, field)
    comodel = model.env[field.comodel_name].with_context(active_test=False)
    order = "id" if rest == "id" else comodel._order
    if order == "id":
        return _directed(value, direction, nulls)
    comodel.env.registry.ensure(comodel.env, comodel._name)
    joined = query.join_on(value, comodel._table, f"{alias}__{field.name}")
    term = order_by(comodel, joined, query, order, reverse=direction == "DESC", seen=seen | {key})
    if not nulls:
        return term
    unset = SQL("%s IS NOT NULL" if nulls == "NULLS FIRST" else "%s IS NULL", value)
    return unset if term is None else SQL("%s, %s", unset, term)
