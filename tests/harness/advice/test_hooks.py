"""Advice in suites of their own."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

pytest_plugins = ["pytester"]

SUITE = """
import requests

def sync(odoo):
    for name in "abcd":
        requests.post(f"{odoo.url}/json/2/res.partner/create", json={"vals_list": [{"name": name}]},
                      headers={"Authorization": f"Bearer {odoo.api_key}"}, timeout=60)

def test_loop(odoo):
    sync(odoo)
    assert len(odoo.calls) == 4

def test_fine(odoo):
    odoo.calls.assert_not_called()
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project whose integration makes records one by one."""
    if not entry_points(group="pytest11", name="fauxdoo"):
        pytester.makeconftest('pytest_plugins = ["fauxdoo.harness.plugin"]')
    pytester.makepyfile(test_sync=SUITE)
    return pytester


def _run(suite: pytest.Pytester, *options: str) -> pytest.RunResult:
    return suite.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", *options)


@pytest.mark.parametrize("options", [(), ("-n", "1")])
def test_report(suite: pytest.Pytester, options: tuple[str, ...]) -> None:
    """At the end of the session, with the line; workers hand theirs over."""
    result = _run(suite, "--fauxdoo-advice", *options)
    result.assert_outcomes(passed=2)
    told = ["*Fauxdoo's advice*", "create-one-by-one", "  test_sync.py:5 in sync: json2 res.partner.create (4 times)"]
    result.stdout.fnmatch_lines(told)


def test_strict(suite: pytest.Pytester) -> None:
    """The test that the advice is about fails with it."""
    result = _run(suite, "--fauxdoo-strict")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["FAILED test_sync.py::test_loop - Failed: Fauxdoo's advice:"])


def test_ignored(suite: pytest.Pytester) -> None:
    """By the ini file."""
    suite.makeini("[pytest]\nfauxdoo_advice_ignore = create-one-by-one")
    result = _run(suite, "--fauxdoo-strict")
    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*advice*")
