"""`read_group` as older clients call it; Odoo 19 still answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.groupby import Grouping
from fauxdoo.mockserver.orm.groupby.aggregates import parse_spec
from fauxdoo.mockserver.orm.groupby.domains import conjunction

__all__ = ["LegacyGroupedBase"]


class LegacyGroupedBase(models.BaseModel):
    """Part of all models."""

    _inherit = "base"

    @api.model
    def read_group(
        self,
        domain: Any,
        fields: Iterable[str],
        groupby: Any,
        offset: Any = 0,
        limit: Any = None,
        orderby: Any = False,
        lazy: bool = True,
    ) -> list[dict[str, Any]]:
        """A dictionary per group with its `__domain`; lazy ones group by the first term and count in `<field>_count`.

        `fields` are `name:function`, `label:function(name)`, or names with their usual aggregate.
        """
        terms = [groupby] if isinstance(groupby, str) else groupby
        now = terms[:1] if lazy else list(terms)
        specs = {self._with_granularity(term): term for term in now}
        wanted = self._aggregates_of(fields, now)
        grouping = Grouping(self, specs, ["__count", *wanted.values()])
        rows = grouping.rows(domain, (), offset, limit, self._legacy_order(orderby, specs, wanted))
        expands = lazy and len(grouping.groups) == 1 and self._expands(grouping.groups[0])
        rows = self._with_all_periods(grouping, rows, paged=False)
        if expands:
            rows = self._with_empty_groups(grouping, rows, domain, order=orderby)
        formatted = self._formatted(grouping, rows, folds=expands)
        later = list(terms[1:]) if lazy and terms else []
        return [
            self._legacy_group(grouping, row, group, (domain, specs, wanted, later, lazy))
            for row, group in zip(rows, formatted, strict=True)
        ]

    def _with_granularity(self, term: str) -> str:
        """Dates are grouped by month unless the term says otherwise."""
        name = term.partition(":")[0]
        field = self._fields.get(name)
        return f"{term}:month" if field is not None and field.type in ("date", "datetime") and term == name else term

    def _aggregates_of(self, fields: Iterable[str], groupby: Iterable[str]) -> dict[str, str]:
        """Aggregates by the key they answer under."""
        grouped = {term.partition(":")[0] for term in groupby}
        result: dict[str, str] = {}
        for spec in fields:
            if spec == "__count":
                continue
            label, _colon, function = spec.partition(":")
            function, _bracket, name = function.rstrip(")").partition("(")
            field = self._fields.get(name or label)
            if field is None:
                raise ValueError(f"Invalid field {name or label!r} on model {self._name!r}")
            function = function or ((field.is_column or field.inherited) and field.aggregator) or ""
            if function and label not in grouped:
                result[label] = f"{name or label}:{function}"
        return result

    def _legacy_order(self, orderby: Any, specs: dict[str, str], wanted: dict[str, str]) -> Any:
        """The order in the terms of groups and aggregates."""
        if not orderby:
            return None
        known = {spec.partition(":")[0]: spec for spec in specs} | {term: spec for spec, term in specs.items()} | wanted
        for spec in specs:
            known[f"{spec.partition(':')[0]}_count"] = "__count"
        parts = [part.strip().partition(" ") for part in orderby.split(",")]
        return ",".join(f"{known.get(term, term)} {rest}".strip() for term, _space, rest in parts)

    def _legacy_group(
        self, grouping: Grouping, row: tuple[Any, ...], group: dict[str, Any], request: tuple[Any, ...]
    ) -> dict[str, Any]:
        domain, specs, wanted, later, lazy = request
        result: dict[str, Any] = {}
        ranges: dict[str, Any] = {}
        for term, raw in zip(grouping.groups, row, strict=False):
            value = group[term.spec]
            if term.is_period:
                bounds = term.bounds(raw) if raw else None
                ranges[specs[term.spec]] = {"from": bounds[0], "to": bounds[1]} if bounds else False
                value = value[1] if value else False
            result[specs[term.spec]] = value
        count = "__count" if not (lazy and specs) else f"{parse_spec(next(iter(specs)))[0]}_count"
        result[count] = group["__count"]
        result |= {label: group[spec] for label, spec in wanted.items()}
        if "__fold" in group:
            result["__fold"] = group["__fold"]
        result["__domain"] = conjunction([domain, group["__extra_domain"]])
        if ranges:
            result["__range"] = ranges
        if later:
            result["__context"] = {"group_by": later}
        return result
