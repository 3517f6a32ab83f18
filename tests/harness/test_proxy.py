"""A proxy between a client and a real Odoo, which here is another fake."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import xmlrpc.client
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import requests

from fauxdoo.harness.clients import JsonRpc, Target, WebSession
from fauxdoo.harness.clients import XmlRpc as XmlRpcClient
from fauxdoo.harness.proxy import Capture, Diff, Proxy, Spy
from fauxdoo.harness.proxy.shape import differences
from fauxdoo.harness.recording import Recorder, Redaction
from fauxdoo.harness.recording.translation import step_of
from fauxdoo.harness.verifier import verify
from fauxdoo.mockserver import FakeOdoo

_PASSWORD = "correct-horse-battery"


def _target(odoo: FakeOdoo, url: str = "") -> Target:
    return Target(url or odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)


@pytest.fixture(scope="module")
def real(small_letters: ModuleType) -> Iterator[FakeOdoo]:
    """A "real" Odoo that keeps references in small letters when they are changed."""
    with FakeOdoo(dialect="odoo", password=_PASSWORD, extensions=(small_letters,)) as odoo:
        yield odoo


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeOdoo]:
    """What it is compared with; its ids are others."""
    with FakeOdoo(dialect="odoo", password=_PASSWORD) as odoo:
        odoo.env["res.partner"].create([{"name": str(number)} for number in range(3)])
        yield odoo


def _session(target: Target) -> None:
    """What an integration does: over four protocols, with records that later calls name."""
    rpc, xml, web = JsonRpc(target), XmlRpcClient(target), WebSession(target)
    made = rpc.call("res.partner", "create", [{"name": "Ada", "ref": "A"}, {"name": "Bo"}])
    child = xml.call("res.partner", "create", {"name": "Child", "parent_id": made[0]})
    assert xml.call("res.partner", "read", [child], ["parent_id"])[0]["parent_id"][0] == made[0]
    assert web.call("res.partner", "search_count", [["id", "in", [*made, child]]]) == 3
    headers = {"Authorization": f"bearer {target.api_key}"}
    city = {"ids": [made[0]], "vals": {"city": "Oslo"}}
    assert requests.post(f"{target.url}/json/2/res.partner/write", json=city, headers=headers).json() is True
    assert "error" in rpc.outcome("res.partner", "read", [made], {"fields": ["nope"]})
    for client in (rpc, xml, web):
        client.close()


def test_capture(real: FakeOdoo, fake: FakeOdoo) -> None:
    """The client notices nothing; what was captured is recorded anew, and holds on another server."""
    mode = Capture(real.url, print)
    with Proxy(mode) as proxy:
        _session(_target(real, proxy.url))
    case = Redaction(_target(real)).redacted(mode.case("shop/sync"))
    assert [step["method"] for step in case["steps"]] == ["create", "create", "read", "search_count", "write", "read"]
    assert {step["via"] for step in case["steps"]} == {"jsonrpc", "xmlrpc", "call_kw", "json2"}
    assert case["steps"][1]["args"][0]["parent_id"] == {"$ref": "step1.0"}
    assert case["steps"][4]["ids"] == [{"$ref": "step1.0"}]
    assert _PASSWORD not in json.dumps(case)
    assert real.api_key not in json.dumps(case)
    recorder = Recorder(_target(real))
    recorded = [*recorder.record([case])]
    recorder.close()
    assert verify(_target(fake), recorded).ok


def test_diff(real: FakeOdoo, fake: FakeOdoo) -> None:
    """The fake does the same to records of its own; what it answers otherwise is told once it is read."""
    told: list[str] = []
    mode = Diff(real.url, told.append, _target(fake))
    with Proxy(mode) as proxy:
        _session(_target(real, proxy.url))
        assert (mode.calls, mode.differing, told) == (6, 0, [])
        client = JsonRpc(_target(real, proxy.url))
        made = client.call("res.partner", "create", {"name": "x"})
        client.call("res.partner", "write", [made], {"ref": "A"})
        assert client.call("res.partner", "read", [made], ["ref", "create_date"])[0]["ref"] == "a"
        client.close()
    assert mode.differing == 1
    assert told[0].startswith("res.partner.read over jsonrpc differs:\n  real {")
    assert '"ref": "A"' in told[0]


@pytest.mark.off_contract
def test_spy(real: FakeOdoo, fake: FakeOdoo) -> None:
    """The fake answers; the real one is not written to, and asked what form its answers have."""
    told: list[str] = []
    mode = Spy(real.url, told.append, fake.wsgi_app)
    partners = real.env["res.partner"].search_count([])
    with Proxy(mode) as proxy:
        client = JsonRpc(_target(fake, proxy.url))
        made = client.call("res.partner", "create", {"name": "Only in the fake"})
        assert client.call("res.partner", "search_read", [["name", "=", "Administrator"]], ["email"])
        assert "error" in client.outcome("res.partner", "read", [[made], ["nope"]], {})
        assert requests.post(f"{proxy.url}/_fauxdoo/reset", timeout=10).status_code == 404
        assert told == []
        with real.stub("res.partner", "search_count", returns="many"):
            client.call("res.partner", "search_count", [])
        client.close()
    assert real.env["res.partner"].search_count([]) == partners
    assert told == [
        "res.partner.search_count over jsonrpc differs:\n  /result is a text in the real one, a number in the fake"
    ]
    assert fake.env["res.partner"].browse(made).name == "Only in the fake"


def test_nobody_behind() -> None:
    """The client gets a 502, and the proxy goes on."""
    with Proxy(Capture("http://127.0.0.1:9", print)) as proxy:
        for _ in range(2):
            answer = requests.get(f"{proxy.url}/web/login", timeout=10)
            assert answer.status_code == 502
            assert answer.text == "http://127.0.0.1:9 does not answer: ConnectionRefusedError\n"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/web/login", b""),
        ("/jsonrpc", b"[]"),
        ("/jsonrpc", b'{"params": {"service": "object", "method": "execute_kw", "args": [1]}}'),
        ("/jsonrpc", b'{"params": {"service": "common", "method": "login", "args": ["db", "me", "secret"]}}'),
        ("/jsonrpc", b'{"params": {"service": "db", "method": "drop", "args": ["master", "db"]}}'),
        ("/xmlrpc/2/object", b"<no"),
        ("/xmlrpc/2/object", b'<!DOCTYPE a [<!ENTITY b "c">]><methodCall><methodName>&b;</methodName></methodCall>'),
        ("/json/2/res.partner/read", b"3"),
    ],
)
def test_what_is_no_call(path: str, body: bytes) -> None:
    """Logins, and what cannot be read, are no steps."""
    assert step_of("POST", path, body) is None


def test_shape() -> None:
    """Data may differ, form may not."""
    real = {"result": [{"id": 1, "name": "a", "parent_id": False, "amount": 1}]}
    assert [*differences(real, {"result": []})] == []
    assert [*differences(real, {"result": [{"id": 7, "name": "b", "parent_id": [1, "x"], "amount": 2.5}]})] == []
    assert sorted(differences(real, {"result": [{"id": "7", "name": "b", "amount": 2}]})) == [
        "/result/0/id is a number in the real one, a text in the fake",
        "/result/0/parent_id has only the real one",
    ]
    assert [*differences({"error": {"name": "A", "message": "x"}}, {"error": {"name": "B", "message": "y"}})] == [
        "/error/name is 'A' in the real one, 'B' in the fake"
    ]
    assert sorted(differences({"result": 1}, {"error": {}})) == [
        "/error has only the fake one",
        "/result has only the real one",
    ]


def test_command(real: FakeOdoo, tmp_path: Path) -> None:
    """Ctrl-C ends it, and what was captured is in the file."""
    output = tmp_path / "capture.json"
    options = ["--upstream", real.url, "--port", "0", "--password", _PASSWORD, "-o", str(output), "--case", "a/b"]
    command = [sys.executable, "-c", "from fauxdoo.harness.cli import main; main()", "proxy", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http")).rstrip(",")
        assert xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common").version()["server_version"] == "19.0"
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert process.returncode == 0
    assert rest == f"1 calls\nwritten to {output}\n"
    (case,) = json.loads(output.read_text())
    assert case["case"] == "a/b"
    step: dict[str, Any] = case["steps"][0]
    assert (step["do"], step["service"], step["method"]) == ("rpc", "common", "version")
