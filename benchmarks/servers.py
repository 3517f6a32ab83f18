"""Starts servers in processes of their own and stops them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["bare_granian", "fauxdoo"]


@contextmanager
def fauxdoo(*options: str) -> Iterator[dict[str, Any]]:
    """`fauxdoo serve` on a free port; what it prints with `--json`."""
    program = "from fauxdoo.harness.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0", "--json", *options]
    with _running(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())


@contextmanager
def bare_granian(name: str) -> Iterator[str]:
    """One of the apps of `benchmarks.bare` under Granian; its URL."""
    port = _free_port()
    with _running([sys.executable, "-m", "benchmarks.bare", name, str(port)]):
        _wait(port)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(3000):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")
