"""Reports of findings: a table for people, JSON and JUnit XML for machines."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from fauxdoo.harness.contract.finding import Finding, Outcome, as_json, as_junit, as_table, failed

FINDINGS = [
    Finding("res.partner"),
    Finding("res.partner.x", Outcome.FAILED, "does not exist"),
    Finding("res.partner.f()", Outcome.UNKNOWN, "not <shown>"),
]


def test_failed() -> None:
    """What could not be checked is no failure."""
    assert failed(FINDINGS)
    assert not failed([FINDINGS[0], FINDINGS[2]])


def test_table() -> None:
    """Shows what is not ok, and counts all."""
    assert as_table(FINDINGS).splitlines() == [
        "failed   res.partner.x    does not exist",
        "unknown  res.partner.f()  not <shown>",
        "3 checks: 1 ok, 1 failed, 1 unknown",
    ]


def test_json() -> None:
    """Every finding, as an object."""
    assert json.loads(as_json(FINDINGS))[1] == {
        "what": "res.partner.x",
        "outcome": "failed",
        "reason": "does not exist",
    }


def test_junit() -> None:
    """A case each, with failures and skips counted."""
    suite = ElementTree.fromstring(as_junit(FINDINGS))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], ["skipped"]]
