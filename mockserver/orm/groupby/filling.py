"""Periods without rows between those that have some, as charts over time want them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from fauxdoo.mockserver.orm import dates
from fauxdoo.mockserver.orm.groupby.groups import Group
from fauxdoo.mockserver.orm.groupby.periods import next_period, period_start
from fauxdoo.mockserver.orm.groupby.query import Grouping

__all__ = ["filled"]

_Row = tuple[Any, ...]
_MOST = 100_000
"""Periods of one chart: eleven years of hours."""


def filled(
    grouping: Grouping, rows: list[_Row], fill_from: Any = False, fill_to: Any = False, min_groups: Any = False
) -> list[_Row]:
    """The rows in the order of time, with one for every period from the first to the last of them.

    `fill_from` and `fill_to` are days in the first and last period to be there, `min_groups` how many there are at
    least. Rows of no period come last. Groups by anything but a date stay as they are; parts of dates are a KeyError,
    more periods than a chart could show a ValueError (Odoo has no such limit, and goes on until it is killed).
    """
    group = grouping.groups[0]
    if group.path or group.field.type not in ("date", "datetime"):
        return rows
    if not group.is_period:
        raise KeyError(group.granularity)
    by_period: dict[Any, list[_Row]] = {}
    for row in rows:
        by_period.setdefault(row[0], []).append(row)
    present = sorted(period for period in by_period if period is not None)
    first = _period_of(group, fill_from) or (present[0] if present else None)
    last = _period_of(group, fill_to) or (present[-1] if present else None)
    first, last = first or last, last or first
    if first is None or last is None:
        return rows
    wanted = _periods(first, last, group.granularity or "", int(min_groups))
    if not wanted:
        return rows
    empty = (*(None for _term in grouping.groups[1:]), *(each.of_nothing for each in grouping.aggregates))
    periods = sorted({*present, *wanted})
    return [row for period in periods for row in by_period.get(period, [(period, *empty)])] + by_period.get(None, [])


def _period_of(group: Group, day: Any) -> str | None:
    """The start of the period that a client's day is in; weeks begin on the first day of the language's."""
    if not day:
        return None
    start = period_start(date.fromisoformat(str(day)[:10]), group.granularity or "")
    if group.granularity == "week":
        start -= timedelta(days=(7 - dates.week_start(group.root.env)) % 7)
    return start.isoformat() if group.field.type == "date" else f"{start.isoformat()} 00:00:00"


def _periods(first: str, last: str, granularity: str, least: int) -> list[str]:
    """The starts of the periods from the first to the last, and of as many more as make `least`."""
    moment, found = datetime.fromisoformat(first), list[str]()
    while (start := moment.isoformat(" ")[: len(first)]) <= last or len(found) < least:
        if len(found) == _MOST:
            raise ValueError(f"fill_temporal asks for more than {_MOST} groups")
        found.append(start)
        moment = next_period(moment, granularity)
    return found
