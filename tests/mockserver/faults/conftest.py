"""Clients of each kind on one server, and what they see when it fails them."""

from __future__ import annotations

import http.client
import xml.parsers.expat
import xmlrpc.client
from collections.abc import Callable
from typing import Any

import httpx
import odoorpc
import pytest
import requests

from fauxdoo.mockserver import FakeOdoo

Create = Callable[[FakeOdoo, str], Any]
"""Makes a partner of that name over a protocol; raises what the client raises."""


def over_xmlrpc(odoo: FakeOdoo, name: str) -> Any:
    """Python's own client."""
    with xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object", allow_none=True) as proxy:
        return proxy.execute_kw(odoo.db, 2, odoo.password, "res.partner", "create", [{"name": name}])


def over_jsonrpc(odoo: FakeOdoo, name: str) -> Any:
    """Requests."""
    args = [odoo.db, 2, odoo.password, "res.partner", "create", [{"name": name}]]
    params = {"service": "object", "method": "execute_kw", "args": args}
    reply = requests.post(f"{odoo.url}/jsonrpc", json={"params": params}, timeout=10)
    reply.raise_for_status()
    return reply.json()["result"]


def over_json2(odoo: FakeOdoo, name: str) -> Any:
    """httpx."""
    headers = {"Authorization": f"bearer {odoo.api_key}"}
    address = f"{odoo.url}/json/2/res.partner/create"
    reply = httpx.post(address, json={"vals_list": [{"name": name}]}, headers=headers)
    return reply.raise_for_status().json()


def over_rest(odoo: FakeOdoo, name: str) -> Any:
    """Requests."""
    headers = {"Authorization": f"Bearer {odoo.api_key}"}
    reply = requests.post(f"{odoo.url}/api/res.partner", json={"name": name}, headers=headers, timeout=10)
    reply.raise_for_status()
    return reply.json()


def over_odoorpc(odoo: FakeOdoo, name: str) -> Any:
    """OdooRPC, in a session."""
    port = int(odoo.url.rpartition(":")[2])
    client = odoorpc.ODOO("127.0.0.1", port=port)
    client.login(odoo.db, odoo.login, odoo.password)
    return client.env["res.partner"].create({"name": name})


@pytest.fixture(params=[over_xmlrpc, over_jsonrpc, over_json2, over_rest, over_odoorpc], ids=lambda f: f.__name__[5:])
def create(request: pytest.FixtureRequest) -> Create:
    """Each client."""
    client: Create = request.param
    return client


BROKEN = (
    xml.parsers.expat.ExpatError,
    http.client.HTTPException,
    OSError,
    requests.RequestException,
    httpx.TransportError,
)
"""What clients raise where a connection ends."""
REFUSED = (xmlrpc.client.ProtocolError, requests.HTTPError, httpx.HTTPStatusError, OSError)
"""What clients raise for a status that is none of success."""


def partners(odoo: FakeOdoo) -> int:
    """How many partners named Ada there are."""
    count: int = odoo.env["res.partner"].search_count([("name", "=", "Ada")])
    return count
