"""What rows are grouped by: a field, a path over many2one fields, a period of time."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm import dates
from fauxdoo.mockserver.orm.columns import field_sql
from fauxdoo.mockserver.orm.groupby.aggregates import parse_spec
from fauxdoo.mockserver.orm.groupby.periods import PERIODS, period_bounds, period_label
from fauxdoo.mockserver.orm.ordering import order_by
from fauxdoo.mockserver.orm.sql import SQL, Query

__all__ = ["Group"]


class Group:
    """One term of a groupby; `spec` as clients write it: `state`, `date:month`, `country_id.code`.

    Raises ValueError for unknown fields, paths over other fields than many2one, and wrong granularities.
    """

    def __init__(self, model: Any, spec: str) -> None:
        self.spec, self.root = spec, model
        name, rest, self.granularity = parse_spec(spec)
        names = [name, *(rest.split(".") if rest else [])]
        self.path: list[Any] = []
        self.property = ""
        for position, each in enumerate(names):
            field = model._fields.get(each)
            if field is None:
                raise ValueError(f"Invalid field {each!r} on model {model._name!r}")
            self.model, self.field = model, field
            if position == len(names) - 1:
                break
            if field.type == "properties":
                self.property = names[-1]
                break
            if field.type != "many2one":
                raise ValueError(f"Only many2one path is accepted for the {spec!r} groupby spec")
            self.path.append(field)
            model = model.env[field.comodel_name]
        self._check_granularity()

    def _check_granularity(self) -> None:
        if self.field.type == "properties" and not self.property:
            raise ValueError("Wrong property field value name 'None'.")
        if self.field.type in ("date", "datetime"):
            if not self.granularity:
                raise ValueError(f"Granularity not set on a date(time) field: {self.spec!r}")
            if self.granularity not in (*PERIODS, *dates.PARTS):
                raise ValueError(f"Granularity specification isn't correct: {self.granularity!r}")
        elif self.granularity and not self.property:
            raise ValueError(f"Granularity set on a no-datetime field or property: {self.spec!r}")

    @property
    def name(self) -> str:
        """The path without granularity."""
        return self.spec.partition(":")[0]

    @property
    def is_period(self) -> bool:
        """Whether groups stand for stretches of time."""
        return self.granularity in PERIODS and self.field.type in ("date", "datetime")

    @property
    def comodel(self) -> Any:
        """The empty recordset of the records groups stand for, None where they stand for plain values."""
        if self.field.name == "id":
            return self.model
        if self.field.type in ("many2one", "many2many"):
            return self.model.env[self.field.comodel_name]
        return None

    @property
    def is_link(self) -> bool:
        """Whether groups are records, sorted by columns of theirs."""
        return self.field.type in ("many2one", "many2many")

    # ---------------------------------------------------------------- SQL

    def sql(self, query: Query) -> SQL:
        """The expression rows are grouped by; joins what it needs."""
        alias = self._alias(query)
        if self.field.type == "many2many" and self.field.store:
            return self._linked(alias, query)
        if self.is_period:
            dialect = self.root.env.cr.dialect
            value = field_sql(self.model, alias, query, self.field)
            return SQL(dialect.period, self.granularity, value, self._zone_name, dates.week_start(self.root.env))
        value = field_sql(self.model, alias, query, self.field, self.property or self.granularity or "")
        return SQL("COALESCE(%s, 0)", value) if self.field.type == "boolean" else value

    def _alias(self, query: Query) -> str:
        alias, model = query.alias, self.root
        for field in self.path:
            comodel = model.env[field.comodel_name]
            comodel.env.registry.ensure(comodel.env, comodel._name)
            alias = query.join_on(field_sql(model, alias, query, field), comodel._table, f"{alias}__{field.name}")
            model = comodel
        return alias

    def _linked(self, alias: str, query: Query) -> SQL:
        """The linked records that the user may see; a row counts in the group of each."""
        field = self.field
        self.root.env.registry.ensure(self.root.env, self.model._name)
        linked = self.comodel.with_context(**(field.context or {}))
        own = list(field.domain) if isinstance(field.domain, list) else []
        visible = linked._search(own, order="id")
        join = f"{alias}__{field.name}"
        condition = SQL("%s = %s", SQL.identifier(join, field.column1), SQL.identifier(alias, "id"))
        if visible.conditions:
            inside = SQL("%s IN %s", SQL.identifier(join, field.column2), visible.subselect())
            condition = SQL("%s AND %s", condition, inside)
        query.join(join, field.relation, condition, kind="LEFT JOIN")
        return SQL.identifier(join, field.column2)

    def order(self, query: Query, direction: str, nulls: str) -> SQL | None:
        """The term of ORDER BY: the order of the comodel for a many2one, else the value's."""
        nulls = nulls or ("NULLS LAST" if direction == "ASC" else "NULLS FIRST")
        if self.field.type == "many2one":
            return order_by(self.model, self._alias(query), query, f"{self.field.name} {direction} {nulls}")
        if self.field.type == "many2many":
            comodel, value = self.comodel, self.sql(query)
            joined = query.join_on(value, comodel._table, f"{query.alias}__{self.field.name}__name")
            term = order_by(comodel, joined, query, comodel._order, reverse=direction == "DESC", seen=frozenset({0}))
            unset = SQL("%s IS NULL" if nulls == "NULLS LAST" else "%s IS NOT NULL", value)
            return unset if term is None else SQL("%s, %s", unset, term)
        return SQL(f"%s {direction} {nulls}", self.sql(query))

    @property
    def _zone_name(self) -> str | None:
        return dates.zone_name(self.root.env) if self.field.type == "datetime" else None

    # ---------------------------------------------------------------- values

    def value(self, raw: Any) -> Any:
        """The plain value of a group, false for none."""
        if raw is None:
            return False
        if self.field.type == "boolean":
            return bool(raw)
        return float(raw) if self.granularity in dates.PARTS else raw

    def bounds(self, raw: Any) -> tuple[str, str]:
        """Start and end of the period of a group."""
        return period_bounds(raw, self.granularity or "", dates.time_zone(self.root.env))

    def label(self, raw: Any) -> str:
        """The name of the period of a group."""
        return period_label(raw, self.granularity or "", dates.week_start(self.root.env))

    def domain(self, raw: Any) -> list[Any]:
        """What selects the rows of a group."""
        domain, name = self._own_domain(raw), ""
        for field in reversed(self.path):
            name = field.name
            domain = [[name, "any", domain]]
            if raw is None:
                domain = ["|", [name, "not any", []], *domain]
        return domain

    def _own_domain(self, raw: Any) -> list[Any]:
        name = self.field.name
        if self.field.type == "many2many" and raw is None:
            return [[name, "not any", []]]
        if self.is_period and raw is not None:
            start, end = self.bounds(raw)
            return ["&", [name, ">=", start], [name, "<", end]]
        part = self.property or ("" if self.is_period else self.granularity)
        return [[f"{name}.{part}" if part else name, "=", self.value(raw)]]
