"""A server that validates says what did not keep to the contract, and hinders nobody."""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from fauxdoo.harness.receiver import WebhookReceiver
from fauxdoo.harness.transports import requests as transport
from fauxdoo.mockserver import FakeOdoo

_SECRET = "hunter2-hunter2"


@pytest.fixture(scope="module")
def _server() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo(validate=True, password=_SECRET)
    yield odoo
    odoo.close()


@pytest.fixture
def odoo(_server: FakeOdoo) -> FakeOdoo:
    _server.reset()
    return _server


@pytest.fixture
def session(odoo: FakeOdoo) -> requests.Session:
    session = transport.session(odoo)
    session.headers["Authorization"] = f"Bearer {odoo.api_key}"
    return session


def _told(odoo: FakeOdoo) -> list[tuple[str, str, str, str]]:
    return [(each.side, each.protocol, each.what, each.pointer) for each in odoo.violations]


def _rpc(session: requests.Session, odoo: FakeOdoo, *args: Any, **envelope: Any) -> Any:
    params = {"service": "object", "method": "execute_kw", "args": [odoo.db, 2, _SECRET, *args]}
    message = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1, **envelope}
    return session.post("http://odoo.invalid/jsonrpc", json=message).json()


def test_what_is_as_it_should_be(odoo: FakeOdoo, session: requests.Session) -> None:
    """Nothing is said of it; errors that a real Odoo answers are as they should be too."""
    made = _rpc(session, odoo, "res.partner", "create", [{"name": "Ada", "child_ids": [[0, 0, {"name": "Bo"}]]}])
    _rpc(session, odoo, "res.partner", "read", [[made["result"]], ["name", "child_ids", "country_id"]])
    _rpc(session, odoo, "res.partner", "read", [[9999999]])
    assert session.get("http://odoo.invalid/api/res.partner/9999999").status_code == 404
    assert session.post("http://odoo.invalid/json/2/res.partner/nope", json={}).status_code == 404
    odoo.violations.assert_none()
    assert len(odoo.violations) == 0


def test_over_every_protocol(odoo: FakeOdoo, session: requests.Session) -> None:
    """The method's arguments by name, wherever they stood in the request."""
    values = {"name": 3}
    _rpc(session, odoo, "res.partner", "create", [values])
    assert session.post("http://odoo.invalid/json/2/res.partner/create", json={"vals_list": [values]}).ok
    odoo_url = "http://odoo.invalid/xmlrpc/2/object"
    call = xmlrpc.client.dumps((odoo.db, 2, _SECRET, "res.partner", "create", [values]), "execute_kw")
    assert session.post(odoo_url, data=call, headers={"Content-Type": "text/xml"}).ok
    assert _told(odoo) == [
        ("request", "jsonrpc", "res.partner.create", "/arguments/vals_list/name"),
        ("request", "json2", "res.partner.create", "/arguments/vals_list/0/name"),
        ("request", "xmlrpc", "res.partner.create", "/arguments/vals_list/name"),
    ]
    assert odoo.violations[0].reason == '3 is not of types "null", "string"'


def test_envelopes(odoo: FakeOdoo, session: requests.Session) -> None:
    """What Odoo lets pass in them; each reason has its place."""
    _rpc(session, odoo, "res.partner", "search", [[]], jsonrpc="1.0", method="execute")
    session.post("http://odoo.invalid/json/2/res.partner/read", json={"ids": ["1"], "context": {"lang": "german"}})
    assert {(each.schema, each.pointer) for each in odoo.violations} == {
        ("jsonrpc-request", "/jsonrpc"),
        ("jsonrpc-request", "/method"),
        ("json2-request", "/ids/0"),
        ("json2-request", "/context/lang"),
        ("res.partner#read", "/arguments/ids/0"),
        ("res.partner#read", "/arguments/context/lang"),
    }


@pytest.mark.off_contract
def test_answers(odoo: FakeOdoo, session: requests.Session) -> None:
    """A stub that answers what no Odoo would is found out."""
    odoo.stub("res.partner", "search_count", returns="many")
    _rpc(session, odoo, "res.partner", "search_count", [[]])
    (violation,) = odoo.violations.of("response")
    assert str(violation) == "response jsonrpc res.partner.search_count /result: 'many' is not of type \"integer\""
    with pytest.raises(AssertionError, match="1 violations of the contract:\n  response jsonrpc"):
        odoo.violations.assert_none()


@pytest.mark.off_contract
def test_webhooks(odoo: FakeOdoo, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent is looked at as it leaves."""
    with WebhookReceiver() as receiver:
        odoo.webhooks.register("res.partner", "create", receiver.url, fields=["name"])
        odoo.env["res.partner"].create({"name": "Ada"})
        odoo.webhooks.flush()
    assert receiver.received
    odoo.violations.assert_none()
    assert odoo.validator is not None
    odoo.validator.webhook(b'{"event": "create", "model": "res.partner", "id": 0}')
    assert "/id" in {each.pointer for each in odoo.violations.of("webhook")}


def test_no_secrets(odoo: FakeOdoo, session: requests.Session) -> None:
    """Neither passwords nor keys are in a reason, wherever they stood."""
    message = {"service": "object", "method": "execute_kw", "args": [odoo.db, 2, _SECRET]}
    session.post("http://odoo.invalid/jsonrpc", json={"params": message, "password": _SECRET})
    session.post("http://odoo.invalid/jsonrpc", json={"jsonrpc": _SECRET[:3], "method": "call", "params": {}})
    _rpc(session, odoo, "res.users", "write", [[2], {"password": [_SECRET], "groups_id": {"api_key": _SECRET}}])
    assert len(odoo.violations) >= 5
    assert [each for each in odoo.violations if _SECRET in each.reason] == []


def test_nobody_is_hindered(odoo: FakeOdoo, session: requests.Session) -> None:
    """Bodies that are nothing, and arguments that no JSON holds."""
    for body in (b"", b"[]", b"{", b'{"params": 3}', b"[" * 5000):
        session.post("http://odoo.invalid/jsonrpc", data=body, headers={"Content-Type": "application/json"})
    domain: list[Any] = []
    for _ in range(300):
        domain = [["child_ids", "any", domain]]
    assert "error" in _rpc(session, odoo, "res.partner", "search", [domain])
    assert "result" in _rpc(session, odoo, "res.partner", "search_count", [[]])


def test_a_fault_is_not_the_servers(odoo: FakeOdoo, session: requests.Session) -> None:
    """A proxy's page is no answer of JSON-RPC, and none of ours."""
    odoo.faults.add("page", status=502)
    session.post("http://odoo.invalid/xmlrpc/2/common", data=xmlrpc.client.dumps((), "version"))
    odoo.violations.assert_none()


def test_reset(odoo: FakeOdoo, session: requests.Session) -> None:
    """Forgets them; only the last thousand are kept."""
    for _ in range(3):
        _rpc(session, odoo, "res.partner", "create", [[{"name": 1}] * 400])
    assert len(odoo.violations) == 1000
    odoo.reset()
    assert len(odoo.violations) == 0
