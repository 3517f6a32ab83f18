"""`fauxdoo capacity` and `serve --capacity`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fauxdoo.harness.cli import main
from fauxdoo.mockserver.capacity import capacity_of
from fauxdoo.mockserver.capacity.profile import Service


def _row(name: str, requests: int, p50: float, p95: float, failures: int = 0) -> dict[str, Any]:
    return {"name": name, "requests": requests, "failures": failures, "p50": p50, "p95": p95}


def _sample(path: Path, users: int, *rows: dict[str, Any]) -> Path:
    total = _row("Aggregated", 100, 20, 50)
    path.write_text(json.dumps({"total": total, "rows": rows, "history": [{"users": users}], "failures": []}))
    return path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_calibrated(tmp_path: Path) -> None:
    """Times are those of the sample, of the protocol with most requests; limits those of the profile it is like."""
    rows = [
        _row("xmlrpc res.partner.read", 10, 30, 60),
        _row("json2 res.partner.read", 90, 10, 25),
        _row("json2 crm.lead.create", 5, 0, 0, failures=5),
        _row("rest GET /api/<id>", 5, 7, 8),
    ]
    sample = _sample(tmp_path / "one.json", 1, *rows)
    output = tmp_path / "mine.json"
    result = _run("capacity", sample, "--like", "odoo-4-workers", "--workers", 3, "-o", output)
    assert (result.exit_code, result.output) == (0, f"1 methods in {output}\n")
    capacity = capacity_of(str(output))
    assert (capacity.workers, capacity.limit_time_real) == (3, 120)
    assert capacity.service == {"*": Service(0.02, 0.05), "res.partner.read": Service(0.01, 0.025)}
    assert json.loads(_run("capacity", sample).stdout)["workers"] == 1


def test_several_users_are_told(tmp_path: Path) -> None:
    """They wait for each other."""
    result = _run("capacity", _sample(tmp_path / "ten.json", 10), "-o", tmp_path / "mine.json")
    assert (result.exit_code, "more than one user" in result.stderr) == (0, True)


@pytest.mark.parametrize("text", ["", "[]", '{"rows": [3]}'])
def test_no_sample(tmp_path: Path, text: str) -> None:
    """Wrong usage."""
    (tmp_path / "x.json").write_text(text)
    result = _run("capacity", tmp_path / "x.json")
    assert (result.exit_code, "is not what `fauxdoo load --json` writes" in result.stderr) == (2, True)


def test_serve(tmp_path: Path) -> None:
    """A profile that is none is wrong usage."""
    result = _run("serve", "--port", 0, "--capacity", "tiny")
    assert result.exit_code == 2
    assert "no capacity 'tiny', and no file of that name; there are: odoo-default" in result.stderr
