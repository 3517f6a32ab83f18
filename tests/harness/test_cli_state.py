"""`fauxdoo state`: what a running server holds, in files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fauxdoo.harness.cli import main
from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def _server() -> Iterator[FakeOdoo]:
    with FakeOdoo(admin_token="token") as odoo:
        yield odoo


@pytest.fixture
def server(_server: FakeOdoo) -> FakeOdoo:
    """A listening server that asks for a token."""
    _server.reset()
    return _server


def _state(server: FakeOdoo, command: str, *arguments: Any) -> Result:
    options = ["--url", server.url, "--admin-token", "token"]
    return CliRunner().invoke(main, ["state", command, *options, *map(str, arguments)])


def test_export_diff_import(server: FakeOdoo, tmp_path: Path) -> None:
    """What was exported is what differs after a reset, and is there again after the import."""
    file = tmp_path / "state.json"
    partner = server.env["res.partner"].create({"name": "Ada"})
    assert _state(server, "export", "-o", file).exit_code == 0
    assert json.loads(_state(server, "export").output) == json.loads(file.read_text())
    assert _state(server, "diff", file).exit_code == 0
    assert _state(server, "reset").exit_code == 0
    differing = _state(server, "diff", file)
    assert (differing.exit_code, f"- res.partner __export__.res_partner_{partner.id} (Ada)" in differing.output) == (
        1,
        True,
    )
    assert _state(server, "import", file).exit_code == 0
    assert server.env["res.partner"].search([("name", "=", "Ada")])
    assert _state(server, "diff", file, file).output == ""


def test_snapshots(server: FakeOdoo) -> None:
    """A snapshot's name is printed, and leads back."""
    name = _state(server, "snapshot").output.strip()
    server.env["res.partner"].create({"name": "Ada"})
    assert _state(server, "restore", name).exit_code == 0
    assert not server.env["res.partner"].search([("name", "=", "Ada")])


def test_databases(server: FakeOdoo, tmp_path: Path) -> None:
    """`--db` names another one."""
    copy = server.database()
    copy.env["res.partner"].create({"name": "Ada"})
    assert json.loads(_state(server, "export").output)["records"] == {}
    assert "Ada" in _state(server, "export", "--db", copy.db).output


def test_mistakes(server: FakeOdoo, tmp_path: Path) -> None:
    """Wrong usage is 2, a server that is not there 3; each says why."""
    file = tmp_path / "state.json"
    file.write_text('{"records": {"no.model": {}}}')
    assert "there is no model 'no.model'" in _state(server, "import", file).output
    file.write_text("{")
    wrong = [
        _state(server, "import", file),
        _state(server, "export", "--db", "nope"),
        _state(server, "restore", "nope"),
    ]
    wrong.append(CliRunner().invoke(main, ["state", "export", "--url", server.url]))
    assert [result.exit_code for result in wrong] == [2, 2, 2, 2]
    absent = CliRunner().invoke(main, ["state", "export", "--url", "http://127.0.0.1:1"])
    assert (absent.exit_code, "no Fauxdoo answers at http://127.0.0.1:1" in absent.output) == (3, True)
