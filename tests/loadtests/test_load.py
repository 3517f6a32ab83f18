"""`fauxdoo load` and Locust itself against a server, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fauxdoo.loadtests.profiles import PROFILES, locustfile
from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server with a small company."""
    with FakeOdoo(demo=True) as odoo:
        yield odoo


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Without what pytest-cov and the like would do to it."""
    return subprocess.run(
        [sys.executable, *command], env={**os.environ, **environment}, capture_output=True, text=True, timeout=120
    )


def _load(odoo: FakeOdoo, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = "from fauxdoo.harness.cli import main; main()"
    access = ("--url", odoo.url, "--db", odoo.db, "--api-key", odoo.api_key)
    return _run("-c", command, "load", *arguments, *access, FAUXDOO_LOAD_RECORDS="500")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile(odoo: FakeOdoo, profile: str, tmp_path: Path) -> None:
    """It makes requests, and none of them fails."""
    report = tmp_path / "report.json"
    run = _load(odoo, profile, "-u", "4", "-r", "4", "-t", "6s", "--threshold", "errors<=0%", "--json", str(report))
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads(report.read_text())["total"]["requests"] > 0


def test_a_broken_threshold_is_a_no_go(odoo: FakeOdoo, tmp_path: Path) -> None:
    """Exit code 1, and the page says so; Locust's files are kept where they are wanted."""
    page, files = tmp_path / "report.html", tmp_path / "run"
    limits = tmp_path / "limits"
    limits.write_text("p50<0.001\n")
    arguments = ("--shape", "spike", "-u", "4", "-t", "4s", "--thresholds", str(limits), "--html", str(page))
    run = _load(odoo, "catalogue-reader", *arguments, "--csv", str(files))
    assert run.returncode == 1, run.stdout + run.stderr
    assert "BROKEN  p50<0.001" in run.stdout
    assert "NO-GO" in page.read_text()
    assert Path(f"{files}_stats.csv").exists()


def test_several_processes(odoo: FakeOdoo) -> None:
    """A master and two workers on this machine make one result."""
    arguments = ("-u", "4", "-r", "4", "-t", "4s", "--processes", "2", "--threshold", "requests>0")
    run = _load(odoo, "stock-poller", *arguments)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_test_that_is_ended_early(odoo: FakeOdoo, tmp_path: Path) -> None:
    """A SIGTERM ends Locust too; what was measured until then is reported."""
    report, seen = tmp_path / "report.json", len(odoo.journal)
    command = [sys.executable, "-c", "from fauxdoo.harness.cli import main; main()", "load", "stock-poller"]
    access = ("--url", odoo.url, "--db", odoo.db, "--api-key", odoo.api_key, "-t", "2m", "--json", str(report))
    with subprocess.Popen([*command, *access], start_new_session=True, stdout=subprocess.DEVNULL) as run:
        while len(odoo.journal) == seen and run.poll() is None:
            time.sleep(0.1)
        time.sleep(2)  # Locust writes its files once a second
        run.terminate()
        run.wait(60)
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    assert json.loads(report.read_text())["total"]["requests"] > 0


def test_plain_locust(odoo: FakeOdoo) -> None:
    """Each profile is a locustfile."""
    options = ("--headless", "-u", "2", "-r", "2", "-t", "2s", "--host", odoo.url, "--only-summary")
    run = _run("-m", "locust", "-f", str(locustfile("stock-poller")), *options, FAUXDOO_API_KEY=odoo.api_key)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nope",), 2, "is not one of"),
        (("mixed-day", "--threshold", "p95"), 2, "is no threshold"),
        (("mixed-day", "-t", "soon"), 2, "is no time such as"),
        (("mixed-day", "--url", "http://127.0.0.1:9"), 3, "is not reached"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], code: int, told: str) -> None:
    """The exit code and a sentence."""
    run = _run("-c", "from fauxdoo.harness.cli import main; main()", "load", *arguments)
    assert (run.returncode, told in run.stderr) == (code, True), run.stderr
