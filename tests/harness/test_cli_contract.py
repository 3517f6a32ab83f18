"""`fauxdoo contract`: pull, verify and diff as they are typed, with their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema_rs import meta

from fauxdoo.harness.cli import main
from fauxdoo.mockserver import FakeOdoo

EMPTY = {"usage": 1, "protocols": ["jsonrpc"], "models": {}}


def _contract(*arguments: Any) -> Result:
    return CliRunner().invoke(main, ["contract", *map(str, arguments)])


def _server(odoo: FakeOdoo) -> list[str]:
    return ["--url", odoo.url, "--db", odoo.db, "--api-key", odoo.api_key]


@pytest.fixture
def usage(tmp_path: Path) -> Path:
    """A usage contract of one protocol."""
    path = tmp_path / "usage.json"
    path.write_text(json.dumps(EMPTY))
    return path


def test_pull_and_diff(odoo: FakeOdoo, tmp_path: Path) -> None:
    """A pulled model differs in nothing from itself; the built-in catalogue has more models."""
    result = _contract("pull", *_server(odoo), "--models", "crm.tag", tmp_path / "pulled")
    assert (result.exit_code, result.stdout) == (0, f"1 models written to {tmp_path / 'pulled'}\n")
    assert _contract("diff", tmp_path / "pulled", tmp_path / "pulled").exit_code == 0
    assert _contract("diff", "odoo-19.0", tmp_path / "pulled").exit_code == 0


def test_diff_that_breaks(odoo: FakeOdoo, tmp_path: Path) -> None:
    """Exit code 1, and the change."""
    _contract("pull", *_server(odoo), "--models", "crm.tag", tmp_path / "pulled")
    file = tmp_path / "pulled" / "models" / "crm.tag.json"
    facts = json.loads(file.read_text())
    del facts["fields"]["color"]
    file.write_text(json.dumps(facts))
    result = _contract("diff", "odoo-19.0", tmp_path / "pulled")
    assert (result.exit_code, result.output) == (1, "removed   crm.tag.color\n")


def test_pull_of_an_unknown_model(odoo: FakeOdoo, tmp_path: Path) -> None:
    """Is skipped with its reason, and exit code 1."""
    result = _contract("pull", *_server(odoo), "--models", "no.such", tmp_path / "pulled")
    assert result.exit_code == 1
    assert "skipped no.such: the model 'no.such' does not exist" in result.stderr


@pytest.mark.parametrize(
    ("form", "shown"), [("table", "1 checks: 1 ok"), ("json", '"outcome": "ok"'), ("junit", "<testsuite")]
)
def test_verify(odoo: FakeOdoo, usage: Path, form: str, shown: str) -> None:
    """Every form of the report."""
    result = _contract("verify", *_server(odoo), "--format", form, usage)
    assert result.exit_code == 0
    assert shown in result.output


def test_verify_to_a_file(odoo: FakeOdoo, usage: Path, tmp_path: Path) -> None:
    """The report goes where it is wanted."""
    result = _contract("verify", *_server(odoo), "--output", tmp_path / "report.txt", usage)
    assert (result.exit_code, result.output) == (0, "")
    assert "1 checks" in (tmp_path / "report.txt").read_text()


def test_verify_that_fails(odoo: FakeOdoo, usage: Path) -> None:
    """Exit code 1, and what is wrong."""
    model = {"methods": {}, "rights": [], "fields": {"nope": {"type": "char"}}}
    usage.write_text(json.dumps({**EMPTY, "models": {"res.partner": model}}))
    result = _contract("verify", *_server(odoo), usage)
    assert result.exit_code == 1
    assert "failed   res.partner.nope  the field does not exist" in result.output


def test_no_server(usage: Path) -> None:
    """Exit code 3."""
    result = _contract("verify", "--url", "http://127.0.0.1:9", "--db", "odoo", "--api-key", "x", usage)
    assert result.exit_code == 3


def test_refused(odoo: FakeOdoo, usage: Path) -> None:
    """Wrong credentials: exit code 1, with Odoo's words."""
    result = _contract("verify", "--url", odoo.url, "--db", odoo.db, "--api-key", "wrong", usage)
    assert (result.exit_code, "Invalid apikey" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "--url", "http://127.0.0.1:9", "--db", "odoo"],
        ["diff", "odoo-19.0", "/no/such/folder"],
        ["pull", "--url", "http://127.0.0.1:9", "--db", "odoo", "/tmp/never"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    """Exit code 2."""
    assert _contract(*arguments).exit_code == 2


def test_schemas(tmp_path: Path) -> None:
    """Those of all traffic and of the models that are wanted, each a schema; a misspelt model writes nothing."""
    result = _contract("schemas", "--models", "crm.tag,res.partner", tmp_path / "schemas")
    written = sorted(path.relative_to(tmp_path / "schemas") for path in (tmp_path / "schemas").rglob("*.json"))
    assert (result.exit_code, result.output) == (0, f"{len(written)} schemas written to {tmp_path / 'schemas'}\n")
    assert {Path("domain.json"), Path("models/crm.tag.json"), Path("models/res.partner.json")} < {*written}
    for path in written:
        assert meta.is_valid(json.loads((tmp_path / "schemas" / path).read_text())), path
    result = _contract("schemas", "--models", "crm.tga", tmp_path / "none")
    assert (result.exit_code, (tmp_path / "none").exists()) == (2, False)
    assert "no model 'crm.tga'" in result.stderr
