"""The statement of a grouped read: groups, aggregates, conditions on groups, and their order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.orm.groupby.aggregates import Aggregate
from fauxdoo.mockserver.orm.groupby.groups import Group
from fauxdoo.mockserver.orm.sql import FALSE, SQL, Query

__all__ = ["Grouping"]

_TERM = re.compile(
    r"(?P<term>[a-z0-9_]+(\.[\w\.]+)?(:[a-z_]+)?)(\s+(?P<direction>desc|asc))?(\s+(?P<nulls>nulls\s+(first|last)))?",
    re.IGNORECASE,
)
_COMPARATORS = ("in", "not in", "<", ">", "<=", ">=", "=", "!=")
_COLUMN = re.compile(r'"[^"]+"\."[^"]+"')
_COMMA = SQL.raw(", ")


class Grouping:
    """Reads the groups of the records a domain selects; raises Odoo's errors for wrong terms when made."""

    def __init__(self, model: Any, groupby: Iterable[str], aggregates: Iterable[str]) -> None:
        self.model = model
        specs, wanted = list(groupby), list(aggregates)
        ",".join(specs)
        assert specs or wanted
        self._specs, self._wanted = specs, wanted
        self.nothing = False
        self.groups: list[Group] = []
        self.aggregates: list[Aggregate] = []
        self._sorted_by: list[SQL] = []

    def rows(
        self, domain: Any, having: Any = (), offset: Any = 0, limit: Any = None, order: Any = None
    ) -> list[tuple[Any, ...]]:
        """Raw values of groups, then of aggregates, per group that has rows (one row without groups)."""
        query = self.model._search(domain, offset, limit)
        query.order = None
        self.nothing = FALSE in query.conditions
        self.groups = [Group(self.model, spec) for spec in self._specs]
        keys = [group.sql(query) for group in self.groups]
        self.aggregates = [Aggregate(self.model, spec) for spec in self._wanted]
        values = [aggregate.sql(query.alias, query) for aggregate in self.aggregates]
        if keys:
            query.groups = _COMMA.join(keys)
            query.having = self._having(query, having) if having else None
            query.order = self._order(query, order)
            query.groups = _COMMA.join([*keys, *self._sorted_by])
        rows: list[tuple[Any, ...]] = self.model.env.cr.execute(query.select(*keys, *values))
        return rows

    def _order(self, query: Query, order: Any) -> SQL | None:
        """ORDER BY; by default in the order of the groups."""
        terms = [self._order_term(query, part, order) for part in order.split(",")] if order else []
        if not order:
            terms = [self._group_term(query, group, "ASC", "") for group in self.groups]
        found = [term for term in terms if term is not None]
        return _COMMA.join(found) if found else None

    def _order_term(self, query: Query, part: str, order: str) -> SQL | None:
        match = _TERM.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"Invalid order {order!r} for _read_group()")
        direction, nulls = (match["direction"] or "ASC").upper(), " ".join((match["nulls"] or "").upper().split())
        term = match["term"]
        for group in self.groups:
            if group.spec == term:
                return self._group_term(query, group, direction, nulls)
        try:
            value = Aggregate(self.model, term).sql(query.alias, query)
        except ValueError as error:
            raise ValueError(f"Order term {part.strip()!r} is not a valid aggregate nor valid groupby") from error
        nulls = nulls or ("NULLS LAST" if direction == "ASC" else "NULLS FIRST")
        return SQL(f"%s {direction} {nulls}", value)

    def _group_term(self, query: Query, group: Group, direction: str, nulls: str) -> SQL | None:
        """The term of ORDER BY of a group; where the database asks for it, what stands in it is grouped by too."""
        term = group.order(query, direction, nulls)
        if term is not None and group.is_link and self.model.env.cr.dialect.sorts_only_groups:
            self._sorted_by += [SQL.raw(name) for name in _COLUMN.findall(term.text)]
        return term

    def _having(self, query: Query, domain: Any) -> SQL:
        """The condition on groups: a domain over aggregates."""
        stack: list[SQL] = []
        for item in reversed(list(domain)):
            if item == "!":
                stack.append(SQL("(NOT %s)", stack.pop()))
            elif item in ("&", "|"):
                stack.append(SQL(_JOINS[item], stack.pop(), stack.pop()))
            elif isinstance(item, (list, tuple)) and len(item) == 3:
                stack.append(self._having_leaf(query, item))
            else:
                raise ValueError(f"Invalid having clause {item!r}: it should be a domain-like clause")
        return SQL.raw(" AND ").join(reversed(stack))

    def _having_leaf(self, query: Query, leaf: Any) -> SQL:
        spec, operator, value = leaf
        if operator not in _COMPARATORS:
            raise ValueError(f"Invalid having clause {leaf!r}: supported comparators are {_COMPARATORS}")
        if operator in ("in", "not in"):
            # Odoo takes them and PostgreSQL does not (recording group/having)
            raise DatabaseError("syntax error\n", "psycopg2.errors.SyntaxError")
        aggregate = Aggregate(self.model, spec)
        if aggregate.function.startswith("count"):
            _check_number(value)
        return SQL(f"%s {operator} %s", aggregate.sql(query.alias, query), value)


def _check_number(value: Any) -> None:
    """Raise what PostgreSQL does where a count is compared with what is no number."""
    if isinstance(value, bool):
        raise DatabaseError("operator does not exist: bigint = boolean\n", "psycopg2.errors.UndefinedFunction")
    if isinstance(value, str) and not value.strip().lstrip("+-").isdecimal():
        message = f'invalid input syntax for type bigint: "{value}"\n'
        raise DatabaseError(message, "psycopg2.errors.InvalidTextRepresentation")


_JOINS: dict[str, str] = {"&": "(%s AND %s)", "|": "(%s OR %s)"}
