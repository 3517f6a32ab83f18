"""What a run measured, read from the files that Locust's `--csv` writes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

__all__ = ["Failure", "Moment", "Results", "Row"]

_TOTAL = "Aggregated"
_WRAPPED = re.compile(r"CatchResponseError\(['\"](.*)['\"]\)")
_PERCENTILES = ("50%", "90%", "95%", "99%")


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of request; times are milliseconds, rates per second."""

    name: str
    requests: int
    failures: int
    rate: float
    average: float
    largest: float
    p50: float
    p90: float
    p95: float
    p99: float

    @property
    def errors(self) -> float:
        """The failed part of the requests, in percent."""
        return 100 * self.failures / self.requests if self.requests else 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """The last seconds before a moment, `second` after the start."""

    second: float
    users: int
    rate: float
    failing: float
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Failure:
    """A class of errors."""

    name: str
    error: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run."""

    total: Row
    rows: tuple[Row, ...]
    history: tuple[Moment, ...]
    failures: tuple[Failure, ...]

    @staticmethod
    def read(prefix: Path) -> Results:
        """Of the files `PREFIX_stats.csv` and so on. Raises FileNotFoundError, and ValueError where nothing ran."""
        rows = [_row(line) for line in _lines(prefix, "stats")]
        total = next((row for row in rows if row.name == _TOTAL), None)
        if total is None or not total.requests:
            raise ValueError("not one request was made")
        failures = (
            Failure(each["Name"], _plain(each["Error"]), int(each["Occurrences"]))
            for each in _lines(prefix, "failures")
        )
        return Results(
            total,
            tuple(row for row in rows if row.name != _TOTAL),
            tuple(_history(prefix)),
            tuple(sorted(failures, key=lambda failure: -failure.count)),
        )

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def _lines(prefix: Path, kind: str) -> Iterator[dict[str, str]]:
    with open(f"{prefix}_{kind}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _plain(error: str) -> str:
    """What was given to Locust as the reason, without the class it wraps it in."""
    match = _WRAPPED.fullmatch(error)
    return match[1] if match else error


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:  # N/A, before there is anything
        return 0.0


def _row(line: dict[str, str]) -> Row:
    percentiles = [_number(line[percentile]) for percentile in _PERCENTILES]
    return Row(
        line["Name"],
        int(line["Request Count"]),
        int(line["Failure Count"]),
        _number(line["Requests/s"]),
        _number(line["Average Response Time"]),
        _number(line["Max Response Time"]),
        *percentiles,
    )


def _history(prefix: Path) -> Iterator[Moment]:
    start = None
    for line in _lines(prefix, "stats_history"):
        if line["Name"] != _TOTAL:
            continue
        at = _number(line["Timestamp"])
        start = at if start is None else start
        yield Moment(
            at - start,
            int(_number(line["User Count"])),
            _number(line["Requests/s"]),
            _number(line["Failures/s"]),
            _number(line["50%"]),
            _number(line["95%"]),
            _number(line["99%"]),
        )
