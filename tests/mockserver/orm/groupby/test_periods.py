"""Periods that dates are grouped by: names, bounds, and where weeks begin."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from fauxdoo.mockserver.orm.groupby.periods import period_bounds, period_label

SUNDAY, MONDAY = 6, 0


@pytest.mark.parametrize(
    ("start", "granularity", "label"),
    [
        ("2023-01-15", "day", "15 Jan 2023"),
        ("2023-01-15", "week", "W3 2023"),
        ("2023-01-29", "week", "W5 2023"),
        ("2024-12-29", "week", "W1 2025"),
        ("2031-03-02", "week", "W10 2031"),
        ("2023-01-01", "month", "January 2023"),
        ("2024-10-01", "quarter", "Q4 2024"),
        ("2024-01-01", "year", "2024"),
        ("2023-12-31 23:00:00", "hour", "11:00 31 Dec"),
        ("2024-02-01 00:00:00", "hour", "12:00 01 Feb"),
    ],
)
def test_labels(start: str, granularity: str, label: str) -> None:
    """Periods are named in English; hours have twelve, and weeks that begin on Sunday count from January 1st."""
    assert period_label(start, granularity, SUNDAY) == label


def test_weeks_of_other_languages_are_iso_weeks() -> None:
    """Where weeks begin on Monday, January 1st may still be in the last year's week."""
    assert period_label("2022-12-26", "week", MONDAY) == "W52 2022"


def test_a_day_has_no_hours() -> None:
    """Grouping a date by hour fails as in Odoo, when the label is made."""
    with pytest.raises(AttributeError, match="'datetime.date' object has no attribute 'hour'"):
        period_label("2023-01-15", "hour", SUNDAY)


@pytest.mark.parametrize(
    ("start", "granularity", "bounds"),
    [
        ("2023-01-15", "day", ("2023-01-15", "2023-01-16")),
        ("2024-12-01", "month", ("2024-12-01", "2025-01-01")),
        ("2024-10-01", "quarter", ("2024-10-01", "2025-01-01")),
        ("2024-03-01 00:00:00", "month", ("2024-02-29 23:00:00", "2024-03-31 22:00:00")),
        ("2024-01-01 00:00:00", "year", ("2023-12-31 23:00:00", "2024-12-31 23:00:00")),
    ],
)
def test_bounds(start: str, granularity: str, bounds: tuple[str, str]) -> None:
    """Moments are bounded in UTC, across the change to summer time too; days stay days."""
    assert period_bounds(start, granularity, ZoneInfo("Europe/Brussels")) == bounds
