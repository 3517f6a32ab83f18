"""Domains that are joined keep their conditions as they were written."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.groupby.domains import conjunction

A, B, C = ["a", "=", 1], ["b", "in", [1, 2]], ["c", "=", False]


@pytest.mark.parametrize(
    ("domains", "joined"),
    [
        ([], [[1, "=", 1]]),
        ([[], []], [[1, "=", 1]]),
        ([[A]], [A]),
        ([[A], [B]], ["&", A, B]),
        ([[A, B], [C]], ["&", "&", A, B, C]),
        ([["&", A, B], [C]], ["&", "&", A, B, C]),
        ([["|", A, B], [C]], ["&", "|", A, B, C]),
        ([["!", A], [B]], ["&", "!", A, B]),
        ([["|", "&", A, B, C], [A]], ["&", "|", "&", A, B, C, A]),
        ([[[1, "=", 1]], [A]], [A]),
    ],
)
def test_conjunction(domains: list[Any], joined: list[Any]) -> None:
    """Signs come first, nested ones are drawn out, and what is always true is left out."""
    assert conjunction(domains) == joined
