"""Grouped reads: `formatted_read_group` and what is built on it, and `_read_group` for behaviour code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.groupby import Group, Grouping
from fauxdoo.mockserver.orm.groupby.domains import conjunction

__all__ = ["GroupedBase"]

_MOST_OPENED = 10
"""Groups whose records `web_read_group` reads by itself."""


class GroupedBase(models.BaseModel):
    """Part of all models."""

    _inherit = "base"

    # ---------------------------------------------------------------- public

    @api.model
    def formatted_read_group(
        self,
        domain: Any,
        groupby: Iterable[str] = (),
        aggregates: Iterable[str] = (),
        having: Any = (),
        offset: Any = 0,
        limit: Any = None,
        order: Any = None,
    ) -> list[dict[str, Any]]:
        """A dictionary per group: values, `__extra_domain` that selects its rows, aggregates (Odoo 19).

        Periods are `[start, name]`, records `[id, name]`. Raises AssertionError without groups and aggregates.
        """
        grouping = Grouping(self, groupby, aggregates)
        rows = grouping.rows(domain, having, offset, limit, order)
        expanding = self._expanding(grouping)
        if expanding and not limit:
            rows = self._with_empty_groups(grouping, rows, domain)
        return self._formatted(grouping, rows, folds=expanding)

    @api.model
    def formatted_read_grouping_sets(
        self, domain: Any, grouping_sets: Iterable[Iterable[str]], aggregates: Iterable[str] = (), order: Any = None
    ) -> list[list[dict[str, Any]]]:
        """The groups of several groupbys over the same records; empty lists for a domain that selects nothing."""
        sets = [list(groupby) for groupby in grouping_sets]
        if not sets:
            raise ValueError("The 'grouping_sets' parameter cannot be empty.")
        result = []
        for groupby in sets:
            grouping = Grouping(self, groupby, aggregates)
            rows = grouping.rows(domain, order=_order_of(order, groupby))
            result.append([] if grouping.nothing else self._formatted(grouping, rows))
        return result

    @api.model
    def web_read_group(
        self,
        domain: Any,
        groupby: Iterable[str],
        aggregates: Iterable[str] = (),
        limit: Any = None,
        offset: Any = 0,
        order: Any = None,
        auto_unfold: bool = False,
        opening_info: list[dict[str, Any]] | None = None,
        unfold_read_specification: Mapping[str, Any] | None = None,
        unfold_read_default_limit: Any = 80,
        groupby_read_specification: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The groups of the first groupby with how many there are in all; unfolded ones with records or subgroups."""
        first, *rest = list(groupby)
        counted = list(dict.fromkeys([*aggregates, "__count"]))
        groups = self.formatted_read_group(domain, [first], counted, (), offset, limit, order)
        length = len(groups) + (offset or 0)
        if (limit and len(groups) == limit) or (offset and not groups):
            length = len(Grouping(self, [first], ()).rows(domain))
        if groupby_read_specification and first in groupby_read_specification:
            self._read_group_values(first, groups, groupby_read_specification[first])
        options = (rest, counted, order, unfold_read_specification, unfold_read_default_limit)
        for group, opened in self._opened(first, groups, auto_unfold, opening_info):
            self._open_group(domain, group, opened, options)
        return {"groups": groups, "length": length}

    @api.model
    def read_progress_bar(
        self, domain: Any, group_by: str, progress_bar: Mapping[str, Any]
    ) -> dict[str, dict[str, int]]:
        """How many records each group has of each value that has a colour."""
        colors, name = progress_bar["colors"], progress_bar["field"]
        result: dict[str, dict[str, int]] = {}
        for group in self.formatted_read_group(domain, [group_by, name], ["__count"]):
            key = str(_key(group[group_by]))
            color = str(group[name]) if isinstance(group[name], bool) else group[name]
            if color in colors:
                result.setdefault(key, dict.fromkeys(colors, 0))[color] += group["__count"]
        return result

    # ---------------------------------------------------------------- for behaviour code

    @api.model
    def _read_group(
        self,
        domain: Any,
        groupby: Iterable[str] = (),
        aggregates: Iterable[str] = (),
        having: Any = (),
        offset: Any = 0,
        limit: Any = None,
        order: Any = None,
    ) -> list[tuple[Any, ...]]:
        """A tuple per group: records, dates and plain values, then aggregates (`:recordset` as records)."""
        grouping = Grouping(self, groupby, aggregates)
        rows = grouping.rows(domain, having, offset, limit, order)
        count = len(grouping.groups)
        return [
            (
                *(_as_code_sees(group, raw) for group, raw in zip(grouping.groups, row, strict=False)),
                *(
                    aggregate.model.env[aggregate.comodel_name].browse(
                        dict.fromkeys(id for id in aggregate.value(raw) if id)
                    )
                    if aggregate.function == "recordset"
                    else aggregate.value(raw)
                    for aggregate, raw in zip(grouping.aggregates, row[count:], strict=True)
                ),
            )
            for row in rows
        ]

    # ---------------------------------------------------------------- the form of groups

    def _formatted(self, grouping: Grouping, rows: list[tuple[Any, ...]], folds: bool = False) -> list[dict[str, Any]]:
        count = len(grouping.groups)
        columns = [self._group_values(group, [row[i] for row in rows]) for i, group in enumerate(grouping.groups)]
        result = []
        for position, row in enumerate(rows):
            formatted = {group.spec: columns[i][position] for i, group in enumerate(grouping.groups)}
            if folds:
                formatted["__fold"] = _folded(grouping.groups[0], row[0])
            domains = [group.domain(raw) for group, raw in zip(grouping.groups, row, strict=False)]
            formatted["__extra_domain"] = conjunction(domains)
            for aggregate, raw in zip(grouping.aggregates, row[count:], strict=True):
                formatted[aggregate.key] = aggregate.value(raw)
            result.append(formatted)
        return result

    def _group_values(self, group: Group, raws: list[Any]) -> list[Any]:
        """What a client sees of the values of one group term."""
        if group.comodel is not None:
            names = group.comodel.sudo().browse(dict.fromkeys(raw for raw in raws if raw))._display_names()
            return [[raw, names.get(raw, "")] if raw else False for raw in raws]
        if group.is_period:
            return [[group.bounds(raw)[0], group.label(raw)] if raw else False for raw in raws]
        return [group.value(raw) for raw in raws]

    # ---------------------------------------------------------------- groups without records

    def _expanding(self, grouping: Grouping) -> bool:
        """Whether groups without records are wanted, and known."""
        groups = grouping.groups
        return bool(self.env.context.get("read_group_expand")) and len(groups) == 1 and self._expands(groups[0])

    def _expands(self, group: Group) -> bool:
        """Whether a group term lists values without records: stages that fold, or fields with `group_expand`."""
        if getattr(group.field, "group_expand", None):
            return True
        comodel = group.comodel if group.field.name == "stage_id" and not group.path else None
        return comodel is not None and "fold" in comodel._fields

    def _with_empty_groups(self, grouping: Grouping, rows: list[Any], domain: Any) -> list[Any]:
        group = grouping.groups[0]
        found = {row[0]: row for row in rows}
        present = group.comodel.browse(id for id in found if id)
        wanted = self._group_expansion(group, present, domain)
        records = (present | wanted)._in_default_order(False)
        counts = tuple(0 if aggregate.function.startswith("count") else None for aggregate in grouping.aggregates)
        ordered = [found.get(id) or (id, *counts) for id in records._ids]
        return [*ordered, found[None]] if None in found else ordered

    def _group_expansion(self, group: Group, present: Any, domain: Any) -> Any:
        """The records a group term shows: what the method `group_expand` of the field says, else all."""
        method = getattr(group.field, "group_expand", None) or "_read_group_stage_ids"
        if isinstance(method, str) and hasattr(self, method):
            return getattr(self, method)(present, domain)
        return present.search([])

    # ---------------------------------------------------------------- unfolding

    def _opened(
        self, spec: str, groups: list[dict[str, Any]], auto: bool, info: list[dict[str, Any]] | None
    ) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Groups to open, each with how: as the client had them open, else the first few that have a value."""
        if info is not None:
            known = {_key(each.get("value")): each for each in info}
            pairs = [(group, known.get(_key(group[spec]))) for group in groups]
            return [(group, how) for group, how in pairs if how is not None and not how.get("folded")]
        if not auto:
            return []
        unfolded = [group for group in groups if group[spec] is not False and not group.get("__fold")]
        return [(group, {}) for group in unfolded[:_MOST_OPENED]]

    def _open_group(self, domain: Any, group: dict[str, Any], how: dict[str, Any], options: tuple[Any, ...]) -> None:
        rest, aggregates, order, specification, limit = options
        inner = conjunction([domain, group["__extra_domain"]])
        window = {"limit": how.get("limit", limit), "offset": how.get("offset", 0)}
        if rest:
            group["__groups"] = self.web_read_group(
                inner,
                rest,
                aggregates,
                order=order,
                opening_info=how.get("groups"),
                unfold_read_specification=specification,
                unfold_read_default_limit=limit,
            )
        elif specification is not None:
            group["__records"] = self.web_search_read(inner, specification, order=order, **window)["records"]

    def _read_group_values(self, spec: str, groups: list[dict[str, Any]], specification: Mapping[str, Any]) -> None:
        comodel = Group(self, spec).comodel
        for group in groups:
            value = group[spec]
            group["__values"] = comodel.browse(value[0]).web_read(specification)[0] if value else {"id": False}


def _order_of(order: Any, groupby: list[str]) -> Any:
    """The terms of an order that concern a groupby, or aggregates."""
    if not isinstance(order, str) or not order:
        return order
    parts = [part for part in order.split(",") if part.split()[:1] and _concerns(part.split()[0], groupby)]
    return ",".join(parts)


def _concerns(term: str, groupby: list[str]) -> bool:
    return term in groupby or term == "__count" or term.partition(":")[2] not in ("", "day", "week", "month", "year")


def _key(value: Any) -> Any:
    return value[0] if isinstance(value, (list, tuple)) and value else value


def _folded(group: Group, raw: Any) -> bool:
    """Whether the record of a group is folded in the web client."""
    comodel = group.comodel
    return bool(raw and comodel is not None and "fold" in comodel._fields and comodel.sudo().browse(raw).fold)


def _as_code_sees(group: Group, raw: Any) -> Any:
    if group.comodel is not None:
        return group.comodel.browse(raw or ())
    if group.is_period and raw:
        return date.fromisoformat(raw) if len(raw) == 10 else datetime.fromisoformat(raw)
    return group.value(raw)
