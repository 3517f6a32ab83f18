"""Dates in domains, with the clock at Wednesday 2024-02-28 22:30:15 UTC."""

from __future__ import annotations

import re
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.orm.dates import check_part, parse_date, to_date, to_datetime, zone_name

NOW = datetime(2024, 2, 28, 22, 30, 15)


class _Languages:
    """The languages of a database: English, whose week begins on Sunday."""

    week_start = "7"

    def sudo(self) -> _Languages:
        return self

    def search(self, domain: Any, limit: int) -> _Languages:
        return self


class _Env(dict[str, Any]):
    """The part of an environment that dates need."""

    def __init__(self, tz: str | None = None) -> None:
        super().__init__({"res.lang": _Languages()})
        self.clock = Clock()
        self.clock.freeze(NOW)
        self.context = {"tz": tz}
        self.user = SimpleNamespace(tz=False)
        self.lang = None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-15", date(2024, 1, 15)),
        ("20240115", date(2024, 1, 15)),
        ("2024-W03-1", date(2024, 1, 15)),
        ("2024-01-15 10:20:30", datetime(2024, 1, 15, 10, 20, 30)),
        ("2024-01-15T10:20:30", datetime(2024, 1, 15, 10, 20, 30)),
        ("today", date(2024, 2, 28)),
        ("now", NOW),
        ("-1d", datetime(2024, 2, 27, 22, 30, 15)),
        ("+2H", datetime(2024, 2, 29, 0, 30, 15)),
        ("now -30M +15S", datetime(2024, 2, 28, 22, 0, 30)),
        ("today -1w", date(2024, 2, 21)),
        ("today +1m", date(2024, 3, 28)),
        ("today =31d", date(2024, 2, 29)),
        ("today +1y", date(2025, 2, 28)),
        ("today =29d +1y", date(2025, 2, 28)),
        ("today =1d", date(2024, 2, 1)),
        ("today =6m", date(2024, 6, 28)),
        ("today =31d =2m", date(2024, 2, 29)),
        ("now =6m", datetime(2024, 6, 28)),
        ("today =0m =0d", date(2024, 2, 28)),
        ("today =2020y", date(2020, 2, 28)),
        ("now =1d", datetime(2024, 2, 1)),
        ("=3H", datetime(2024, 2, 28, 3)),
        ("today =monday", date(2024, 2, 26)),
        ("today =sunday", date(2024, 2, 25)),
        ("today +monday", date(2024, 3, 4)),
        ("today -friday", date(2024, 2, 23)),
        ("today +wednesday", date(2024, 2, 28)),
        ("today =week_start", date(2024, 2, 25)),
        ("now =monday -1w", datetime(2024, 2, 19)),
        ("today +1H", datetime(2024, 2, 28, 1)),
    ],
)
def test_parse_date(text: str, expected: date) -> None:
    """ISO texts and relative terms, applied from left to right."""
    assert parse_date(text, _Env()) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Empty date value"),
        ("Today", "Invalid term 'Today' in expression date: 'Today'"),
        ("tomorrow", "Invalid term 'tomorrow' in expression date: 'tomorrow'"),
        ("10/03/2023", "Invalid term '10/03/2023' in expression date: '10/03/2023'"),
        ("today -1h", "Invalid term '-1h' in expression date: 'today -1h'"),
        ("today =2w", "Invalid term '=2w' in expression date: 'today =2w'"),
        ("today +d", "Invalid term '+d' in expression date: 'today +d'"),
        ("2023-03-10 25:00:00", "hour must be in 0..23"),
        ("2023-01-15T10:00:00Z", "expecting only datetimes with no timezone: '2023-01-15T10:00:00Z'"),
    ],
)
def test_refused_dates(text: str, message: str) -> None:
    """What is no date is refused in Odoo's words (domain/datetime-bad)."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_date(text, _Env())


def test_today_is_the_users() -> None:
    """East of Greenwich the day has already changed."""
    assert parse_date("today", _Env("Asia/Tokyo")) == date(2024, 2, 29)
    assert parse_date("now =0H", _Env("Asia/Tokyo")) == datetime(2024, 2, 28, 15)


@pytest.mark.parametrize(
    ("value", "tz", "expected"),
    [
        ("2024-01-15", None, (datetime(2024, 1, 15), True)),
        ("2024-01-15", "Europe/Brussels", (datetime(2024, 1, 14, 23), True)),
        ("2024-07-15", "Europe/Brussels", (datetime(2024, 7, 14, 22), True)),
        ("2024-01-15", "Bad/Zone", (datetime(2024, 1, 15), True)),
        ("9999-12-31", "Asia/Tokyo", (datetime(9999, 12, 31), True)),
        ("2024-01-15 10:00:00", "Europe/Brussels", (datetime(2024, 1, 15, 10), False)),
        ("today", None, (datetime(2024, 2, 28), False)),
        (date(2024, 1, 15), None, (datetime(2024, 1, 15), True)),
        (False, None, (False, False)),
    ],
)
def test_to_datetime(value: Any, tz: str | None, expected: tuple[Any, bool]) -> None:
    """A plain day begins at midnight of the time zone; `today` is a moment, not a whole day."""
    assert to_datetime(value, _Env(tz)) == expected


@pytest.mark.parametrize("value", [20230310, True, None, 1.5])
def test_values_that_are_no_dates(value: Any) -> None:
    """Numbers and booleans are not taken for dates."""
    with pytest.raises(ValueError, match=f"Failed to cast {value} into a datetime"):
        to_datetime(value, _Env())
    with pytest.raises(ValueError, match=f"Failed to cast {value} into a date$"):
        to_date(value, _Env())


def test_to_date() -> None:
    """The time of a datetime is dropped."""
    assert to_date("2024-01-15 23:59:59", _Env()) == date(2024, 1, 15)
    assert to_date(False, _Env()) is False


def test_zone_name() -> None:
    """UTC and what is no time zone need no conversion."""
    assert zone_name(_Env("Asia/Tokyo")) == "Asia/Tokyo"
    assert zone_name(_Env("UTC")) is zone_name(_Env("../x")) is zone_name(_Env()) is None


def test_unknown_part() -> None:
    """An unknown part is an error that lists those there are."""
    with pytest.raises(ValueError, match=r"granularity month is not supported\. Only year_number, .* are supported"):
        check_part("month")
