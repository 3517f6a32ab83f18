"""SQLite's spelling of what the domain compiler needs, and the Python functions it lacks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from fauxdoo.mockserver.stores.base import KINDS, Dialect

__all__ = ["SQLITE", "register_functions"]

_GLOB_SPECIAL = frozenset("*?[")


def _glob_pattern(pattern: str) -> str:
    """The GLOB pattern (case-sensitive, can use an index) of a LIKE pattern with `\\` as escape."""
    parts: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == "%":
            parts.append("*")
        elif character == "_":
            parts.append("?")
        else:
            if character == "\\":
                character = next(characters, "\\")
            parts.append(f"[{character}]" if character in _GLOB_SPECIAL else character)
    return "".join(parts)


def _folded_glob_pattern(pattern: str) -> str:
    return _glob_pattern(_fold(pattern) or "")


def _fold(text: str | None) -> str | None:
    """Lower case, character by character as PostgreSQL's ILIKE folds."""
    if text is None:
        return None
    text = str(text)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(character.lower()[0] for character in text)


def _float_text(number: float | None) -> str | None:
    """A float as PostgreSQL's text: no exponent for what is short without, no needless ".0"."""
    if number is None:
        return None
    text = repr(float(number))
    return text[:-2] if text.endswith(".0") else text


def _decimals_text(decimals: int, number: float | None) -> str | None:
    return None if number is None else f"{number:.{decimals}f}"


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _part(part: str, text: str | None, zone: str | None) -> int | None:
    """A part of a stored date or datetime (UTC, shown in `zone`), numbered as PostgreSQL's EXTRACT does."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if zone is not None:
        moment = moment.replace(tzinfo=UTC).astimezone(_zone(zone))
    return _PARTS[part](moment)


_PARTS: dict[str, Callable[[datetime], int]] = {
    "year_number": lambda moment: moment.year,
    "quarter_number": lambda moment: (moment.month + 2) // 3,
    "month_number": lambda moment: moment.month,
    "iso_week_number": lambda moment: moment.isocalendar().week,
    "day_of_year": lambda moment: moment.timetuple().tm_yday,
    "day_of_month": lambda moment: moment.day,
    "day_of_week": lambda moment: moment.isoweekday() % 7,
    "hour_number": lambda moment: moment.hour,
    "minute_number": lambda moment: moment.minute,
    "second_number": lambda moment: moment.second,
}


def _period(granularity: str, text: str | None, zone: str | None, week_start: int) -> str | None:
    """The start of the period that a stored date or datetime (UTC, shown in `zone`) is in, in the same form, local."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if zone is not None:
        moment = moment.replace(tzinfo=UTC).astimezone(_zone(zone)).replace(tzinfo=None)
    start = _PERIODS[granularity](moment, week_start)
    return start.isoformat(sep=" ")[: 10 if len(text) == 10 else 19]


def _day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


_PERIODS: dict[str, Callable[[datetime, int], datetime]] = {
    "hour": lambda moment, _start: moment.replace(minute=0, second=0, microsecond=0),
    "day": lambda moment, _start: _day(moment),
    "week": lambda moment, start: _day(moment) - timedelta(days=(moment.weekday() - start) % 7),
    "month": lambda moment, _start: _day(moment).replace(day=1),
    "quarter": lambda moment, _start: _day(moment).replace(month=(moment.month - 1) // 3 * 3 + 1, day=1),
    "year": lambda moment, _start: _day(moment).replace(month=1, day=1),
}


def _json_path(key: str) -> str:
    return '$."{}"'.format(key.replace('"', ""))


def _members(values: Sequence[Any]) -> str:
    return json.dumps(list(values))


def _same(value: Any) -> Any:
    return value


SQLITE = Dialect(
    name="sqlite",
    types={
        "text": "TEXT",
        "integer": "INTEGER",
        "boolean": "INTEGER",
        "float": "REAL",
        "date": "TEXT",
        "datetime": "TEXT",
        "binary": "BLOB",
        "json": "TEXT",
    },
    like="%s GLOB %s",
    like_pattern=_glob_pattern,
    ilike="%s LIKE %s ESCAPE '\\'",
    ilike_unicode="unicode_fold(%s) GLOB %s",
    ilike_pattern=_folded_glob_pattern,
    longest_pattern=50_000,
    member="%s IN (SELECT value FROM json_each(%s))",
    members=_members,
    ids="%s IN (SELECT value FROM json_each(%s))",
    pairs="json_group_array(json_array(%s, %s))",
    sorts_only_groups=False,
    json_set="""json_set(COALESCE(%s, '{}'), '$."' || %s || '"', %s)""",
    json_values=dict.fromkeys(KINDS, "?") | {"json": "json(?)"},
    json_casts=dict.fromkeys(KINDS, "%s"),
    json_has="EXISTS (SELECT 1 FROM json_each(%s, %s) AS item WHERE typeof(item.key) = 'integer' AND item.value = %s)",
    json_item=_same,
    json_get="json_extract(%s, %s)",
    json_key=_json_path,
    json_plain=_same,
    truth="%s",
    float_text="float_text(%s)",
    decimals_text="decimals_text(%s, %s)",
    part="date_part(%s, %s, %s)",
    period="date_period(%s, %s, %s, %s)",
)


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that `SQLITE` names."""
    connection.create_function("unicode_fold", 1, _fold, deterministic=True)
    connection.create_function("float_text", 1, _float_text, deterministic=True)
    connection.create_function("decimals_text", 2, _decimals_text, deterministic=True)
    connection.create_function("date_part", 3, _part, deterministic=True)
    connection.create_function("date_period", 4, _period, deterministic=True)
