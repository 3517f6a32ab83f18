"""A file tells what each test called, whoever ran it."""

from __future__ import annotations

import json
from importlib.metadata import entry_points
from xml.etree import ElementTree

import pytest

from fauxdoo.harness.suite import serving  # noqa: F401  (imported before suites run in this process)

pytest_plugins = ["pytester"]

TESTS = """
import pytest

def test_passes(odoo):
    odoo.env["res.partner"].create({"name": "Ada"})
    with pytest.raises(ValueError):
        odoo.env["res.partner"].search([("nonsense", "=", 1)])

def test_fails(odoo):
    assert odoo.env["res.partner"].search_count([]) < 0, "<b>\\x00</b>"

def test_without(): pass

def test_skipped(): pytest.skip("for today")
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with four tests."""
    if not entry_points(group="pytest11", name="fauxdoo"):
        pytester.makeconftest('pytest_plugins = ["fauxdoo.harness.plugin"]')
    pytester.makepyfile(test_shop=TESTS)
    return pytester


def _run(suite: pytest.Pytester, *options: str) -> pytest.RunResult:
    run = suite.runpytest if "2" not in options else suite.runpytest_subprocess
    return run("-p", "no:randomly", "-p", "no:cacheprovider", *options)


def test_json(suite: pytest.Pytester) -> None:
    """Calls, errors and durations of each test, collected from the workers."""
    _run(suite, "--fauxdoo-report", "out/report.json", "-n", "2").assert_outcomes(passed=2, failed=1, skipped=1)
    report = json.loads((suite.path / "out" / "report.json").read_text())
    tests = {test["test"].partition("::")[2]: test for test in report["tests"]}
    assert report["totals"] == {"tests": 4, "passed": 2, "failed": 1, "skipped": 1, "calls": 3, "errors": 1}
    assert tests["test_passes"]["fauxdoo"]["by_protocol"] == {"python": 2}
    made, searched = tests["test_passes"]["fauxdoo"]["listed"]
    assert (made["model"], made["method"], made["error"]) == ("res.partner", "create", None)
    assert (searched["method"], searched["error"]) == ("search", "ValueError")
    assert "fauxdoo" not in tests["test_without"]
    assert tests["test_skipped"]["message"] == "Skipped: for today"


def test_junit_and_html(suite: pytest.Pytester) -> None:
    """JUnit XML has the numbers as properties; the page shows text as text."""
    _run(suite, "--fauxdoo-report", "report.xml", "-n", "0")
    (run,) = ElementTree.parse(suite.path / "report.xml").getroot()
    assert (run.get("tests"), run.get("failures"), run.get("skipped")) == ("4", "1", "1")
    assert [case.get("name") for case in run] == ["test_passes", "test_fails", "test_without", "test_skipped"]
    assert {each.get("name"): each.get("value") for each in run[0][0]}["fauxdoo.calls"] == "2"
    assert run.find("testcase/failure") is not None
    suite.makeini("[pytest]\nfauxdoo_report = report.html")
    _run(suite, "-n", "0")
    page = (suite.path / "report.html").read_text()
    assert "test_shop.py::test_fails" in page
    assert "<b>" not in page


def test_advice(suite: pytest.Pytester) -> None:
    """Where advice is given, it stands beside the test that it is about."""
    suite.makepyfile(
        test_shop="""
        from xmlrpc.client import ServerProxy

        def test_reads_all(odoo):
            with ServerProxy(f"{odoo.url}/xmlrpc/2/object") as models:
                models.execute_kw(odoo.db, 2, odoo.password, "res.partner", "search_read", [[]])
        """
    )
    for name in ("report.json", "report.html"):
        _run(suite, "--fauxdoo-report", name, "--fauxdoo-advice", "-n", "0").assert_outcomes(passed=1)
    (test,) = json.loads((suite.path / "report.json").read_text())["tests"]
    rules = {note["rule"] for note in test["fauxdoo"]["advice"]}
    assert rules
    assert all(rule in (suite.path / "report.html").read_text() for rule in rules)


def test_another_suffix(suite: pytest.Pytester) -> None:
    """A report of an unknown kind is wrong usage."""
    result = _run(suite, "--fauxdoo-report", "report.txt", "-n", "0")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--fauxdoo-report: report.txt has to end with .json, .xml, .html*"])
