"""`pytest --fauxdoo-contract=FILE`: what the tests used, also under xdist."""

from __future__ import annotations

import json

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import xmlrpc.client

def call(odoo, model, method, *args):
    proxy = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object")
    return proxy.execute_kw(odoo.db, 2, odoo.password, model, method, list(args))

def test_one(odoo):
    call(odoo, "res.partner", "create", {"name": "Ada"})

def test_two(odoo):
    call(odoo, "res.partner", "search", [["city", "=", "x"]])

def test_three():
    pass
"""


@pytest.mark.parametrize("options", [["-p", "no:xdist"], ["-n", "2"]])
def test_what_the_tests_used(pytester: pytest.Pytester, options: list[str]) -> None:
    """All tests of the run together, one file."""
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("-q", "-p", "no:randomly", "--fauxdoo-contract=usage.json", *options)
    result.assert_outcomes(passed=3)
    usage = json.loads((pytester.path / "usage.json").read_text())
    assert usage["protocols"] == ["xmlrpc"]
    assert usage["models"].keys() == {"res.partner"}
    assert usage["models"]["res.partner"]["methods"] == {"create": [], "search": []}
    assert usage["models"]["res.partner"]["fields"].keys() == {"name", "city"}
