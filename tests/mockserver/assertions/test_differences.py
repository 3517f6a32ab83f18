"""What counts as the arguments that were wanted."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

import pytest

from fauxdoo.mockserver.assertions.differences import differences


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ({}, {"ids": [1]}),
        ({"ids": [1]}, {"ids": [1], "vals": {}}),
        ({"ids": 1}, {"ids": [1]}),
        ({"ids": [1]}, {"ids": 1}),
        ({"vals": {"a": 1}}, {"vals": {"a": 1, "b": 2}}),
        ({"vals_list": {"a": 1}}, {"vals_list": [{"a": 1, "b": 2}]}),
        ({"vals_list": [{"a": 1}]}, {"vals_list": {"a": 1}}),
        ({"vals": {"lines": [(0, 0, {"a": 1})]}}, {"vals": {"lines": [[0, 0, {"a": 1, "b": 2}]]}}),
        ({"vals": {"a": ANY}}, {"vals": {"a": True}}),
        ({"vals": ANY}, {"vals": {"a": [1, 2]}}),
        ({"price": 1}, {"price": 1.0}),
        ({"price": pytest.approx(0.3)}, {"price": 0.1 + 0.2}),
    ],
)
def test_matches(wanted: dict[str, Any], given: dict[str, Any]) -> None:
    """What is not named may be anything; one is as good as a list of one."""
    assert differences(wanted, given) == []


@pytest.mark.parametrize(
    ("wanted", "given", "told"),
    [
        ({"ids": [1]}, {}, ["ids: wanted [1], absent"]),
        ({"ids": [1, 2]}, {"ids": [1]}, ["ids: wanted 2 items [1, 2], got 1 [1]"]),
        ({"ids": []}, {"ids": [1]}, ["ids: wanted 0 items [], got 1 [1]"]),
        ({"ids": [1, 2]}, {"ids": [2, 1]}, ["ids[0]: wanted 1, got 2", "ids[1]: wanted 2, got 1"]),
        ({"vals": {"a": 1}}, {"vals": {"b": 1}}, ["vals.a: wanted 1, absent"]),
        ({"vals": {"a": {"b": 1}}}, {"vals": {"a": {"b": 2}}}, ["vals.a.b: wanted 1, got 2"]),
        ({"vals_list": {"a": 1}}, {"vals_list": [{"a": 2}]}, ["vals_list[0].a: wanted 1, got 2"]),
        ({"vals": {"a": 1}}, {"vals": {"a": True}}, ["vals.a: wanted 1, got True"]),
        ({"vals": {"a": False}}, {"vals": {"a": 0}}, ["vals.a: wanted False, got 0"]),
        ({"vals": {"a": None}}, {"vals": {"a": False}}, ["vals.a: wanted None, got False"]),
    ],
)
def test_differs(wanted: dict[str, Any], given: dict[str, Any], told: list[str]) -> None:
    """Each difference is told with its place."""
    assert differences(wanted, given) == told
