"""What Locust's files say, and the page that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fauxdoo.loadtests.report import render
from fauxdoo.loadtests.results import Failure, Moment, Results
from fauxdoo.loadtests.thresholds import Threshold, judge

_STATS = """Type,Name,Request Count,Failure Count,Average Response Time,Max Response Time,Requests/s,50%,90%,95%,99%
POST,json2 <b>read,8,2,10.5,20,4.0,10,15,18,20
,Aggregated,8,2,10.5,20,4.0,10,15,18,20
"""
_HISTORY = """Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,99%
100,1,,Aggregated,0.0,0.0,N/A,N/A,N/A
101,5,,Aggregated,4.0,1.0,10,18,20
101,5,POST,json2 read,4.0,1.0,10,18,20
"""
_FAILURES = """Method,Name,Error,Occurrences
POST,json2 <b>read,CatchResponseError('HTTP 502'),2
"""


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """Files as Locust writes them."""
    for kind, text in (("stats", _STATS), ("stats_history", _HISTORY), ("failures", _FAILURES)):
        (tmp_path / f"run_{kind}.csv").write_text(text)
    return tmp_path / "run"


def test_read(prefix: Path) -> None:
    """The total, the requests, the moments from the start, the errors without Locust's wrapping."""
    results = Results.read(prefix)
    assert (results.total.requests, results.total.errors, results.rows[0].p95) == (8, 25.0, 18.0)
    assert results.history == (Moment(0, 1, 0, 0, 0, 0, 0), Moment(1, 5, 4.0, 1.0, 10, 18, 20))
    assert results.failures == (Failure("json2 <b>read", "HTTP 502", 2),)


def test_nothing_ran(prefix: Path) -> None:
    """A run without requests is no result."""
    stats = Path(f"{prefix}_stats.csv")
    stats.write_text(_STATS.splitlines()[0])
    with pytest.raises(ValueError, match="not one request"):
        Results.read(prefix)


@pytest.mark.parametrize(("limit", "word"), [("p95<18", "NO-GO"), ("p95<=18", ">GO<")])
def test_page(prefix: Path, limit: str, word: str) -> None:
    """Verdict, plots, requests and errors; names are text, and nothing is loaded from elsewhere."""
    results = Results.read(prefix)
    page = render("a & b", results, judge(results, [Threshold.parse(limit)]))
    assert word in page
    assert page.count("<svg") == 3
    assert "json2 &lt;b&gt;read" in page
    assert "<b>read" not in page
    assert "a &amp; b" in page
    assert "HTTP 502" in page
    assert "<script" not in page
