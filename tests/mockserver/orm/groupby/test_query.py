"""Conditions on groups, and their order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fauxdoo.mockserver.errors import DatabaseError


@pytest.fixture
def partners(env: Any) -> Any:
    """Partners with references x, x, y and none, of colours 1, 2, 4 and 8."""
    values = [("x", 1), ("x", 2), ("y", 4), (False, 8)]
    return env["res.partner"].create([{"name": f"P{color}", "ref": ref, "color": color} for ref, color in values])


def groups(partners: Any, **options: Any) -> list[Any]:
    """References of the groups by reference."""
    found = partners._read_group([("id", "in", partners.ids)], ["ref"], ["__count"], **options)
    return [ref for ref, _count in found]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (None, ["x", "y", False]),
        ("ref desc", [False, "y", "x"]),
        ("ref nulls first", [False, "x", "y"]),
        ("__count desc, ref", ["x", "y", False]),
        ("color:max desc", [False, "y", "x"]),
        ("color:sum DESC", [False, "y", "x"]),
    ],
)
def test_order(partners: Any, order: str | None, expected: list[Any]) -> None:
    """Groups are ordered by themselves or by any aggregate."""
    assert groups(partners, order=order) == expected


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("nope", "Order term 'nope' is not a valid aggregate nor valid groupby"),
        ("name", "Order term 'name' is not a valid aggregate nor valid groupby"),
        ("color:sum foo", "Invalid order 'color:sum foo' for _read_group()"),
        ("ref,", "Invalid order 'ref,' for _read_group()"),
        ("ref;drop", "Invalid order 'ref;drop' for _read_group()"),
    ],
)
def test_bad_orders(partners: Any, order: str, message: str) -> None:
    """An order of anything else is refused."""
    with pytest.raises(ValueError, match=re.escape(message)):
        groups(partners, order=order)


@pytest.mark.parametrize(
    ("having", "expected"),
    [
        ([("__count", ">", 1)], ["x"]),
        (["|", ("__count", "=", 2), ("color:max", "=", 4)], ["x", "y"]),
        (["!", ("__count", "=", 2)], ["y", False]),
        ([("__count", "=", 1), ("color:sum", "<", 5)], ["y"]),
        ([], ["x", "y", False]),
    ],
)
def test_having(partners: Any, having: list[Any], expected: list[Any]) -> None:
    """Groups are chosen by a domain over aggregates."""
    assert groups(partners, having=having) == expected


@pytest.mark.parametrize(("value", "error"), [("many", "InvalidTextRepresentation"), (False, "UndefinedFunction")])
def test_counts_compare_with_numbers(partners: Any, value: Any, error: str) -> None:
    """Anything else is an error of the database."""
    with pytest.raises(DatabaseError) as caught:
        groups(partners, having=[("__count", ">", value)])
    assert caught.value.name == f"psycopg2.errors.{error}"


def test_having_in_is_an_error_of_the_database(partners: Any) -> None:
    """Odoo lets `in` through, PostgreSQL does not."""
    with pytest.raises(DatabaseError) as caught:
        groups(partners, having=[("__count", "in", [1])])
    assert caught.value.name == "psycopg2.errors.SyntaxError"


def test_limit_and_offset(partners: Any) -> None:
    """They count groups, not records; 0 is no limit."""
    assert groups(partners, limit=1, offset=1) == ["y"]
    assert groups(partners, limit=0) == ["x", "y", False]
