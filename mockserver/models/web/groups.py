"""Grouped reads: `formatted_read_group` and what is built on it, and `_read_group` for behaviour code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.groupby import Group, Grouping, filled
from fauxdoo.mockserver.orm.groupby.domains import conjunction

__all__ = ["GroupedBase"]


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
        if expanding and not offset:
            rows = self._with_empty_groups(grouping, rows, domain, limit, order)
        return self._formatted(grouping, self._with_all_periods(grouping, rows, limit or offset), folds=expanding)

    def _with_all_periods(self, grouping: Grouping, rows: list[tuple[Any, ...]], paged: Any) -> list[tuple[Any, ...]]:
        """With `fill_temporal` in the context the groups of periods without rows too. Raises ValueError for a page."""
        wanted = self.env.context.get("fill_temporal")
        if not grouping.groups or not (wanted or isinstance(wanted, dict)):
            return rows
        if paged:
            raise ValueError("You cannot used fill_temporal with a limit or an offset")
        return filled(grouping, rows, **(wanted if isinstance(wanted, dict) else {}))

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
            whole = self._with_all_periods(grouping, rows, paged=False)
            result.append([] if grouping.nothing else self._formatted(grouping, whole))
        return result

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
        return comodel is not None and "fold" in comodel._fields and self._table_query is None

    def _with_empty_groups(
        self, grouping: Grouping, rows: list[Any], domain: Any, limit: Any = None, order: Any = None
    ) -> list[Any]:
        """The rows and those of the other records, in the order of the records; as they are where a page is full."""
        if limit and len(rows) >= int(limit):
            return rows
        group = grouping.groups[0]
        found = {row[0]: row for row in rows}
        present = group.comodel.browse(id for id in found if id)
        descending = f"{group.spec} desc" in str(order or "").lower()
        records = self._group_expansion(group, present, domain)._in_default_order(descending)
        nothing = tuple(aggregate.of_nothing for aggregate in grouping.aggregates)
        expanded = [found.pop(id, (id, *nothing)) for id in records._ids] + list(found.values())
        return rows if limit and len(expanded) >= int(limit) else expanded

    def _group_expansion(self, group: Group, present: Any, domain: Any) -> Any:
        """The records a group term shows: what the method `group_expand` of the field says, else all."""
        method = getattr(group.field, "group_expand", None) or "_read_group_stage_ids"
        if isinstance(method, str) and hasattr(self, method):
            return getattr(self, method)(present, domain)
        return present.search([])


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
