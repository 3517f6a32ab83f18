"""Periods of time that dates are grouped by: their ends, their names, and where they stand in UTC."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from fauxdoo.mockserver.orm.dates import later

__all__ = ["PERIODS", "next_period", "period_bounds", "period_label", "period_start"]

PERIODS = ("hour", "day", "week", "month", "quarter", "year")
"""What dates can be grouped by, besides their numbers (`dates.PARTS`)."""


def period_bounds(start: str, granularity: str, zone: tzinfo) -> tuple[str, str]:
    """Start and end of the period that begins at the local `start`, as a domain compares: days, or moments in UTC."""
    first = datetime.fromisoformat(start)
    last = next_period(first, granularity)
    if len(start) == 10:
        return first.date().isoformat(), last.date().isoformat()
    return _utc(first, zone), _utc(last, zone)


def next_period(moment: datetime, granularity: str) -> datetime:
    """The start of the period after the one that begins at `moment`. Raises KeyError for what is no period."""
    return later(moment, *_LENGTHS[granularity])


def period_start(day: date, granularity: str) -> date:
    """The first day of the period a day is in, of weeks the Monday."""
    if granularity == "week":
        return day - timedelta(days=day.weekday())
    month = {"year": 1, "quarter": day.month - (day.month - 1) % 3}.get(granularity, day.month)
    return day if granularity in ("day", "hour") else day.replace(month=month, day=1)


def _utc(moment: datetime, zone: tzinfo) -> str:
    return moment.replace(tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


_LENGTHS = {
    "hour": (1, "hours"),
    "day": (1, "days"),
    "week": (1, "weeks"),
    "month": (1, "months"),
    "quarter": (3, "months"),
    "year": (12, "months"),
}


def period_label(start: str, granularity: str, first_weekday: int) -> str:
    """The name of a period as the web client shows it in English: `W3 2023`, `January 2023`, `Q1 2023`.

    Raises AttributeError for the hour of a day, as Odoo does (recording group/date-granularity).
    """
    moment: Any = date.fromisoformat(start) if len(start) == 10 else datetime.fromisoformat(start)
    return _LABELS[granularity](moment, first_weekday)


def _hour(moment: Any, _first: int) -> str:
    """Twelve hours without am or pm: both 11:00 and 23:00 are `11:00` (recording group/legacy-datetime)."""
    return f"{moment.hour % 12 or 12:02}:00 {moment.day:02} {calendar.month_abbr[moment.month]}"


def _week(moment: Any, first: int) -> str:
    """Weeks that begin on Sunday are counted from that with January 1st, others as ISO counts them."""
    if first == 0:
        year, number, _day = moment.isocalendar()
        return f"W{number} {year}"
    last = moment + timedelta(days=6)
    year = last.year
    return f"W{(last.timetuple().tm_yday - 1) // 7 + 1} {year}"


_LABELS: dict[str, Callable[[Any, int], str]] = {
    "hour": _hour,
    "day": lambda moment, _first: f"{moment.day:02} {calendar.month_abbr[moment.month]} {moment.year}",
    "week": _week,
    "month": lambda moment, _first: f"{calendar.month_name[moment.month]} {moment.year}",
    "quarter": lambda moment, _first: f"Q{(moment.month + 2) // 3} {moment.year}",
    "year": lambda moment, _first: str(moment.year),
}
