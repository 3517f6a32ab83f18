"""Go or no-go: what a run has to keep, `p95<800` and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fauxdoo.loadtests.results import Results, Row

__all__ = ["METRICS", "Threshold", "Verdict", "judge", "read_thresholds"]

METRICS = ("p50", "p90", "p95", "p99", "average", "largest", "errors", "rate", "requests")
"""Of the whole run, or with `NAME:` before it of the requests whose name contains that. Times are milliseconds,
`errors` is a percentage, `rate` requests a second."""
_FORM = re.compile(
    rf"(?:(?P<name>[^<>]+):)?(?P<metric>{'|'.join(METRICS)})(?P<sign><=|>=|<|>)(?P<limit>\d+(?:\.\d+)?)%?"
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit for a metric."""

    text: str
    name: str
    metric: str
    sign: str
    limit: float

    @staticmethod
    def parse(text: str) -> Threshold:
        """What `p95<800`, `errors<1%`, `sale.order.create:p99<=2000` mean. Raises ValueError for anything else."""
        match = _FORM.fullmatch("".join(text.split()))
        if match is None:
            raise ValueError(f"{text!r} is no threshold such as 'p95<800' or 'errors<1%'; of {', '.join(METRICS)}")
        return Threshold(text.strip(), match["name"] or "", match["metric"], match["sign"], float(match["limit"]))

    def keeps(self, value: float) -> bool:
        """Whether the value is within the limit."""
        if self.sign.startswith("<"):
            return value < self.limit or (self.sign == "<=" and value == self.limit)
        return value > self.limit or (self.sign == ">=" and value == self.limit)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A threshold and what was measured: the worst of the requests it is for, None where there were none."""

    threshold: Threshold
    value: float | None

    @property
    def kept(self) -> bool:
        """Whether it holds; a threshold for requests that nobody made does not."""
        return self.value is not None and self.threshold.keeps(self.value)

    def __str__(self) -> str:
        found = "no such requests" if self.value is None else f"{self.value:.6g}"
        return f"{'kept' if self.kept else 'BROKEN'}  {self.threshold.text}  ({found})"


def read_thresholds(path: Path) -> list[Threshold]:
    """One a line; what follows a # is a comment. Raises ValueError."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [Threshold.parse(line) for line in lines if line]


def judge(results: Results, thresholds: Iterable[Threshold]) -> list[Verdict]:
    """What became of each threshold."""
    return [Verdict(threshold, _measured(results, threshold)) for threshold in thresholds]


def _measured(results: Results, threshold: Threshold) -> float | None:
    rows: Iterable[Row] = [results.total]
    if threshold.name:
        rows = [row for row in results.rows if threshold.name in row.name]
    values = [float(getattr(row, threshold.metric)) for row in rows]
    worst = max if threshold.sign.startswith("<") else min
    return worst(values, default=None)
