"""What is recorded of a server holds on another that answers alike, and on no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fauxdoo.contracts import recordings
from fauxdoo.harness.cli import main
from fauxdoo.harness.clients import Target
from fauxdoo.harness.recording import Recorder, RecordingFailed, Redaction
from fauxdoo.harness.recordings import Case, load
from fauxdoo.harness.verifier import verify
from fauxdoo.mockserver import FakeOdoo

_PASSWORD = "correct-horse-battery"


def _target(odoo: FakeOdoo) -> Target:
    return Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)


@pytest.fixture(scope="module")
def real() -> Iterator[FakeOdoo]:
    """The server that is recorded, with a customer whose name is nobody's business."""
    with FakeOdoo(dialect="odoo", password=_PASSWORD) as odoo:
        odoo.env["res.partner"].create({"name": "Grace Hopper", "email": "grace@example.com", "ref": "GH"})
        yield odoo


@pytest.fixture(scope="module")
def other() -> Iterator[FakeOdoo]:
    """Another, on which ids are others."""
    with FakeOdoo(dialect="odoo", password=_PASSWORD) as odoo:
        odoo.env["res.partner"].create([{"name": str(number)} for number in range(7)])
        yield odoo


def _record(odoo: FakeOdoo, *cases: Case) -> list[Case]:
    recorder = Recorder(_target(odoo))
    try:
        return [*recorder.record(cases)]
    finally:
        recorder.close()


def _bare(case: Case) -> Case:
    return {**case, "steps": [{k: v for k, v in step.items() if k != "expect"} for step in case["steps"]]}


@pytest.mark.parametrize("area", ["command", "protocol"])
def test_what_is_recorded_holds_elsewhere(real: FakeOdoo, other: FakeOdoo, area: str) -> None:
    """The project's own cases, recorded anew on a fake, match on another with other ids."""
    cases = [_bare(case) for case in load(recordings(), f"{area}/")]
    recorded = _record(real, *cases)
    report = verify(_target(other), recorded)
    assert report.ok, report.differences[0]
    assert report.total.steps == sum(len(case["steps"]) for case in cases)
    text = json.dumps(recorded)
    assert _PASSWORD not in text
    assert real.api_key not in text
    assert text.count('"$any"') < 2 * report.total.steps


def _call(model: str, method: str, *args: Any, **more: Any) -> dict[str, Any]:
    return {"do": "call", "model": model, "method": method, "args": [*args], **more}


def test_what_differs_is_found(real: FakeOdoo, small_letters: ModuleType) -> None:
    """A server that keeps texts otherwise does not match."""
    create = _call("res.partner", "create", {"name": "A {{uniq}}"}, save="made")
    steps = [create, _call("res.partner", "write", [{"$ref": "made"}], {"ref": "A"})]
    steps.append(_call("res.partner", "read", [{"$ref": "made"}], ["ref"]))
    recorded = _record(real, {"case": "mine/ref", "steps": steps})
    with FakeOdoo(dialect="odoo", extensions=(small_letters,)) as odoo:
        (difference,) = verify(_target(odoo), recorded).differences
    assert (difference.index, difference.want["result"][0]["ref"], difference.got["result"][0]["ref"]) == (2, "A", "a")


def test_redaction(real: FakeOdoo) -> None:
    """What is known of people is left out unless the case wrote it; what is asked to be left out, too."""
    search = _call("res.partner", "search_read", [["email", "=", "grace@example.com"]], ["name", "email", "ref"])
    own = _call("res.partner", "create", {"name": "Own Name", "phone": "+1 555"}, save="made")
    read = _call("res.partner", "read", [{"$ref": "made"}], ["name", "phone"])
    (case,) = _record(real, {"case": "mine/people", "steps": [search, own, read]})
    (row,) = case["steps"][0]["expect"]["result"]
    assert (row["name"], row["email"], row["ref"]) == ({"$any": "str"}, "grace@example.com", "GH")
    assert case["steps"][2]["expect"]["result"][0]["name"] == "Own Name"
    stricter = Redaction(_target(real), ["ref", "name", "email"]).redacted({**case, "steps": case["steps"][:1]})
    assert stricter["steps"][0]["expect"]["result"][0]["ref"] == {"$any": "str"}


def test_secrets_are_left_out(real: FakeOdoo) -> None:
    """Of what is sent they become what is filled in; in answers their type stays."""
    steps = [
        {"do": "rpc", "service": "common", "method": "login", "args": [real.db, real.login, _PASSWORD]},
        _call("ir.config_parameter", "set_param", "my.param", f"x{_PASSWORD}y"),
        _call("ir.config_parameter", "get_param", "my.param"),
    ]
    (case,) = _record(real, {"case": "mine/secrets", "steps": steps})
    assert case["steps"][0]["args"][2] == "{{password}}"
    assert case["steps"][1]["args"][1] == "x{{password}}y"
    assert case["steps"][2]["expect"] == {"result": {"$any": "str"}}


def test_errors_keep_their_class(real: FakeOdoo) -> None:
    """Whether a client or the body of a reply tells it; tracebacks go."""
    wrong = _call("res.partner", "read", [1], ["nope"])
    params = {"service": "common", "method": "nope", "args": []}
    body = {"do": "http", "method": "POST", "path": "/jsonrpc", "json": {"jsonrpc": "2.0", "params": params}}
    (case,) = _record(real, {"case": "mine/errors", "steps": [wrong, body]})
    assert case["steps"][0]["expect"]["error"]["name"] == "builtins.ValueError"
    data = case["steps"][1]["expect"]["json"]["error"]["data"]
    assert (data["name"], "debug" in data) == ("builtins.Exception", False)


def test_no_answer_is_no_recording(real: FakeOdoo) -> None:
    """A reference to what never came is told, with the step."""
    step = _call("res.partner", "read", [{"$ref": "nothing"}], ["name"])
    with pytest.raises(RecordingFailed, match="mine/broken step 0: it refers to a result that never came"):
        _record(real, {"case": "mine/broken", "steps": [step]})


def _run(odoo: FakeOdoo, *arguments: object) -> Result:
    server = ["--url", odoo.url, "--db", odoo.db, "--password", odoo.password]
    return CliRunner().invoke(main, [str(arguments[0]), *server, *map(str, arguments[1:])])


def test_command(real: FakeOdoo, other: FakeOdoo, tmp_path: Path) -> None:
    """Refuses a database that may be in use, records, and what it wrote verifies; files that are none are refused."""
    cases = tmp_path / "mine.json"
    cases.write_text(json.dumps([{"case": "mine/tag", "steps": [_call("crm.tag", "create", {"name": "t {{uniq}}"})]}]))
    result = _run(real, "record", cases)
    assert (result.exit_code, cases.read_text().count("expect")) == (2, 0)
    assert "may be one that people work in" in result.stderr
    assert _run(other, "verify", cases).exit_code == 2
    real.env["ir.config_parameter"].set_param("fauxdoo.test_database", "True")
    result = _run(real, "record", cases, "-o", tmp_path / "out.json")
    assert (result.exit_code, result.stdout) == (0, f"1 cases, 1 steps in {tmp_path / 'out.json'}\n")
    assert _run(other, "verify", tmp_path / "out.json").exit_code == 0
    cases.write_text('[{"case": "x"}]')
    assert "mine.json is no list of" in _run(real, "record", cases).stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
