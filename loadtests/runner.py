"""Runs Locust in a process of its own, for it patches what it imports, and reads what it measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from fauxdoo.loadtests.profiles import locustfile
from fauxdoo.loadtests.results import Results

__all__ = ["LocustFailed", "LocustMissing", "run"]

_FAILURES = 1
"""Locust's exit code where a request failed: thresholds say whether that matters."""


class LocustMissing(Exception):
    """The extra `load` is not installed."""

    def __init__(self) -> None:
        super().__init__("load tests need Locust: pip install 'fauxdoo[load]'")


class LocustFailed(Exception):
    """It could not run, or made no request."""


def run(profile: str, options: Sequence[str], environment: Mapping[str, str], prefix: Path) -> Results | None:
    """What the profile measured with these options of Locust's; None of a worker, whose master knows.

    A SIGTERM ends the test early. Raises LocustMissing, LocustFailed, and KeyError for an unknown profile.
    """
    if find_spec("locust") is None:
        raise LocustMissing
    command = [sys.executable, "-m", "locust", "-f", str(locustfile(profile)), "--headless", *options]
    files = ["--csv", str(prefix), "--csv-full-history"]
    is_worker = "--worker" in options
    code = _exit_code([*command, *([] if is_worker else files)], {**os.environ, **environment})
    if code not in (0, _FAILURES):
        raise LocustFailed(f"Locust ended with exit code {code}")
    if is_worker:
        return None
    try:
        return Results.read(prefix)
    except (FileNotFoundError, ValueError) as error:
        raise LocustFailed(f"nothing was measured: {error}") from None


def _exit_code(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """That of a process, which is told when this one is to end; from the main thread only."""
    with subprocess.Popen(command, env=environment) as process:
        before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGTERM, before)
