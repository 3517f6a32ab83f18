"""`fauxdoo serve` in several processes on one store: together they are one Odoo."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from click.testing import CliRunner

from fauxdoo.harness.cli import main

KEY = "0123456789abcdef0123456789abcdef01234567"


class Served:
    """A server of several processes, and its parent's id."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-c", "from fauxdoo.harness.cli import main; main()", "serve", "--json", "-p", "0"]
        self.process = subprocess.Popen([*command, "--api-key", KEY, *arguments], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.url: str = json.loads(self.process.stdout.readline())["url"]

    def call(self, model: str, method: str, **arguments: Any) -> Any:
        """A call over JSON-2, on a connection of its own: any worker may answer."""
        headers = {"Authorization": f"bearer {KEY}"}
        reply = requests.post(f"{self.url}/json/2/{model}/{method}", json=arguments, headers=headers, timeout=30)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def workers(self) -> list[int]:
        """The ids of the worker processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(child) for child in children.split() if b"spawn_main" in _command(child) or _is_fork(child)]

    def stop(self) -> None:
        """End it, with its workers."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def _command(process: str) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _is_fork(process: str) -> bool:
    return b"resource_tracker" not in _command(process)


@pytest.fixture
def start() -> Iterator[Callable[..., Served]]:
    """Starts servers that end with the test."""
    servers: list[Served] = []

    def start(*arguments: str) -> Served:
        servers.append(Served(*arguments))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(params=["file", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store that processes can share."""
    if request.param == "file":
        return str(tmp_path / "odoo.db")
    return f"{request.getfixturevalue('postgresql')}?schema={tmp_path.name}"


def test_workers_need_a_store() -> None:
    """A database in memory has one process."""
    result = CliRunner().invoke(main, ["serve", "--workers", "2"])
    assert result.exit_code == 2
    assert "2 workers cannot share a database in memory: give a --store" in result.output


def test_workers_are_one_odoo(start: Callable[..., Served], place: str) -> None:
    """A session, a record, a right and a moment that one worker learns of hold for the other."""
    server = start("--workers", "2", "--store", place, "--admin-token", "secret")
    web = requests.Session()
    login = {"params": {"db": "odoo", "login": "admin", "password": "admin"}}
    web.post(f"{server.url}/web/session/authenticate", json=login, timeout=30)
    cookies = web.cookies.get_dict()
    for number in range(10):
        info = requests.post(f"{server.url}/web/session/get_session_info", json={}, cookies=cookies, timeout=30)
        assert info.json()["result"]["uid"] == 2
        (partner,) = server.call("res.partner", "create", vals_list=[{"name": f"Partner {number}"}])
        assert server.call("res.partner", "search", domain=[["name", "=", f"Partner {number}"]]) == [partner]


def test_two_servers_are_one_odoo(start: Callable[..., Served], place: str) -> None:
    """Two servers that start at once on a new store fill it once; each sees the other's work and its custom fields."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _number: start("--store", place), range(2))
    assert urlsplit(first.url).port != urlsplit(second.url).port
    (model,) = first.call("ir.model", "search", domain=[["model", "=", "res.partner"]])
    field = {"name": "x_code", "model_id": model, "ttype": "char", "field_description": "Code"}
    first.call("ir.model.fields", "create", vals_list=[field])
    (partner,) = second.call("res.partner", "create", vals_list=[{"name": "Ada", "x_code": "A1"}])
    assert first.call("res.partner", "read", ids=[partner], fields=["x_code"]) == [{"id": partner, "x_code": "A1"}]
    assert len(second.call("res.users", "search", domain=[["login", "=", "admin"]])) == 1


def test_concurrent_writers(start: Callable[..., Served], postgresql: str, tmp_path: Path) -> None:
    """Who meets another's write is tried again: no error reaches the clients, and ids are given once."""
    place = f"{postgresql}?schema={tmp_path.name}"
    server = start("--workers", "2", "--store", place)
    (shared,) = server.call("res.partner", "create", vals_list=[{"name": "Shared"}])

    def work(number: int) -> int:
        server.call("res.partner", "write", ids=[shared], vals={"ref": str(number)})
        return int(server.call("res.partner", "create", vals_list=[{"name": f"New {number}"}])[0])

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(work, range(8)))
    assert len(set(made)) == 8
    assert server.call("res.partner", "search_count", domain=[["id", "in", made]]) == 8


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers in /proc")
def test_a_worker_that_is_killed(start: Callable[..., Served], place: str) -> None:
    """What a client was told to be created is there after a kill -9 of a worker under load, which is replaced."""
    server = start("--workers", "2", "--store", place)
    server.call("res.partner", "search_count", domain=[])
    before = set(server.workers())
    acknowledged: list[int] = []

    def work(number: int) -> None:
        if number == 20:
            os.kill(min(before), signal.SIGKILL)
        with suppress(requests.ConnectionError):
            acknowledged.extend(server.call("res.partner", "create", vals_list=[{"name": f"New {number}"}]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(60)))
    assert len(acknowledged) > 40
    assert server.call("res.partner", "search_count", domain=[["id", "in", acknowledged]]) == len(acknowledged)
