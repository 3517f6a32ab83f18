"""Clients of a fake Odoo that opened no port."""

from __future__ import annotations

import asyncio
import socket
import xmlrpc.client
from collections.abc import Iterator
from typing import Any, NoReturn

import httpx
import pytest
import requests

from fauxdoo.harness.transports import URL
from fauxdoo.harness.transports import httpx as for_httpx
from fauxdoo.harness.transports import requests as for_requests
from fauxdoo.harness.transports import xmlrpc as for_xmlrpc
from fauxdoo.mockserver import FakeOdoo

CITY = {"domain": [["city", "=", "Berlin"], ["is_company", "=", True]], "fields": ["name"]}


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A fake with the demo company that does not listen."""
    fake = FakeOdoo(demo=True)
    yield fake
    fake.close()


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> NoReturn:
        raise AssertionError("a socket was connected")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def _key(odoo: FakeOdoo) -> dict[str, str]:
    return {"Authorization": f"Bearer {odoo.api_key}"}


def _login(odoo: FakeOdoo) -> dict[str, Any]:
    return {"params": {"db": odoo.db, "login": odoo.login, "password": odoo.password}}


def test_requests(odoo: FakeOdoo) -> None:
    """A session answers from the fake whatever host is named, and keeps the session's cookie."""
    with for_requests.session(odoo) as session:
        url = "https://erp.example.com/json/2/res.partner/search_read"
        found = session.post(url, json=CITY, headers=_key(odoo), timeout=5)
        assert [partner["name"] for partner in found.json()] == ["Kettenhof Fahrradhandel GmbH"]
        session.post(f"{URL}/web/session/authenticate", json=_login(odoo), timeout=5)
        info = session.post(f"{URL}/web/session/get_session_info", json={"params": {}}, timeout=5).json()
        assert info["result"]["uid"] == 2


def test_requests_adapter(odoo: FakeOdoo) -> None:
    """Mounted for one host; queries, errors and streamed bodies are as over a socket."""
    session = requests.Session()
    session.mount("https://erp.example.com", for_requests.Adapter(odoo))
    missing = session.get("https://erp.example.com/nope?x=1", timeout=5)
    assert (missing.status_code, missing.reason) == (404, "Not Found")
    with pytest.raises(requests.HTTPError):
        missing.raise_for_status()
    body = (part for part in (b'{"domain": ', b'[], "limit": 1}'))
    headers = {**_key(odoo), "Content-Type": "application/json"}
    found = session.post("https://erp.example.com/json/2/res.partner/search", data=body, headers=headers, timeout=5)
    assert len(found.json()) == 1


def test_httpx(odoo: FakeOdoo) -> None:
    """A client, and the transport for a client of one's own."""
    with for_httpx.client(odoo, headers=_key(odoo)) as client:
        found = client.post("/json/2/res.partner/search_read", json=CITY).raise_for_status().json()
        assert [partner["name"] for partner in found] == ["Kettenhof Fahrradhandel GmbH"]
    with httpx.Client(transport=for_httpx.Transport(odoo)) as client:
        assert client.get("https://erp.example.com/nope").status_code == 404


def test_httpx_asynchronously(odoo: FakeOdoo) -> None:
    """Several requests at once."""

    async def names() -> list[int]:
        async with for_httpx.async_client(odoo, headers=_key(odoo)) as client:
            asked = [client.post("/json/2/res.partner/search_count", json={"domain": []}) for _ in range(5)]
            return [reply.json() for reply in await asyncio.gather(*asked)]

    counts = asyncio.run(names())
    assert len(set(counts)) == 1
    assert counts[0] > 1


def test_xmlrpc(odoo: FakeOdoo) -> None:
    """Proxies of the services; faults are raised as such."""
    uid = for_xmlrpc.proxy(odoo, "common").authenticate(odoo.db, odoo.login, odoo.password, {})
    call = for_xmlrpc.proxy(odoo, "object").execute_kw
    assert call(odoo.db, uid, odoo.password, "res.partner", "search_count", [CITY["domain"]]) == 1
    with pytest.raises(xmlrpc.client.Fault):
        call(odoo.db, uid, "wrong", "res.partner", "search_count", [[]])
    lost = xmlrpc.client.ServerProxy(f"{URL}/nope", transport=for_xmlrpc.Transport(odoo))
    with pytest.raises(xmlrpc.client.ProtocolError, match="404"):
        lost.version()
