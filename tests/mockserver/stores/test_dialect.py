"""SQLite's patterns and functions behave as PostgreSQL's."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores import MemoryStore
from fauxdoo.mockserver.stores.dialect import SQLITE

STORE = MemoryStore()


def value(sql: SQL) -> Any:
    """The one value of an expression."""
    with STORE.transaction() as cursor:
        return cursor.execute(SQL("SELECT %s", sql))[0][0]


@pytest.mark.parametrize(
    ("pattern", "text", "like", "ilike"),
    [
        ("abc", "abc", True, True),
        ("abc", "ABC", False, True),
        ("a%", "abc", True, True),
        ("_b_", "abc", True, True),
        ("a\\_c", "abc", False, False),
        ("a\\_c", "a_c", True, True),
        ("100\\%", "100%", True, True),
        ("a\\\\b", "a\\b", True, True),
        ("[a]*?", "[a]*?", True, True),
        ("[a]", "a", False, False),
        ("%é%", "CAFÉ", False, True),
        ("É_", "éa", False, True),
        ("ß", "SS", False, False),
        ("çelik", "ÇELİK", False, True),
        ("%\n%", "a\nb", True, True),
    ],
)
def test_patterns(pattern: str, text: str, like: bool, ilike: bool) -> None:
    """LIKE minds case, ILIKE does not, also beyond ASCII; accents count."""
    assert bool(value(SQL(SQLITE.like, text, SQLITE.like_pattern(pattern)))) is like
    template, prepared = SQLITE.ilike_match(pattern)
    assert bool(value(SQL(template, text, prepared))) is ilike


@pytest.mark.parametrize(
    ("number", "text"), [(10.0, "10"), (1.5, "1.5"), (-0.25, "-0.25"), (1e20, "1e+20"), (None, None)]
)
def test_float_text(number: float | None, text: str | None) -> None:
    """A whole number has no decimals."""
    assert value(SQL(SQLITE.float_text, number)) == text
    assert value(SQL(SQLITE.decimals_text, 2, number)) == (None if number is None else f"{number:.2f}")


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("year_number", 2023),
        ("quarter_number", 1),
        ("month_number", 1),
        ("iso_week_number", 52),
        ("day_of_year", 1),
        ("day_of_month", 1),
        ("day_of_week", 0),
        ("hour_number", 22),
        ("minute_number", 30),
        ("second_number", 15),
    ],
)
def test_parts(part: str, number: int) -> None:
    """Parts are numbered as PostgreSQL does: Sunday is 0."""
    assert value(SQL(SQLITE.part, part, "2023-01-01 22:30:15", None)) == number
    assert value(SQL(SQLITE.part, part, None, None)) is None


def test_parts_in_a_time_zone() -> None:
    """A moment is shown in the zone before its parts are taken."""
    assert value(SQL(SQLITE.part, "year_number", "2024-12-31 22:30:00", "Asia/Tokyo")) == 2025


def test_members() -> None:
    """A long list is one parameter."""
    for member, expected in ((5, 1), (6, 0)):
        assert value(SQL(SQLITE.member, member, SQLITE.members([1, 5, "x", None]))) in (expected, None)
    assert value(SQL(SQLITE.member, "é", SQLITE.members(["é"]))) == 1
