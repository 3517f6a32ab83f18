"""What the clients send and how they tell errors."""

from __future__ import annotations

import json
import xmlrpc.client
from typing import Any

import pytest
from werkzeug.wrappers import Response

from fauxdoo.harness.clients import Json2, JsonRpc, RemoteError, Target, WebSession, XmlRpc


def _json(stub: Any, body: Any, status: int = 200) -> None:
    stub.answer = lambda request: Response(json.dumps(body), status, content_type="application/json")


@pytest.fixture
def target(stub: Any) -> Target:
    """The stub as an Odoo."""
    return Target(stub.url, "odoo", "admin", "secret", "KEY")


def test_jsonrpc_execute_kw(stub: Any, target: Target) -> None:
    """The uid is asked for once, then every call is an execute_kw."""
    _json(stub, {"jsonrpc": "2.0", "result": 2})
    client = JsonRpc(target)
    assert [client.call("res.partner", "search", [], limit=1) for _ in range(2)] == [2, 2]
    params = [request.json["params"] for request in stub.requests]
    assert [(part["service"], part["method"]) for part in params] == [
        ("common", "authenticate"),
        ("object", "execute_kw"),
        ("object", "execute_kw"),
    ]
    assert params[1]["args"] == ["odoo", 2, "secret", "res.partner", "search", [[]], {"limit": 1}]


def test_jsonrpc_error(stub: Any, target: Target) -> None:
    """An error carries Odoo's class, message and code."""
    data = {"name": "odoo.exceptions.UserError", "message": "No."}
    _json(stub, {"error": {"code": 0, "message": "Odoo Server Error", "data": data}})
    with pytest.raises(RemoteError, match=r"odoo\.exceptions\.UserError: No") as caught:
        JsonRpc(target).call("res.partner", "write", [1], {})
    assert (caught.value.name, caught.value.message, caught.value.code) == ("odoo.exceptions.UserError", "No.", 0)


def test_page_instead_of_envelope(stub: Any, target: Target) -> None:
    """An answer that is no JSON is told by its status and the beginning of its text."""
    stub.answer = lambda request: Response("<p>Bad</p>" * 100, 400, content_type="text/html; charset=utf-8")
    outcome = JsonRpc(target).service("common", "version", [])
    assert outcome == {"status": 400, "type": "text/html; charset=utf-8", "text": ("<p>Bad</p>" * 30)}


def test_xmlrpc(stub: Any, target: Target) -> None:
    """XML-RPC results come as Python's own types."""
    stub.answer = lambda request: Response(xmlrpc.client.dumps((b"\x00",), methodresponse=True), 200)
    assert XmlRpc(target).service("common", "version", []) == {"result": b"\x00"}


def test_xmlrpc_fault(stub: Any, target: Target) -> None:
    """A fault is an error with its code and string."""
    fault = xmlrpc.client.Fault(2, "No.")
    stub.answer = lambda request: Response(xmlrpc.client.dumps(fault, methodresponse=True), 200)
    with pytest.raises(RemoteError, match="2: No") as caught:
        XmlRpc(target).call("res.partner", "write", [1], {})
    assert (caught.value.code, caught.value.message) == (2, "No.")


def test_web_session_logs_in_first(stub: Any, target: Target) -> None:
    """A session is opened before the first call."""
    _json(stub, {"result": {"uid": 2}})
    WebSession(target).call("res.partner", "read", [1])
    assert [request.path for request in stub.requests] == [
        "/web/session/authenticate",
        "/web/dataset/call_kw/res.partner/read",
    ]


def test_json2(stub: Any, target: Target) -> None:
    """JSON-2 sends the key and named arguments, and its errors have a status."""
    _json(stub, {"name": "odoo.exceptions.UserError", "message": "No."}, 422)
    with pytest.raises(RemoteError) as caught:
        Json2(target).call("res.partner", "write", ids=[1], vals={})
    assert caught.value.code == 422
    assert stub.requests[0].headers["Authorization"] == "bearer KEY"
    assert stub.requests[0].headers["X-Odoo-Database"] == "odoo"
    assert stub.requests[0].json == {"ids": [1], "vals": {}}


def test_json2_has_no_positional_arguments(target: Target) -> None:
    """Positional arguments are the caller's mistake."""
    with pytest.raises(TypeError, match="named arguments"):
        Json2(target).call("res.partner", "read", [1])
