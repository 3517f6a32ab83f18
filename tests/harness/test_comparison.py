"""Comparison of a recorded answer with a received one."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.harness.comparison import Ids, matches

SAME = [
    (1, 1.0),
    (0.1 + 0.2, 0.3),
    ("a", "a"),
    ([1, "a"], [1, "a"]),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ({"a": 1, "debug": "x"}, {"a": 1}),
    ({"$any": "str"}, "whatever"),
    ({"$any": "int"}, 1.5),
    ({"$any": "null"}, None),
    ({"$id": 1}, 20001),
    ({"$id": {"$any": "int"}}, 7),
    ("Traceback (most recent call last):\n  File\nValueError: x", "Traceback\n  other\nValueError: x\n"),
    ('relation "x"\nLINE 1: SELECT', 'relation "x"\nLINE 1: UPDATE'),
    ("res.partner({{id:1}},)", "res.partner(20001,)"),
    ({"{{id:1}}": "a"}, {"20001": "a"}),
]
DIFFERENT = [
    (1, 2),
    (1, True),
    (0, False),
    (None, False),
    ("1", 1),
    ([1, 2], [2, 1]),
    ([1], [1, 1]),
    ({"a": 1}, {"a": 1, "b": 2}),
    ({"$any": "str"}, 1),
    ({"$any": "int"}, True),
    ({"$id": 1}, True),
    ({"$id": 1}, "20001"),
    ("res.partner({{id:1}},)", "res.partner(x,)"),
    ({"a": 1}, [1]),
]


@pytest.mark.parametrize(("want", "got"), SAME)
def test_same(want: Any, got: Any) -> None:
    """Numbers by value, dictionaries regardless of order, tracebacks by their last line, ids by their turn."""
    assert matches(want, got, {})


@pytest.mark.parametrize(("want", "got"), DIFFERENT)
def test_different(want: Any, got: Any) -> None:
    """Booleans strictly, lists in order, no key more or less."""
    assert not matches(want, got, {})


def test_ids_are_bound_one_to_one() -> None:
    """An id keeps the number it was first seen with, and no other number may share it."""
    ids: Ids = {}
    assert matches([{"$id": 1}, {"$id": 2}], [20001, 20002], ids)
    assert matches("{{id:2}}", "20002", ids)
    assert not matches({"$id": 1}, 20002, ids)
    assert not matches({"$id": 3}, 20001, ids)
