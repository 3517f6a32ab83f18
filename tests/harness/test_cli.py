"""The `fauxdoo` command: what it prints, how it ends, how it takes its options."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from fauxdoo.harness import serving
from fauxdoo.harness.browser import Browser
from fauxdoo.harness.cli import main
from fauxdoo.harness.clients import JsonRpc, RemoteError, Target

CASE = {"case": "x/version", "steps": [{"do": "rpc", "service": "common", "method": "version", "args": []}]}


@pytest.fixture
def recording(tmp_path: Path) -> Callable[[Any], str]:
    """Writes a recording of one step with the given expectation."""

    def write(expect: Any) -> str:
        path = tmp_path / "x.json"
        path.write_text(json.dumps([{**CASE, "steps": [{**CASE["steps"][0], "expect": expect}]}]))  # type: ignore[dict-item]
        return str(path)

    return write


def _verify(stub: Any, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["verify", "--url", stub.url, "--db", "odoo", *arguments])


def test_verify_match(stub: Any, recording: Callable[[Any], str]) -> None:
    """Everything as recorded: a table and exit code 0."""
    result = _verify(stub, recording({"result": None}))
    assert result.exit_code == 0
    assert "x              steps     1/1     (100.0 %) cases    1/1" in result.output


def test_verify_difference(stub: Any, recording: Callable[[Any], str]) -> None:
    """A difference: exit code 1, and told with -v."""
    path = recording({"result": 5})
    assert _verify(stub, path).exit_code == 1
    assert 'want {"result": 5}' in _verify(stub, path, "-v").output


def test_verify_only(stub: Any, recording: Callable[[Any], str]) -> None:
    """Cases that are not asked for are left out."""
    assert _verify(stub, recording({"result": 5}), "--only", "y/").exit_code == 0


def test_verify_unreached() -> None:
    """No server: exit code 3."""
    result = CliRunner().invoke(main, ["verify", "--url", "http://127.0.0.1:9", "--db", "odoo", "--only", "auth/"])
    assert result.exit_code == 3
    assert "does not answer" in result.output


def test_verify_environment(stub: Any, recording: Callable[[Any], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Options may be environment variables."""
    monkeypatch.setenv("FAUXDOO_URL", stub.url)
    monkeypatch.setenv("FAUXDOO_DB", "odoo")
    assert CliRunner().invoke(main, ["verify", recording({"result": None})]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["verify"], "Missing option '--url'"),
        (["verify", "--url", "http://x", "--db", "odoo", "missing.json"], "does not exist"),
        (["verify", "--url", "http://x", "--db", "odoo", "--api-key-env", "NO_SUCH_KEY"], "NO_SUCH_KEY"),
        (["serve", "--port", "99999"], "99999"),
        (["serve", "--dialect", "x"], "'guide', 'odoo'"),
        (["serve", "--host", "0.0.0.0"], "--admin-token"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    """Wrong usage: exit code 2 and a word why."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_taken_port() -> None:
    """A port that another server listens on is not shared with it."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = CliRunner().invoke(main, ["serve", "--port", str(other.getsockname()[1])])
    assert result.exit_code == 2
    assert "cannot listen on 127.0.0.1" in result.output


def test_granian_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, `serve` says what to install."""
    monkeypatch.setitem(sys.modules, "granian.server", None)
    result = CliRunner().invoke(main, ["serve", "--port", "0"])
    assert result.exit_code == 2
    assert "pip install 'fauxdoo[serve]'" in result.output


def test_free_address() -> None:
    """Names become addresses, port 0 a free one."""
    address, port = serving.free_address("localhost", 0)
    assert address in ("127.0.0.1", "::1")
    assert port > 0


class _Served:
    """`fauxdoo serve --json` in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-c", "from fauxdoo.harness.cli import main; main()", "serve", "--json", "-p", "0"]
        self.process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.access: dict[str, Any] = json.loads(self.process.stdout.readline())

    def client(self, password: str) -> JsonRpc:
        return JsonRpc(Target(self.access["url"], self.access["db"], self.access["login"], password))

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@pytest.fixture
def start() -> Iterator[Callable[..., _Served]]:
    """Starts servers that end with the test."""
    servers: list[_Served] = []

    def start(*arguments: str) -> _Served:
        servers.append(_Served(*arguments))
        return servers[-1]

    yield start
    for server in servers:
        if server.process.poll() is None:
            server.stop()


def test_serve(start: Callable[..., _Served]) -> None:
    """A line of JSON tells where the server listens; password and key both get in; SIGTERM ends it with 0."""
    server = start("--db", "shop", "--login", "root", "--password", "secret")
    assert server.access["db"] == "shop"
    for password in ("secret", server.access["api_key"]):
        assert server.client(password).call("res.partner", "search_count", [["id", "=", 1]]) == 1
    assert server.stop() == 0


def test_serve_over_https(start: Callable[..., _Served]) -> None:
    """With --tls the file to trust is printed, and goes with the server."""
    server = start("--tls")
    url, ca_file = server.access["url"], server.access["ca_file"]
    assert url.startswith("https://")
    assert Browser(url, ca_file=ca_file).request("GET", "/_fauxdoo/health").status == 200
    assert server.stop() == 0
    assert not Path(ca_file).exists()


def test_serve_over_https_needs_trustme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, `serve --tls` says what to install."""
    monkeypatch.setitem(sys.modules, "trustme", None)
    result = CliRunner().invoke(main, ["serve", "--port", "0", "--tls"])
    assert result.exit_code == 2
    assert "pip install 'fauxdoo[tls]'" in result.output


def test_serve_stops_on_interrupt(start: Callable[..., _Served]) -> None:
    """Ctrl-C ends it with 0 too."""
    assert start().stop(signal.SIGINT) == 0


def test_serve_keys(start: Callable[..., _Served], monkeypatch: pytest.MonkeyPatch) -> None:
    """The key may come from the command line, from its variable or from one that is named."""
    monkeypatch.setenv("SHOP_KEY", "from-shop-key")
    assert start("--api-key", "given").access["api_key"] == "given"
    assert start("--api-key-env", "SHOP_KEY").access["api_key"] == "from-shop-key"
    monkeypatch.setenv("FAUXDOO_API_KEY", "from-environment")
    assert start().access["api_key"] == "from-environment"


def test_store_file_survives(start: Callable[..., _Served], tmp_path: Path) -> None:
    """With a file as store, records are there again after a restart."""
    store = str(tmp_path / "odoo.db")
    server = start("--store", store)
    id_ = server.client("admin").call("res.partner", "create", {"name": "Azure"})
    assert server.stop() == 0
    again = start("--store", store)
    for password in ("admin", again.access["api_key"]):
        assert again.client(password).call("res.partner", "read", [id_], ["name"]) == [{"id": id_, "name": "Azure"}]


def test_reset_over_http(start: Callable[..., _Served]) -> None:
    """A suite in any language resets the server; with a token, only who knows it."""
    server = start("--demo", "--admin-token", "secret")
    browser, client = Browser(server.access["url"]), server.client("admin")
    partners = client.call("res.partner", "search_count", [])
    client.call("res.partner", "create", {"name": "Azure"})
    assert browser.post_json("/_fauxdoo/reset", {}).status == 401
    assert client.call("res.partner", "search_count", []) == partners + 1
    assert browser.post_json("/_fauxdoo/reset", {}, {"Authorization": "Bearer secret"}).status == 200
    assert client.call("res.partner", "search_count", []) == partners


def test_worker_ends_with_its_parent(start: Callable[..., _Served]) -> None:
    """A server that was killed leaves no process behind that keeps its port."""
    server = start()
    port = int(server.access["url"].rsplit(":", 1)[1])
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    for _ in range(100):
        try:
            serving.free_address("127.0.0.1", port)
            return
        except serving.PortTaken:
            signal.sigtimedwait([], 0.1)
    pytest.fail("the port is still taken")


def test_unknown_module() -> None:
    """An app that cannot be served is wrong usage."""
    result = CliRunner().invoke(main, ["serve", "--modules", "sale,website"])
    assert result.exit_code == 2
    assert "website" in result.output


def test_serve_with_a_fault(start: Callable[..., _Served]) -> None:
    """The first call fails as it says, the next works."""
    client = start("--fault", "page:status=504,count=1").client("admin")
    assert client.outcome("res.partner", "search_count", [[]], {})["status"] == 504
    assert client.call("res.partner", "search_count", []) > 0


@pytest.mark.parametrize("fault", ["nope", "page:status=200", "page:colour=red"])
def test_serve_with_nonsense_for_a_fault(fault: str) -> None:
    """Exit code 2, before anything is served."""
    result = CliRunner().invoke(main, ["serve", "--fault", fault])
    assert (result.exit_code, "Invalid value for '--fault'" in result.output) == (2, True)


def test_serve_with_users(start: Callable[..., _Served]) -> None:
    """A user of its groups logs in with the login as password; nobody lists databases."""
    served = start("--user", "clerk:sales_team.group_sale_salesman", "--user", "plain", "--no-list-db")
    client = JsonRpc(Target(served.access["url"], "odoo", "clerk", "clerk"))
    assert client.call("sale.order", "search_count", []) == 0
    plain = JsonRpc(Target(served.access["url"], "odoo", "plain", "plain"))
    with pytest.raises(RemoteError, match="not allowed to access 'Sales Order'"):
        plain.call("sale.order", "search_count", [])
    params = {"service": "db", "method": "list", "args": []}
    answer = requests.post(f"{served.access['url']}/jsonrpc", json={"params": params}, timeout=10).json()
    assert answer["error"]["data"]["name"] == "odoo.exceptions.AccessDenied"
    client.close()
    plain.close()
