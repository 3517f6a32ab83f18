"""No secret comes out: not in the journal, in logs, in error replies or in their tracebacks."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from fauxdoo.harness.clients import Client, Json2, JsonRpc, Outcome, Target, WebSession, XmlRpc
from fauxdoo.mockserver import FakeOdoo, User

PASSWORD, KEY, MASTER, NEW = "pa55-of-ann", "5ec2e7" * 6 + "beef", "ma5ter-of-all", "n3w-of-ann"
SECRETS = (PASSWORD, KEY, MASTER, NEW)


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server whose secrets are known."""
    users = (User("ann", PASSWORD, ("base.group_system",), api_key=KEY),)
    with FakeOdoo(users=users, master_password=MASTER, modules=("base",), dialect="odoo") as odoo:
        yield odoo


def _clients(odoo: FakeOdoo) -> list[Client]:
    target = Target(odoo.url, odoo.db, "ann", PASSWORD, KEY)
    return [JsonRpc(target), XmlRpc(target), WebSession(target), Json2(target)]


def _outcomes(client: Client, uid: int) -> Iterator[Outcome]:
    """What calls with secrets among their arguments answer; JSON-2 names the ids, the others send them first."""
    for method, ids, kwargs in (
        ("write", [uid], {"vals": {"no_such_field": 1, "password": NEW}}),
        ("create", [], {"vals_list": [{"password": NEW}]}),
        ("read", [uid], {"fields": ["login", "password"]}),
        ("change_password", [], {"old_passwd": PASSWORD + "x", "new_passwd": NEW}),
    ):
        named = isinstance(client, Json2)
        args = [ids] if ids and not named else []
        yield client.outcome("res.users", method, args, {"ids": ids, **kwargs} if ids and named else kwargs)
    client.close()


def test_secrets_stay_inside(odoo: FakeOdoo, caplog: pytest.LogCaptureFixture) -> None:
    """Good calls and failing ones, over all protocols, with secrets among the arguments."""
    caplog.set_level(logging.DEBUG)
    uid = odoo.as_user("ann").uid
    seen = [outcome for client in _clients(odoo) for outcome in _outcomes(client, uid)]
    rpc = JsonRpc(Target(odoo.url, odoo.db, "ann", PASSWORD + "x", KEY))
    seen += [rpc.service("common", "authenticate", [odoo.db, "ann", PASSWORD + "x", {}])]
    seen += [rpc.service("object", "execute_kw", [odoo.db, uid, KEY + "x", "res.users", "read", [[uid]]])]
    seen += [
        rpc.service("db", "drop", [MASTER + "x", "nowhere"]),
        rpc.service("db", "rename", [MASTER, "nowhere", "b"]),
    ]
    rpc.close()
    told = json.dumps([entry.as_dict() for entry in odoo.journal], default=str)
    assert len(odoo.journal) > 10
    for secret in SECRETS:
        assert secret not in json.dumps(seen, default=str)
        assert secret not in told
        assert secret not in caplog.text


def test_replies_hold_no_secret_in_full(odoo: FakeOdoo) -> None:
    """The whole reply of a failing call is looked at, `debug` among it."""
    rpc = JsonRpc(Target(odoo.url, odoo.db, "ann", PASSWORD, KEY))
    for params in (
        {"service": "object", "method": "execute_kw", "args": [odoo.db, 2, KEY, "res.users", "nothing", []]},
        {"service": "common", "method": "login", "args": ["nowhere", "ann", PASSWORD]},
        {"service": "db", "method": "create_database", "args": [MASTER, odoo.db, False, "en_US", NEW]},
    ):
        reply = rpc.browser.post_json("/jsonrpc", {"jsonrpc": "2.0", "method": "call", "params": params})
        assert "error" in reply.json()
        assert not [secret for secret in SECRETS if secret in reply.text]
    rpc.close()
