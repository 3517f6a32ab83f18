"""Faults from the client's side: what hits, what it does, what is left."""

from __future__ import annotations

import xmlrpc.client
from typing import Any

import pytest
import requests

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.faults.base import Fault


def _call(odoo: FakeOdoo, method: str, *args: Any) -> Any:
    proxy = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object", allow_none=True)
    return proxy.execute_kw(odoo.db, 2, odoo.password, "res.partner", method, list(args))


def _count(odoo: FakeOdoo) -> int:
    count: int = odoo.env["res.partner"].search_count([("name", "=", "Ada")])
    return count


@pytest.mark.parametrize("status", [413, 502, 503, 504])
@pytest.mark.parametrize("committed", [False, True])
def test_page(odoo: FakeOdoo, status: int, committed: bool) -> None:
    """A proxy's page comes instead of the answer; what was committed stays, anything else never happened."""
    odoo.faults.add("page", status=status, committed=committed, method="create")
    with pytest.raises(xmlrpc.client.ProtocolError) as caught:
        _call(odoo, "create", {"name": "Ada"})
    assert (caught.value.errcode, _count(odoo)) == (status, int(committed))


def test_page_over_json2(odoo: FakeOdoo) -> None:
    """The page is HTML over a protocol of JSON too."""
    odoo.faults.add("page", status=503, protocol="json2")
    headers = {"Authorization": f"bearer {odoo.api_key}"}
    reply = requests.post(f"{odoo.url}/json/2/res.partner/search", json={"domain": []}, headers=headers, timeout=10)
    assert (reply.status_code, reply.headers["Content-Type"]) == (503, "text/html")
    assert "<hr><center>nginx</center>" in reply.text


def test_error(odoo: FakeOdoo) -> None:
    """The error comes in its protocol's envelope and nothing was done."""
    odoo.faults.add("error", name="AccessError", message="not today")
    with pytest.raises(xmlrpc.client.Fault, match="not today") as caught:
        _call(odoo, "create", {"name": "Ada"})
    assert (caught.value.faultCode, _count(odoo)) == (4, 0)


def test_latency(odoo: FakeOdoo) -> None:
    """The call is made after waiting."""
    fault = odoo.faults.add("latency", seconds=0.01)
    assert _call(odoo, "create", {"name": "Ada"})
    assert (fault.hits, _count(odoo)) == (1, 1)


@pytest.mark.filterwarnings("ignore:a fault never hit")
def test_fails_twice_from_the_second_on(odoo: FakeOdoo) -> None:
    """`nth` and `count` say when; what is set for other calls is unused."""
    fault = odoo.faults.add("error", nth=2, count=2, method="search_count")
    other = odoo.faults.add("error", method="write")
    outcomes = []
    for _ in range(4):
        try:
            _call(odoo, "search_count", [])
            outcomes.append("works")
        except xmlrpc.client.Fault:
            outcomes.append("fails")
    assert outcomes == ["works", "fails", "fails", "works"]
    assert (fault.hits, odoo.faults.unused) == (2, [other])


def test_a_fault_ends(odoo: FakeOdoo) -> None:
    """With its block or a reset, after which dispatch has no hook left."""
    with odoo.faults.add("error"):
        assert odoo.dispatch.around is not None
    assert _call(odoo, "search_count", []) is not None
    odoo.faults.add("error")
    odoo.reset()
    assert (odoo.dispatch.around, odoo.faults.unused) == (None, [])


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "nonsense"},
        {},
        {"kind": "page", "status": 200},
        {"kind": "error", "name": "NoError"},
        {"kind": "latency", "seconds": -1},
        {"kind": "latency", "colour": "red"},
        {"kind": "error", "nth": 0},
        {"kind": "error", "probability": 2},
        {"kind": "error", "protocol": "python"},
    ],
)
def test_nonsense_is_refused(spec: dict[str, Any]) -> None:
    """An unknown kind, option or value is a ValueError."""
    with pytest.raises(ValueError, match=r"fault|there are|begin at 1|probability|latency"):
        Fault.from_spec(spec)


def test_settings_name_faults() -> None:
    """A server starts with the faults of its settings, and begins them anew at a reset."""
    with FakeOdoo(faults=({"kind": "page", "status": 504, "count": 1},)) as odoo:
        for _again in range(2):
            with pytest.raises(xmlrpc.client.ProtocolError):
                _call(odoo, "create", {"name": "Ada"})
            assert _call(odoo, "create", {"name": "Ada"})
            odoo.reset()


def test_settings_name_nonsense() -> None:
    """A fault that makes no sense is refused before anything is served."""
    with pytest.raises(ValueError, match="no fault 'nope'"):
        FakeOdoo(faults=({"kind": "nope"},))


@pytest.mark.fauxdoo(faults=[{"kind": "error", "message": "marked", "method": "create"}])
def test_marker_names_faults(odoo: FakeOdoo) -> None:
    """The marker sets faults for one test."""
    with pytest.raises(xmlrpc.client.Fault, match="marked"):
        _call(odoo, "create", {"name": "Ada"})
