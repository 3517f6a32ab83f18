"""Generated calls find what differs, and nothing where nothing does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from fauxdoo.harness.cli import main
from fauxdoo.harness.fuzzing import case_of
from fauxdoo.harness.reduction import reduced
from fauxdoo.harness.strategies import Call
from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def odd(small_letters: ModuleType) -> Iterator[FakeOdoo]:
    """A "real" Odoo that keeps references in small letters when they are changed."""
    with FakeOdoo(dialect="odoo", extensions=(small_letters,)) as odoo:
        yield odoo


def _fuzz(odoo: FakeOdoo, *arguments: object) -> Result:
    server = ["--url", odoo.url, "--db", odoo.db, "--allow-writes"]
    return CliRunner().invoke(main, ["fuzz", *server, *map(str, arguments)])


def test_the_shortest_difference_is_a_recording(odd: FakeOdoo, tmp_path: Path) -> None:
    """Make, change, read, in the simplest values; nothing it made stays."""
    partners = odd.env["res.partner"].search_count([])
    output = tmp_path / "difference.json"
    result = _fuzz(odd, "--fields", "name,ref,city", "--modules", "crm", "-o", output)
    assert result.exit_code == 1, result.output
    (case,) = json.loads(output.read_text())
    create, write, read, _unlink = case["steps"]
    assert (create["args"], write["args"][1]) == ([[{"name": "x"}]], {"ref": "A"})
    assert read["expect"]["result"][0]["ref"] == "a"
    assert "1 of 1 models differ" in result.stdout
    assert odd.env["res.partner"].search_count([]) == partners
    assert CliRunner().invoke(main, ["verify", "--url", odd.url, "--db", odd.db, str(output)]).exit_code == 0


def test_no_difference(tmp_path: Path) -> None:
    """Two fakes are one Odoo: no file is written."""
    with FakeOdoo(dialect="odoo") as odoo:
        arguments = ["--model", "crm.lead", "--model", "product.template", "--examples", 15, "-o", tmp_path / "none"]
        result = _fuzz(odoo, *arguments)
    assert (result.exit_code, (tmp_path / "none").exists()) == (0, False), result.output
    assert "30 sequences, 0 of 2 models differ" in result.stdout


def test_wrong_usage(odd: FakeOdoo) -> None:
    """Models and fields that are not there."""
    assert "has no model no.such" in _fuzz(odd, "--model", "no.such").stderr
    assert "res.partner has no field nme" in _fuzz(odd, "--fields", "nme").stderr


def test_reduced() -> None:
    """Calls, records and values that do not matter go; those that do become simple."""
    sequence: list[Call] = [
        ("create", [[{"name": "ab", "ref": "xyz"}, {"name": "c"}]]),
        ("search", [[["name", "=", "x"]]]),
        ("write", [[0, 1], {"ref": "Long", "color": 1234}]),
        ("unlink", [[1]]),
    ]

    def shows(candidate: list[Call]) -> bool:
        return any(method == "write" and str(args[1].get("ref", "")).istitle() for method, args in candidate)

    assert reduced(sequence, shows) == [("write", [[0], {"ref": "A"}])]


def test_case_of() -> None:
    """Records are those that steps made; what was refused makes none; what is left is read and deleted."""
    sequence: list[Call] = [
        ("create", [[{}]]),
        ("create", [[{}, {}]]),
        ("write", [[1], {"name": "y"}]),
        ("unlink", [[0]]),
    ]
    steps = case_of("crm.tag", ["name"], sequence)["steps"]
    first, second, third = {"$ref": "made0.0"}, {"$ref": "made1.0"}, {"$ref": "made1.1"}
    assert [step["method"] for step in steps] == ["create", "create", "write", "unlink", "read", "unlink"]
    assert [step["args"][0] for step in steps[2:]] == [[second], [first], [second, third], [second, third]]
    steps = case_of("crm.tag", ["name"], sequence, {"made0"})["steps"]
    assert [step["args"][0] for step in steps[2:]] == [[third], [second], [third], [third]]
