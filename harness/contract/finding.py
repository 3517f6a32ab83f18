"""What a check finds, and how it is told: as a table, as JSON, as JUnit XML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from xml.etree import ElementTree

import orjson

__all__ = ["Finding", "Outcome", "as_json", "as_junit", "as_table", "failed"]


class Outcome(StrEnum):
    """What came of one check."""

    OK = "ok"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The server does not show what would be needed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: `what` it is (model, field, method …), and what is wrong with it."""

    what: str
    outcome: Outcome = Outcome.OK
    reason: str = ""


def failed(findings: Iterable[Finding]) -> bool:
    """Whether any check failed."""
    return any(finding.outcome is Outcome.FAILED for finding in findings)


def as_table(findings: list[Finding]) -> str:
    """What is not ok, a line each, and how many checks there were."""
    shown = [finding for finding in findings if finding.outcome is not Outcome.OK]
    width = max((len(finding.what) for finding in shown), default=0)
    lines = [f"{finding.outcome:8s} {finding.what:{width}s}  {finding.reason}" for finding in shown]
    counts = ", ".join(f"{sum(each.outcome is kind for each in findings)} {kind}" for kind in Outcome)
    return "\n".join([*lines, f"{len(findings)} checks: {counts}"])


def as_json(findings: list[Finding]) -> str:
    """A list of objects with what, outcome and reason."""
    return orjson.dumps([asdict(finding) for finding in findings], option=orjson.OPT_INDENT_2).decode()


def as_junit(findings: list[Finding], suite: str = "fauxdoo contract") -> str:
    """A test suite of JUnit's form: a failed check is a failure, one that could not be made is skipped."""
    counts = {kind: str(sum(each.outcome is kind for each in findings)) for kind in Outcome}
    attributes = {"tests": str(len(findings)), "failures": counts[Outcome.FAILED], "skipped": counts[Outcome.UNKNOWN]}
    root = ElementTree.Element("testsuite", {"name": suite, "errors": "0", **attributes})
    tags = {Outcome.FAILED: "failure", Outcome.UNKNOWN: "skipped"}
    for finding in findings:
        case = ElementTree.SubElement(root, "testcase", {"classname": suite, "name": finding.what})
        if finding.outcome in tags:
            ElementTree.SubElement(case, tags[finding.outcome], {"message": finding.reason})
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)
