"""The Node.js example against `fauxdoo serve`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent / "node"
SERVE = [sys.executable, "-c", "from fauxdoo.harness.cli import main; main()", "serve", "--json", "-p", "0"]


@pytest.fixture
def url() -> Iterator[str]:
    """Where a server of its own listens."""
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield json.loads(server.stdout.readline())["url"]
        server.terminate()


@pytest.fixture
def node_modules() -> str:
    """The folder with what `npm ci` installs for the example."""
    folder = os.environ.get("FAUXDOO_NODE_MODULES", "")
    if Path(folder, "odoo-await").is_dir():
        return folder
    reason = "FAUXDOO_NODE_MODULES names no folder with odoo-await (npm ci in tests/examples/node)"
    if os.environ.get("FAUXDOO_NO_SKIP"):
        pytest.fail(reason)
    pytest.skip(reason)


def test_a_connector_in_node(node: str, node_modules: str, url: str) -> None:
    """It makes databases, calls, and asks for verdicts over the admin API alone."""
    environment = {**os.environ, "NODE_PATH": node_modules, "FAUXDOO_URL": url}
    command = [node, "--test", "shop.test.js"]
    run = subprocess.run(command, cwd=EXAMPLE, env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# pass 3" in run.stdout or "ℹ pass 3" in run.stdout
