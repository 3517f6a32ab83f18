"""What each test called, and what there is to say of it, as a file: JSON, JUnit XML or HTML, by its suffix."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

__all__ = ["JOURNALS", "WRITERS", "Reporter", "Witness"]

JOURNALS = pytest.StashKey[list[Iterable[Any]]]()
"""The journals of the servers that a test uses."""

_MOST = 200
"""Calls of a test that the report lists; it counts all that the journal still holds."""


def _calls_of(journals: list[Iterable[Any]]) -> dict[str, Any]:
    """The calls in some journals: how many, how long they took, how many failed, and the first of them."""
    entries = [entry for journal in journals for entry in journal]
    listed = [
        {
            "protocol": entry.protocol,
            "user": entry.user,
            "model": entry.model,
            "method": entry.method,
            "milliseconds": round(entry.duration * 1000, 3),
            "error": None if entry.error is None else type(entry.error).__name__,
        }
        for entry in entries[:_MOST]
    ]
    return {
        "calls": len(entries),
        "errors": sum(entry.error is not None for entry in entries),
        "milliseconds": round(sum(entry.duration for entry in entries) * 1000, 3),
        "by_protocol": dict(Counter(entry.protocol for entry in entries)),
        "listed": listed,
    }


class Witness:
    """Where tests run: adds to the report of each what it called."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Look into the journals when the test's own code has run."""
        report: Any = yield
        if call.when == "call" and JOURNALS in item.stash:
            journals = item.stash[JOURNALS]
            report.fauxdoo = _calls_of(journals)
            if advice := item.config.pluginmanager.get_plugin("fauxdoo-advice"):
                report.fauxdoo["advice"] = advice.of_test.as_list()
        return report  # type: ignore[no-any-return]


class Reporter:
    """Collects the reports of tests, under xdist those of the workers too, and writes the file at the end."""

    def __init__(self, path: Path) -> None:
        """Raises pytest.UsageError for another suffix."""
        if path.suffix.lower() not in WRITERS:
            raise pytest.UsageError(f"--fauxdoo-report: {path.name} has to end with {', '.join(WRITERS)}")
        self._path, self._tests = path, dict[str, dict[str, Any]]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what a phase of a test says; the worst outcome counts."""
        test = self._tests.setdefault(report.nodeid, {"test": report.nodeid, "outcome": "passed", "seconds": 0.0})
        test["seconds"] = round(test["seconds"] + report.duration, 6)
        if report.outcome != "passed" and test["outcome"] == "passed":
            test["outcome"] = report.outcome
            test["message"] = _message(report)
        if (calls := getattr(report, "fauxdoo", None)) is not None:
            test["fauxdoo"] = calls

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(WRITERS[self._path.suffix.lower()](list(self._tests.values())), "utf-8")


def _message(report: pytest.TestReport) -> str:
    longrepr = report.longrepr
    if isinstance(longrepr, tuple):
        return str(longrepr[2])
    crash = getattr(longrepr, "reprcrash", None)
    return str(getattr(crash, "message", longrepr))


def _totals(tests: list[dict[str, Any]]) -> dict[str, Any]:
    used = [test["fauxdoo"] for test in tests if "fauxdoo" in test]
    outcomes = Counter(test["outcome"] for test in tests)
    return {
        "tests": len(tests),
        **{outcome: outcomes[outcome] for outcome in ("passed", "failed", "skipped")},
        **{name: sum(each[name] for each in used) for name in ("calls", "errors")},
    }


def _as_json(tests: list[dict[str, Any]]) -> str:
    return json.dumps({"totals": _totals(tests), "tests": tests}, indent=2) + "\n"


def _as_junit(tests: list[dict[str, Any]]) -> str:
    totals = _totals(tests)
    numbers = {"tests": totals["tests"], "failures": totals["failed"], "skipped": totals["skipped"], "errors": 0}
    attributes = {name: str(number) for name, number in numbers.items()}
    attributes["time"] = f"{sum(test['seconds'] for test in tests):.3f}"
    suites = ElementTree.Element("testsuites", name="fauxdoo")
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "fauxdoo", **attributes})
    for test in tests:
        suite.append(_case(test))
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, "unicode", xml_declaration=True) + "\n"


def _case(test: dict[str, Any]) -> ElementTree.Element:
    path, _, name = test["test"].partition("::")
    place = path.removesuffix(".py").replace("/", ".")
    case = ElementTree.Element("testcase", classname=place, name=name, time=f"{test['seconds']:.3f}")
    if "fauxdoo" in test:
        properties = ElementTree.SubElement(case, "properties")
        for key in ("calls", "errors", "milliseconds"):
            ElementTree.SubElement(properties, "property", name=f"fauxdoo.{key}", value=str(test["fauxdoo"][key]))
    if test["outcome"] != "passed":
        kind = {"failed": "failure"}.get(test["outcome"], test["outcome"])
        ElementTree.SubElement(case, kind, message=_printable(test["message"]))
    return case


def _printable(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(character if character.isprintable() or character in "\n\t" else "�" for character in text)


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Fauxdoo report</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }}
td.n, th.n {{ text-align: right; font-variant-numeric: tabular-nums }}
.passed {{ color: #17692f }} .failed {{ color: #b3261e }} .skipped {{ color: #7a5b00 }}
summary {{ cursor: pointer }} pre {{ margin: .3rem 0; white-space: pre-wrap }}
</style>
<h1>Fauxdoo report</h1>
<p>{summary}</p>
<table><thead><tr><th>Test<th>Outcome<th class="n">Seconds<th class="n">Calls<th class="n">Errors
<th class="n">ms in Odoo
</thead><tbody>
{rows}
</tbody></table>
</html>
"""


def _as_html(tests: list[dict[str, Any]]) -> str:
    totals = _totals(tests)
    summary = ", ".join(f"{number} {name}" for name, number in totals.items())
    return _PAGE.format(summary=escape(summary), rows="\n".join(map(_row, tests)))


def _row(test: dict[str, Any]) -> str:
    outcome, used = escape(test["outcome"]), test.get("fauxdoo")
    name = f"<code>{escape(test['test'])}</code>"
    if used and used["listed"]:
        name = f"<details><summary>{name}</summary><pre>{escape(_lines(used))}</pre></details>"
    for note in (used or {}).get("advice", ()):
        name += f"<pre>{escape(note['rule'])}: {escape(note['what'])} at {escape(note['place'])}</pre>"
    if "message" in test:
        name += f"<pre>{escape(test['message'])}</pre>"
    numbers = [
        f"{test['seconds']:.3f}",
        *([used[key] for key in ("calls", "errors", "milliseconds")] if used else [""] * 3),
    ]
    cells = "".join(f'<td class="n">{number}' for number in numbers)
    return f'<tr><td>{name}<td class="{outcome}">{outcome}{cells}'


def _lines(used: dict[str, Any]) -> str:
    lines = [
        f"{call['milliseconds']:9.3f} ms  {call['protocol']:8s} {call['model']}.{call['method']}"
        + (f"  {call['error']}" if call["error"] else "")
        for call in used["listed"]
    ]
    more = used["calls"] - len(lines)
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


WRITERS: dict[str, Callable[[list[dict[str, Any]]], str]] = {".json": _as_json, ".xml": _as_junit, ".html": _as_html}
"""How a report is written, by the suffix of its file."""
