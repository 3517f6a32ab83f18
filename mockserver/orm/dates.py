"""Dates in domains: ISO and relative ones, the bounds of a day in a time zone, and the parts behind a dot."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

__all__ = ["PARTS", "iso_date", "later", "parse_date", "time_zone", "to_date", "to_datetime", "week_start", "zone_name"]

PARTS = (
    "year_number",
    "quarter_number",
    "month_number",
    "iso_week_number",
    "day_of_year",
    "day_of_month",
    "day_of_week",
    "hour_number",
    "minute_number",
    "second_number",
)
"""The numbers that a domain may ask of a date or datetime, as `field.part`."""

_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_ISO_START = re.compile(r"\d{4}")


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None


def zone_name(env: Any) -> str | None:
    """The name of the time zone of context or user; None for UTC and for what is no time zone."""
    name = env.context.get("tz") or getattr(env.user, "tz", None)
    return str(name) if name and name != "UTC" and _zone(str(name)) is not None else None


def time_zone(env: Any) -> tzinfo:
    """The time zone of context or user, UTC where neither has a known one."""
    name = zone_name(env)
    return UTC if name is None else _zone(name) or UTC


def iso_date(text: str) -> date | datetime:
    """An ISO date (ten characters at most) or naive datetime. Raises ValueError."""
    if len(text) <= 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError(f"expecting only datetimes with no timezone: {text!r}")
    return moment


def parse_date(text: str, env: Any) -> date | datetime:
    """An ISO text, or terms such as `today -1w =monday`, as a date or a naive UTC datetime.

    `today` gives a date, `now` (or no start at all) a datetime. Raises ValueError.
    """
    if _ISO_START.match(text):
        return iso_date(text)
    terms = text.split()
    if not terms:
        raise ValueError("Empty date value")
    now = env.clock.now().replace(tzinfo=UTC).astimezone(time_zone(env))
    moment: date | datetime = now
    if terms[0] in ("today", "now"):
        moment = now.date() if terms.pop(0) == "today" else now
    for term in terms:
        try:
            moment = _apply(moment, term, env)
        except (ValueError, KeyError):
            raise ValueError(f"Invalid term {term!r} in expression date: {text!r}") from None
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).replace(tzinfo=None)
    return moment


def _apply(moment: date | datetime, term: str, env: Any) -> date | datetime:
    """One term: a sign, then a weekday, or a number with a unit."""
    sign, rest = term[0], term[1:]
    if sign not in "+-=" or len(term) < 3:
        raise ValueError(term)
    if rest == "week_start":
        return _to_weekday(moment, sign, week_start(env), week_start(env))
    if rest in _WEEKDAYS:
        return _to_weekday(moment, sign, _WEEKDAYS[rest], week_start(env))
    number, unit = int(rest[:-1]), rest[-1]
    if sign == "=":
        return _SETTERS[unit](moment, number)
    return _SHIFTS[unit](moment, number if sign == "+" else -number)


def week_start(env: Any) -> int:
    """The first weekday of the language (Monday is 0); Sunday for English."""
    languages = env["res.lang"].sudo().search([("code", "=", env.lang or "en_US")], limit=1)
    return (int(languages.week_start or 7) if languages else 7) - 1


def _to_weekday(moment: date | datetime, sign: str, weekday: int, start: int) -> date | datetime:
    offset = (weekday - start) % 7 - (moment.weekday() - start) % 7
    if sign == "+" and offset < 0:
        offset += 7
    elif sign == "-" and offset > 0:
        offset -= 7
    elif sign == "=":
        moment = _midnight(moment)
    return moment + timedelta(days=offset)


def _midnight(moment: date | datetime) -> date | datetime:
    if isinstance(moment, datetime):
        return moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment


def _as_datetime(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)


_Moment = TypeVar("_Moment", date, datetime)


def later(moment: _Moment, count: int, unit: str) -> _Moment:
    """Some minutes, hours, days, weeks or months later; a day past the end of its month becomes the last one."""
    if unit == "months":
        return _add_months(moment, count)
    return moment + timedelta(**{unit: count})


def _add_months(moment: _Moment, months: int) -> _Moment:
    index = moment.year * 12 + moment.month - 1 + months
    return _set_date(moment, index // 12, index % 12 + 1, moment.day)


def _set_date(moment: _Moment, year: int, month: int, day: int) -> _Moment:
    """Another day at the same time; a day past the end of its month becomes the last one."""
    last = calendar.monthrange(year, month)[1]
    return moment.replace(year=year, month=month, day=min(day, last))


_SHIFTS: dict[str, Callable[[Any, int], date | datetime]] = {
    "d": lambda moment, number: moment + timedelta(days=number),
    "w": lambda moment, number: moment + timedelta(weeks=number),
    "m": _add_months,
    "y": lambda moment, number: _add_months(moment, 12 * number),
    "H": lambda moment, number: _as_datetime(moment) + timedelta(hours=number),
    "M": lambda moment, number: _as_datetime(moment) + timedelta(minutes=number),
    "S": lambda moment, number: _as_datetime(moment) + timedelta(seconds=number),
}

_SETTERS: dict[str, Callable[[Any, int], date | datetime]] = {
    "d": lambda moment, number: _midnight(_set_date(moment, moment.year, moment.month, number or moment.day)),
    "m": lambda moment, number: _midnight(_set_date(moment, moment.year, number or moment.month, moment.day)),
    "y": lambda moment, number: _midnight(_set_date(moment, number or moment.year, moment.month, moment.day)),
    "H": lambda moment, number: _as_datetime(moment).replace(hour=number, minute=0, second=0, microsecond=0),
    "M": lambda moment, number: _as_datetime(moment).replace(minute=number, second=0, microsecond=0),
    "S": lambda moment, number: _as_datetime(moment).replace(second=number, microsecond=0),
}
"""Setting a part clears the smaller ones of the time, and no part of the day (0 sets none); there is none for weeks."""


def to_date(value: Any, env: Any) -> date | bool:
    """The date an operand stands for; False stays. Raises ValueError."""
    if isinstance(value, str):
        value = parse_date(value, env)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is False:
        return value
    raise ValueError(f"Failed to cast {value!r} into a date")


def to_datetime(value: Any, env: Any) -> tuple[datetime | bool, bool]:
    """The naive UTC moment an operand stands for, and whether it was written as a plain day.

    A day begins at midnight of the context's time zone. `today` is a moment: only an ISO day counts as a day.
    """
    relative = isinstance(value, str) and not _ISO_START.match(value)
    if isinstance(value, str):
        value = parse_date(value, env)
    if isinstance(value, datetime):
        return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value), False
    if isinstance(value, date):
        return _day_start(value, time_zone(env)), not relative
    if value is False:
        return False, False
    raise ValueError(f"Failed to cast {value!r} into a datetime")


def _day_start(day: date, zone: tzinfo) -> datetime:
    midnight = datetime.combine(day, time.min)
    if day.year in (1, 9999):
        return midnight
    return midnight.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def check_part(name: str) -> None:
    """Raises ValueError for a part that no date has, listing those there are."""
    if name not in PARTS:
        raise ValueError(
            f"Error when processing the granularity {name} is not supported. Only {_listed(PARTS)} are supported"
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
