"""Databases made and dropped over the admin API."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo


def _partners(client: Client, access: dict[str, Any], **headers: str) -> int:
    reply = client.post(
        "/json/2/res.partner/search_count",
        json={"domain": [["name", "=", "Ada"]]},
        headers={"Authorization": f"Bearer {access['api_key']}", **headers},
    )
    return int(reply.text)


def test_a_database_of_its_own(odoo: FakeOdoo, client: Client) -> None:
    """A new database is fresh, has a key of its own, and shares nothing with the default one."""
    odoo.env["res.partner"].create({"name": "Ada"})
    access = client.post("/_fauxdoo/databases").json or {}
    assert (access["login"], access["password"]) == ("admin", "admin")
    assert _partners(client, access) == 0
    assert _partners(client, access, **{"X-Odoo-Database": access["db"]}) == 0
    assert _partners(client, {"api_key": odoo.api_key}) == 1


def test_its_reset_keeps_the_key(client: Client) -> None:
    """Reset leads back to where it was just made."""
    access = client.post("/_fauxdoo/databases").json or {}
    headers = {"Authorization": f"Bearer {access['api_key']}"}
    client.post("/json/2/res.partner/create", json={"vals_list": [{"name": "Ada"}]}, headers=headers)
    assert _partners(client, access) == 1
    assert client.post("/_fauxdoo/reset", json={"db": access["db"]}).status_code == 200
    assert _partners(client, access) == 0


def test_names(odoo: FakeOdoo, client: Client) -> None:
    """They are listed until they are dropped, those that others made too."""
    name = (client.post("/_fauxdoo/databases").json or {})["db"]
    odoo.databases.create("shop")
    assert client.get("/_fauxdoo/databases").json == sorted(["odoo", name, "shop"])
    for made in (name, "shop"):
        assert client.delete(f"/_fauxdoo/databases/{made}").json == {"status": "ok"}
    assert client.get("/_fauxdoo/databases").json == ["odoo"]
    assert client.delete(f"/_fauxdoo/databases/{name}").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("odoo", 400), ("nope", 404)])
def test_what_cannot_be_dropped(client: Client, name: str, status: int) -> None:
    """The default database, and one that is not there."""
    assert client.delete(f"/_fauxdoo/databases/{name}").status_code == status


def test_not_too_many(odoo: FakeOdoo, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite that forgets to drop them is told so."""
    monkeypatch.setattr("fauxdoo.mockserver.console.databases._MOST", 2)
    assert client.post("/_fauxdoo/databases").status_code == 200
    reply = client.post("/_fauxdoo/databases")
    assert (reply.status_code, reply.json) == (
        409,
        {"error": "There are 2 databases: drop those that are no longer needed"},
    )
