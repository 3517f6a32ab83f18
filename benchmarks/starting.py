"""What a test suite pays: the import of the plugin, the first fixture and every next one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

from benchmarks.results import Result, upper

__all__ = ["measure"]

IMPORT = """
import pytest, time
started = time.perf_counter()
import fauxdoo.harness.plugin
print((time.perf_counter() - started) * 1000)
"""
CONFTEST = """
import json, time, pytest
durations = []

@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    started = time.perf_counter()
    try:
        return (yield)
    finally:
        durations.append((fixturedef.argname, (time.perf_counter() - started) * 1000))

@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    started = time.perf_counter()
    try:
        return (yield)
    finally:
        durations.append(("setup", (time.perf_counter() - started) * 1000))

def pytest_sessionfinish():
    with open("durations.json", "w") as file:
        json.dump(durations, file)
"""
TESTS = """
import pytest

@pytest.mark.parametrize("number", range(30))
def test_partner(odoo, number):
    odoo.env["res.partner"].create({"name": "Ada"})
"""


def measure() -> Iterator[Result]:
    """The rows of this file. The first run of each kind only makes the bytecode, which an installed package has."""
    yield upper("import of the pytest plugin", [_import() for _ in range(8)][1:], "ms", 10)
    sessions = [_session() for _ in range(4)][1:]
    yield upper("first fixture `odoo` of a session", [first for first, *_ in sessions], "ms", 300)
    yield upper("every next one, after a test that wrote", [each for _, *rest in sessions for each in rest], "ms", 2)


def _import() -> float:
    command = [sys.executable, "-c", IMPORT]
    return float(subprocess.run(command, capture_output=True, check=True, text=True, env=_environment()).stdout)


def _environment() -> dict[str, str]:
    """That of this process, with bytecode kept."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _session() -> list[float]:
    """How long the set-up of each test took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "conftest.py").write_text(CONFTEST)
        (folder / "test_partner.py").write_text(TESTS)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:randomly", "."]
        if not entry_points(group="pytest11", name="fauxdoo"):
            command += ["-p", "fauxdoo.harness.plugin"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=_environment())
        durations = json.loads((folder / "durations.json").read_text())
    return [milliseconds for what, milliseconds in durations if what == "setup"]
