"""The admin API: health, reset, snapshots, the journal, and who may use it."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.app import App


def _names(odoo: FakeOdoo) -> int:
    count: int = odoo.env["res.partner"].search_count([["name", "=", "Ada"]])
    return count


def test_health(client: Client) -> None:
    """Says that the server is up, its dialect and its databases."""
    assert client.get("/_fauxdoo/health").json == {"status": "ok", "dialect": "guide", "databases": ["odoo"]}


def test_reset(odoo: FakeOdoo, client: Client) -> None:
    """Everything as just started: records, further databases, the journal."""
    odoo.databases.create("other")
    odoo.env["res.partner"].create({"name": "Ada"})
    assert client.post("/_fauxdoo/reset").json == {"status": "ok"}
    assert (_names(odoo), list(odoo.databases)) == (0, ["odoo"])
    assert len(odoo.journal) == 1


def test_reset_of_one_database(odoo: FakeOdoo, client: Client) -> None:
    """Named in the body; others stay as they are."""
    odoo.databases.create("other")
    odoo.env["res.partner"].create({"name": "Ada"})
    assert client.post("/_fauxdoo/reset", json={"db": "other"}).status_code == 200
    assert _names(odoo) == 1


@pytest.mark.parametrize("body", [{}, {"db": "odoo"}])
def test_snapshot_and_restore(odoo: FakeOdoo, client: Client, body: dict[str, Any]) -> None:
    """A snapshot has a name; restoring it brings the records back."""
    odoo.env["res.partner"].create({"name": "Ada"})
    snapshot = client.post("/_fauxdoo/snapshot", json=body).json
    odoo.env["res.partner"].create({"name": "Ada"})
    assert client.post("/_fauxdoo/restore", json={**body, **(snapshot or {})}).json == {"status": "ok"}
    assert _names(odoo) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("restore", "{}", 400),
        ("restore", '{"name": "nope"}', 404),
        ("restore", '{"name": ["nope"]}', 400),
        ("reset", '{"db": "nodb"}', 404),
        ("reset", '{"db": ["odoo"]}', 400),
        ("reset", '{"database": "odoo"}', 400),
        ("reset", "{", 400),
        ("reset", "[]", 400),
        ("nope", "{}", 404),
    ],
)
def test_bad_requests(client: Client, path: str, body: str, status: int) -> None:
    """What makes no sense is refused, and it is told why."""
    reply = client.post(f"/_fauxdoo/{path}", data=body, content_type="application/json")
    assert reply.status_code == status
    assert path == "nope" or (reply.json or {})["error"]


def test_verbs(client: Client) -> None:
    """What changes something takes POST only."""
    assert client.get("/_fauxdoo/reset").status_code == 405
    assert client.post("/_fauxdoo/journal").status_code == 405


def test_journal_hides_secrets(odoo: FakeOdoo, client: Client) -> None:
    """It tells what was called, without passwords."""
    odoo.env["res.users"].create({"name": "Una", "login": "una", "password": "hunter2"})
    reply = client.get("/_fauxdoo/journal")
    (entry,) = reply.json or []
    assert (entry["model"], entry["method"], entry["protocol"]) == ("res.users", "create", "python")
    assert "hunter2" not in reply.text


def test_a_token_where_one_is_set() -> None:
    """Then nothing but health is open without it."""
    odoo = FakeOdoo(admin_token="t0ken")
    client = Client(App(odoo))
    assert client.get("/_fauxdoo/health").status_code == 200
    assert client.post("/_fauxdoo/reset").status_code == 401
    assert client.post("/_fauxdoo/reset", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.post("/_fauxdoo/reset", headers={"Authorization": "Bearer t0ken"}).status_code == 200


def test_pages_of_other_sites_are_refused(client: Client) -> None:
    """A browser that visits one must not be made to reset somebody's server."""
    assert client.post("/_fauxdoo/reset", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/_fauxdoo/reset", headers={"Origin": "http://localhost"}).status_code == 200


def test_a_server_others_can_reach_needs_a_token() -> None:
    """Bound to other than loopback and without a token the admin API is closed."""
    client = Client(App(FakeOdoo(host="0.0.0.0")))
    assert client.post("/_fauxdoo/reset").status_code == 403
    assert client.get("/_fauxdoo/health").status_code == 200
