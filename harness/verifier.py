"""Replays recordings of a real Odoo against a server and tells where its answers differ."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.clients import Outcome, Target
from fauxdoo.harness.comparison import Ids, matches
from fauxdoo.harness.performer import Performer
from fauxdoo.harness.recordings import Case, Step, area_of

__all__ = ["Area", "Difference", "Report", "ServerNotReached", "check_reached", "parity", "verify"]


class ServerNotReached(Exception):
    """Nothing answers HTTP at the URL."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A step whose answer is not the recorded one."""

    case: str
    index: int
    step: Step
    want: Outcome
    got: Outcome

    def __str__(self) -> str:
        step = {key: value for key, value in self.step.items() if key != "expect"}
        return (
            f"--- {self.case} step {self.index}: {_shortened(step, 300)}\n"
            f"  want {_shortened(self.want, 700)}\n"
            f"  got  {_shortened(self.got, 700)}"
        )


@dataclass(slots=True)
class Area:
    """How many steps and cases of one area match."""

    name: str
    steps_ok: int = 0
    steps: int = 0
    cases_ok: int = 0
    cases: int = 0

    def add(self, steps: int, wrong: int) -> None:
        """Count one case."""
        self.steps_ok += steps - wrong
        self.steps += steps
        self.cases_ok += not wrong
        self.cases += 1

    @property
    def percent(self) -> float:
        """Steps that match, of 100."""
        return 100 * self.steps_ok / max(1, self.steps)

    def __str__(self) -> str:
        counts = f"steps {self.steps_ok:5d}/{self.steps:<5d} ({self.percent:5.1f} %)"
        return f"{self.name:14s} {counts} cases {self.cases_ok:4d}/{self.cases}"


@dataclass(slots=True)
class Report:
    """What a verification found."""

    areas: dict[str, Area] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    seconds: float = 0

    @property
    def ok(self) -> bool:
        """Whether every step matches."""
        return not self.differences

    @property
    def total(self) -> Area:
        """All areas as one."""
        total = Area("all")
        for area in self.areas.values():
            total.steps_ok += area.steps_ok
            total.steps += area.steps
            total.cases_ok += area.cases_ok
            total.cases += area.cases
        return total

    def table(self) -> str:
        """A line per area and the sum."""
        lines = [str(self.areas[name]) for name in sorted(self.areas)]
        return "\n".join([*lines, f"{self.total} in {self.seconds:.1f} s"])


def parity(areas: Iterable[Area], columns: int = 4) -> str:
    """The steps that match, by area, as a table in Markdown; areas go down first, then across."""
    cells = [f"| {area.name} | {area.steps_ok} of {area.steps} " for area in sorted(areas, key=lambda area: area.name)]
    height = -(-len(cells) // columns)
    padded = [*cells, *["|  |  "] * (height * columns - len(cells))]
    rows = ["".join(padded[row::height]) for row in range(height)]
    head = ["| area | steps " * columns + "|", "|---|---" * columns + "|"]
    return "\n".join([*head, *(row + "|" for row in rows)])


def verify(target: Target, cases: Iterable[Case], *, via: str | None = None, strict_code: bool = False) -> Report:
    """Replay `cases` against `target`.

    `via` is the protocol of the steps that name none; `strict_code` also compares JSON-RPC's `error.code`, which
    differs between dialects. Raises ServerNotReached where nothing answers.
    """
    check_reached(target)
    report, started = Report(), time.perf_counter()
    performer = Performer(target, via)
    try:
        for case in cases:
            _verify_case(performer, case, report, strict_code)
    finally:
        performer.close()
    report.seconds = time.perf_counter() - started
    return report


def check_reached(target: Target) -> None:
    """Raise ServerNotReached unless something answers HTTP there."""
    browser = Browser(target.url, target.timeout)
    try:
        browser.request("GET", "/web/webclient/version_info")
    except (OSError, HTTPException) as error:
        raise ServerNotReached(f"{target.url} does not answer: {error}") from error
    finally:
        browser.close()


def _verify_case(performer: Performer, case: Case, report: Report, strict_code: bool) -> None:
    uniq, outcomes = performer.perform(case)
    ids: Ids = {}
    wrong = 0
    for index, (step, outcome) in enumerate(zip(case["steps"], outcomes, strict=True)):
        want = _comparable(step["expect"], strict_code)
        got = _comparable(json.loads(json.dumps(outcome).replace(uniq, "{{uniq}}")), strict_code)
        if "text" in want and want.get("type") == "text/html":  # pages are compared by status and type
            want, got = {**want, "text": ""}, {**got, "text": ""}
        if not matches(want, got, ids):
            wrong += 1
            report.differences.append(Difference(case["case"], index, step, want, got))
    area = area_of(case)
    report.areas.setdefault(area, Area(area)).add(len(outcomes), wrong)


def _comparable(outcome: Outcome, strict_code: bool) -> Outcome:
    error = outcome.get("error")
    if strict_code or not isinstance(error, dict):
        return outcome
    return {**outcome, "error": {key: value for key, value in error.items() if key != "code"}}


def _shortened(value: Any, length: int) -> str:
    return json.dumps(value, ensure_ascii=False)[:length]
