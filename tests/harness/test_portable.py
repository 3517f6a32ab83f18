"""Two states are compared record by record, value by value."""

from __future__ import annotations

import pytest

from fauxdoo.harness.portable import differences

ADA = {"records": {"res.partner": {"x.ada": {"name": "Ada", "city": "Ghent"}}}, "removed": {}}
CASES = [
    (ADA, ADA, []),
    ({}, ADA, ["+ res.partner x.ada (Ada)"]),
    (ADA, {}, ["- res.partner x.ada (Ada)"]),
    (
        ADA,
        {"records": {"res.partner": {"x.ada": {"name": "Ada L.", "zip": None, "color": 1}}}},
        [
            '~ res.partner x.ada city: "Ghent" → null',
            "~ res.partner x.ada color: null → 1",
            '~ res.partner x.ada name: "Ada" → "Ada L."',
        ],
    ),
    ({}, {"removed": {"res.lang": ["base.x"]}}, ["- res.lang base.x is removed"]),
    ({"removed": {"res.lang": ["base.x"]}}, {}, ["+ res.lang base.x is no longer removed"]),
    (
        ADA,
        {"records": {"res.partner": {"x.ada": {"name": "A" * 200, "city": "Ghent"}}}},
        [f'~ res.partner x.ada name: "Ada" → "{"A" * 79}…'],
    ),
]


@pytest.mark.parametrize(("before", "after", "lines"), CASES)
def test_differences(before: dict[str, object], after: dict[str, object], lines: list[str]) -> None:
    """New, gone and changed, in the order of models and names."""
    assert [*differences(before, after)] == lines
