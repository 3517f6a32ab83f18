"""Limits, as people write them, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fauxdoo.loadtests.results import Results, Row
from fauxdoo.loadtests.thresholds import Threshold, judge, read_thresholds

TOTAL = Row("Aggregated", 200, 3, 50.0, 80.0, 900.0, 60.0, 200.0, 400.0, 800.0)
SLOW = Row("jsonrpc sale.order.create", 10, 3, 2.0, 500.0, 900.0, 450.0, 700.0, 800.0, 900.0)
RESULTS = Results(TOTAL, (SLOW,), (), ())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("p95<800", True),
        ("p95 < 400", False),
        ("p95<=400", True),
        ("errors<1%", False),
        ("errors<1.6%", True),
        ("rate>49.5", True),
        ("requests>=201", False),
        ("sale.order.create:p50<400", False),
        ("sale.order:errors<=30%", True),
        ("crm.lead.create:p50<400", False),
    ],
)
def test_judged(text: str, kept: bool) -> None:
    """A limit holds or not; one for requests that nobody made does not."""
    (verdict,) = judge(RESULTS, [Threshold.parse(text)])
    assert verdict.kept is kept
    assert str(verdict).startswith("kept" if kept else "BROKEN")


@pytest.mark.parametrize("text", ["", "p95", "p95<", "p95<x", "p42<5", "p95=5", "p95<5ms", "p95<-1"])
def test_nonsense_is_refused(text: str) -> None:
    """With the metrics there are."""
    with pytest.raises(ValueError, match="is no threshold such as"):
        Threshold.parse(text)


def test_a_file_of_them(tmp_path: Path) -> None:
    """One a line; comments and empty lines are passed over."""
    path = tmp_path / "limits.txt"
    path.write_text("# before go-live\np95<800  # milliseconds\n\nerrors<1%\n")
    assert [each.metric for each in read_thresholds(path)] == ["p95", "errors"]
