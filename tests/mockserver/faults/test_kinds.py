"""Every kind of fault as real clients see it, and what is left of the work."""

from __future__ import annotations

import re
import socket
import xmlrpc.client
from datetime import datetime
from typing import Any

import pytest
import requests

from fauxdoo.harness.transports import httpx as for_httpx
from fauxdoo.harness.transports import requests as for_requests
from fauxdoo.harness.transports import xmlrpc as for_xmlrpc
from fauxdoo.mockserver import FakeOdoo, User
from fauxdoo.mockserver.faults import Fault
from tests.mockserver.faults.conftest import BROKEN, REFUSED, Create, over_jsonrpc, over_xmlrpc, partners


@pytest.mark.parametrize("committed", [False, True])
def test_drop(odoo: FakeOdoo, create: Create, committed: bool) -> None:
    """The connection ends; the work stays if it was committed, and is undone else.

    Python's xmlrpc.client sends the call again on its own.
    """
    with (
        odoo.faults.add("drop", committed=committed, method="create", model="res.partner") as fault,
        pytest.raises(BROKEN),
    ):
        create(odoo, "Ada")
    assert fault.hits == 2 if create is over_xmlrpc else 1
    assert partners(odoo) == fault.hits * committed


@pytest.mark.parametrize("status", [502, 504])
def test_page(odoo: FakeOdoo, create: Create, status: int) -> None:
    """A proxy's page makes every client raise; the next call works."""
    with odoo.faults.add("page", status=status, method="create", model="res.partner", count=1):
        with pytest.raises(REFUSED):
            create(odoo, "Ada")
        create(odoo, "Ada")
    assert partners(odoo) == 1


def test_truncated(odoo: FakeOdoo, create: Create) -> None:
    """The answer ends halfway, its length says so, and the work stays."""
    with odoo.faults.add("truncated", method="create", model="res.partner"), pytest.raises(BROKEN):
        create(odoo, "Ada")
    assert partners(odoo) == 1


def test_truncated_on_the_wire(odoo: FakeOdoo) -> None:
    """The announced length is that of the whole body, and the server closes the connection."""
    body = b'{"params": {"service": "common", "method": "version"}}'
    odoo.faults.add("truncated", share=0.25, method="search_count")
    call = b'["%s", 2, "admin", "res.partner", "search_count", [[]]]' % odoo.db.encode()
    body = b'{"params": {"service": "object", "method": "execute_kw", "args": %s}}' % call
    head = f"POST /jsonrpc HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", int(odoo.url.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        received = b"".join(iter(lambda: connection.recv(4096), b""))
    announced = re.search(rb"Content-Length: (\d+)", received)
    assert announced is not None
    assert len(received.partition(b"\r\n\r\n")[2]) == int(announced[1]) // 4


def test_slow(odoo: FakeOdoo) -> None:
    """The body comes in pieces, each before the client's patience for one ends."""
    with odoo.faults.add("slow", seconds=0.2, method="create") as fault:
        assert over_jsonrpc(odoo, "Ada")
    assert (fault.hits, partners(odoo)) == (1, 1)


def test_content_type(odoo: FakeOdoo) -> None:
    """JSON that claims to be a page."""
    odoo.faults.add("content_type", protocol="json2")
    headers = {"Authorization": f"bearer {odoo.api_key}"}
    reply = requests.post(
        f"{odoo.url}/json/2/res.partner/search_count", json={"domain": []}, headers=headers, timeout=10
    )
    assert (reply.headers["Content-Type"], reply.json() > 0) == ("text/html; charset=utf-8", True)


def test_time_limit(odoo: FakeOdoo, create: Create) -> None:
    """The worker is killed: no answer, no work."""
    with odoo.faults.add("time_limit", seconds=0.01, model="res.partner", method="create"), pytest.raises(BROKEN):
        create(odoo, "Ada")
    assert partners(odoo) == 0


def test_maintenance(odoo: FakeOdoo, create: Create) -> None:
    """Every request gets 503; the admin API answers, and when it is over all works."""
    with odoo.faults.add("maintenance", retry_after=120):
        reply = requests.get(f"{odoo.url}/web/login", timeout=10)
        assert (reply.status_code, reply.headers["Retry-After"]) == (503, "120")
        assert requests.get(f"{odoo.url}/_fauxdoo/health", timeout=10).ok
        with pytest.raises((*REFUSED, *BROKEN)):
            create(odoo, "Ada")
    assert create(odoo, "Ada")


def test_throttle_by_address(odoo: FakeOdoo) -> None:
    """The guide's sixty a minute: the 61st waits a second, by the server's clock."""
    odoo.clock.freeze(datetime(2026, 1, 1))
    odoo.faults.add("throttle")
    with requests.Session() as session:
        statuses = [session.get(f"{odoo.url}/web/version", timeout=10).status_code for _ in range(60)]
        assert statuses == [200] * 60
        refused = session.get(f"{odoo.url}/web/version", timeout=10)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
        rest = session.get(f"{odoo.url}/api/res.partner", timeout=10)
        assert (rest.status_code, rest.headers["Retry-After"], rest.json()["error"]["code"]) == (429, "1", 100)
        odoo.clock.move(seconds=1)
        assert session.get(f"{odoo.url}/web/version", timeout=10).status_code == 200
        assert session.get(f"{odoo.url}/web/version", timeout=10).status_code == 429


@pytest.mark.parametrize(("per", "other"), [("user", True), ("database", False)])
def test_throttle_calls(make_odoo: Any, per: str, other: bool) -> None:
    """By user another one has a bucket of his own, by database not."""
    odoo = make_odoo(users=[User("bob", password="bob")])
    odoo.faults.add("throttle", rate=1, per=per)
    with xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object") as proxy:
        bob = odoo.as_user("bob").uid
        assert proxy.execute_kw(odoo.db, 2, "admin", "res.partner", "search_count", [[]])
        with pytest.raises(xmlrpc.client.ProtocolError, match="429"):
            proxy.execute_kw(odoo.db, 2, "admin", "res.partner", "search_count", [[]])
        try:
            proxy.execute_kw(odoo.db, bob, "bob", "res.partner", "search_count", [[]])
        except xmlrpc.client.ProtocolError:
            assert not other
        else:
            assert other


def test_session_expiry(odoo: FakeOdoo) -> None:
    """The third request of a session finds it over; logging in again helps."""
    session = requests.Session()

    def ask(path: str, **params: Any) -> Any:
        return session.post(f"{odoo.url}{path}", json={"params": params}, timeout=10).json()

    def log_in() -> None:
        ask("/web/session/authenticate", db=odoo.db, login="admin", password="admin")

    def count() -> Any:
        return ask("/web/dataset/call_kw", model="res.partner", method="search_count", args=[[]], kwargs={})

    log_in()
    odoo.faults.add("session_expiry", nth=3, count=1)
    answers = [count() for _ in range(4)]
    assert ["result" in answer for answer in answers] == [True, True, False, False]
    assert answers[2]["error"]["data"]["name"] == "odoo.http.SessionExpiredException"
    log_in()
    assert "result" in count()


def test_key_expiry(odoo: FakeOdoo) -> None:
    """A key works once and is over then, wherever it is used; the password goes on to work."""
    odoo.faults.add("key_expiry", user=2, nth=2, count=1)
    address, headers = f"{odoo.url}/json/2/res.partner/search_count", {"Authorization": f"bearer {odoo.api_key}"}
    statuses = [requests.post(address, json={"domain": []}, headers=headers, timeout=10).status_code for _ in range(3)]
    assert statuses == [200, 401, 401]
    rest = requests.get(f"{odoo.url}/api/res.partner", headers=headers, timeout=10)
    assert rest.status_code == 401
    with xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object") as proxy:
        with pytest.raises(xmlrpc.client.Fault, match="Access Denied"):
            proxy.execute_kw(odoo.db, 2, odoo.api_key, "res.partner", "search_count", [[]])
        assert proxy.execute_kw(odoo.db, 2, "admin", "res.partner", "search_count", [[]])
    odoo.reset()
    assert requests.post(address, json={"domain": []}, headers=headers, timeout=10).status_code == 200


@pytest.mark.parametrize(("failures", "seen"), [(4, False), (5, True)])
def test_serialization(make_odoo: Any, create: Create, failures: int, seen: bool) -> None:
    """The server tries five times; the client learns only of what fails every time, and nothing is made twice."""
    odoo = make_odoo(backoff=0.0)
    odoo.faults.add("serialization", failures=failures, model="res.partner", method="create")
    try:
        create(odoo, "Ada")
    except Exception:
        assert seen
    assert partners(odoo) == int(not seen)


@pytest.mark.parametrize("distribution", ["fixed", "uniform", "normal", "lognormal", "exponential"])
def test_latency(odoo: FakeOdoo, distribution: str) -> None:
    """Whatever is drawn, the call is made."""
    odoo.faults.add("latency", seconds=0.001, distribution=distribution, spread=0.001, committed=True)
    assert over_jsonrpc(odoo, "Ada")


def test_a_window(odoo: FakeOdoo) -> None:
    """From one second to another, by the server's clock."""
    odoo.clock.freeze()
    odoo.faults.add("error", since=60, until=120, protocol="jsonrpc")
    outcomes = []
    for _ in range(3):
        try:
            over_jsonrpc(odoo, "Ada")
            outcomes.append(True)
        except KeyError:
            outcomes.append(False)
        odoo.clock.move(seconds=60)
    assert outcomes == [True, False, True]


def test_addresses(odoo: FakeOdoo) -> None:
    """`ip` and `path` tell whom a fault is for."""
    odoo.faults.add("maintenance", path="/xmlrpc")
    odoo.faults.add("maintenance", ip="10.0.0.1").remove()
    assert over_jsonrpc(odoo, "Ada")
    with pytest.raises(xmlrpc.client.ProtocolError, match="503"):
        xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/common").version()
    assert [fault.selection.ip for fault in odoo.faults.unused] == ["10.0.0.1"]
    odoo.faults.clear()


def test_without_sockets(odoo: FakeOdoo) -> None:
    """The transports raise what the clients raise over a socket."""
    odoo.faults.add("drop", method="search_count", count=3)
    odoo.faults.add("truncated", method="search_count", nth=4)
    args = [odoo.db, 2, "admin", "res.partner", "search_count", [[]]]
    body = {"params": {"service": "object", "method": "execute_kw", "args": args}}
    for _ in range(2):
        with pytest.raises(BROKEN):
            for_requests.session(odoo).post("http://odoo.invalid/jsonrpc", json=body).json()
        with pytest.raises(BROKEN):
            for_httpx.client(odoo).post("/jsonrpc", json=body)
        with pytest.raises(BROKEN):
            for_xmlrpc.proxy(odoo, "object").execute_kw(*args)


def test_the_journal_knows(odoo: FakeOdoo) -> None:
    """An interrupted call is there, as one that failed for the client, over REST too."""
    headers = {"Authorization": f"Bearer {odoo.api_key}"}
    with odoo.faults.add("page", method="create", count=2), pytest.raises(xmlrpc.client.ProtocolError):
        requests.post(f"{odoo.url}/api/res.partner", json={"name": "Ada"}, headers=headers, timeout=10)
        with xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object") as proxy:
            proxy.execute_kw(odoo.db, 2, "admin", "res.partner", "create", [{"name": "Ada"}])
    assert [(entry.protocol, entry.state, str(entry.error)) for entry in odoo.calls.of("res.partner", "create")] == [
        ("rest", "failed", "the client got 502"),
        ("xmlrpc", "failed", "the client got 502"),
    ]


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "truncated", "share": 1},
        {"kind": "slow", "seconds": 0},
        {"kind": "content_type", "value": "a\nb"},
        {"kind": "time_limit", "seconds": -1},
        {"kind": "maintenance", "retry_after": -1},
        {"kind": "maintenance", "model": "res.partner"},
        {"kind": "session_expiry", "user": 2},
        {"kind": "key_expiry", "method": "read"},
        {"kind": "throttle", "rate": 0},
        {"kind": "throttle", "per": "planet"},
        {"kind": "serialization", "failures": 0},
        {"kind": "latency", "distribution": "odd"},
        {"kind": "drop", "since": 5, "until": 5},
    ],
)
def test_nonsense_is_refused(spec: dict[str, Any]) -> None:
    """A value that makes no sense, or a selection that comes too early, is a ValueError."""
    with pytest.raises(ValueError, match=r"share|slow|ASCII|limit|past|before|by ip|rate|begin|distribution|ends"):
        Fault.from_spec(spec)
