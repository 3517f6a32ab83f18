"""The journal over the admin API: looking, forgetting, verdicts."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call


@pytest.fixture
def ada(odoo: FakeOdoo) -> int:
    """Two calls of clients, one of the test itself."""
    partner: int = odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "create", [{"name": "Ada"}]))
    odoo.dispatch.call_kw(Call("json2", "odoo", 2, "res.partner", "write", [], {"vals": {"city": "Turin"}}, [partner]))
    odoo.env["res.partner"].search([])
    return partner


def _verdict(client: Client, path: str, **arguments: Any) -> tuple[bool, str]:
    reply = client.post(f"/_fauxdoo/{path}", json=arguments).json or {}
    return reply["ok"], reply["message"]


def test_a_call(client: Client, ada: int) -> None:
    """With its arguments by name, what it did and how it ended."""
    call = (client.get("/_fauxdoo/journal?method=write").json or [])[0]
    assert call["arguments"] == {"ids": [ada], "vals": {"city": "Turin"}}
    assert (call["state"], call["result"], call["error"], call["message"]) == ("done", True, None, None)
    assert call["written"]["res.partner"] == [ada]
    assert call["statement_count"] == len(call["statements"]) > 0


@pytest.mark.parametrize(
    ("query", "methods"),
    [
        ("", ["create", "write", "search"]),
        ("?model=res.partner&protocol=python", ["search"]),
        ("?db=odoo&limit=2", ["write", "search"]),
        ("?db=other", []),
        ("?state=failed", []),
    ],
)
def test_picking(client: Client, ada: int, query: str, methods: list[str]) -> None:
    """By database, protocol, model, method, state; the last ones."""
    assert [call["method"] for call in client.get(f"/_fauxdoo/journal{query}").json or []] == methods


@pytest.mark.parametrize("query", ["?limit=0", "?limit=x", "?state=gone", "?modle=x"])
def test_bad_picks(client: Client, query: str) -> None:
    """Are refused."""
    assert client.get(f"/_fauxdoo/journal{query}").status_code == 400


def test_forgetting(client: Client, ada: int) -> None:
    """The journal can be emptied, the records stay."""
    assert client.delete("/_fauxdoo/journal").json == {"status": "ok"}
    assert client.get("/_fauxdoo/journal").json == []


def test_verify(client: Client, ada: int) -> None:
    """Whether a method was called so; if not, what was called instead."""
    create = {"model": "res.partner", "method": "create"}
    assert _verdict(client, "verify", **create) == (True, "")
    assert _verdict(client, "verify", **create, arguments={"vals_list": {"name": "Ada"}}, times=1) == (True, "")
    assert _verdict(client, "verify", **create, db="other")[0] is False
    ok, message = _verdict(client, "verify", **create, arguments={"vals_list": {"name": "Eve"}})
    assert not ok
    assert "vals_list.name: wanted 'Eve', got 'Ada'" in message
    ok, message = _verdict(client, "verify", **create, times=0)
    assert (ok, message.partition(" (")[0].partition("\n")[0]) == (
        False,
        "res.partner.create() was to be called 0 times and was called once:",
    )


def test_verify_a_sequence(client: Client, ada: int) -> None:
    """With or without other calls between."""
    steps = ["res.partner.create", "res.partner.write"]
    assert _verdict(client, "verify/sequence", calls=steps, gaps=False) == (True, "")
    assert _verdict(client, "verify/sequence", calls=steps[::-1])[0] is False
    assert client.post("/_fauxdoo/verify/sequence", json={"calls": ["create"]}).status_code == 400


def test_verify_that_nothing_failed(odoo: FakeOdoo, client: Client, ada: int) -> None:
    """Names what failed."""
    assert _verdict(client, "verify/no-errors") == (True, "")
    with pytest.raises(ValueError, match="nope"):
        odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "search", [[["nope", "=", 1]]]))
    ok, message = _verdict(client, "verify/no-errors")
    assert (ok, "raised ValueError" in message) == (False, True)


@pytest.mark.parametrize(
    "args",
    [
        [["res.partner"], "read", [[1]]],
        ["res.partner", ["read"], [[1]]],
        ["res.partner", "read", 7],
        ["res.partner", "read", [[1]], 7],
        ["res.partner", "search", [{"deep": [[[[]]]]}], {"context": 5}],
    ],
)
def test_calls_that_make_no_sense(odoo: FakeOdoo, client: Client, args: list[Any]) -> None:
    """Are refused, and what is noted of them can be looked at."""
    params = {"service": "object", "method": "execute_kw", "args": [odoo.db, 2, odoo.password, *args]}
    assert "error" in (client.post("/jsonrpc", json={"jsonrpc": "2.0", "params": params}).json or {})
    reply = client.get("/_fauxdoo/journal")
    assert reply.status_code == 200
    assert all(call["state"] == "failed" for call in reply.json or [])
    assert _verdict(client, "verify", model="res.partner", method="unlink")[0] is False
