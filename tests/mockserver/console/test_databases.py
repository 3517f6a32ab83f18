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
    assert (access["db"], access["login"], access["password"]) == ("test-1", "admin", "admin")
    assert _partners(client, access) == 0
    assert _partners(client, access, **{"X-Odoo-Database": "test-1"}) == 0
    assert _partners(client, {"api_key": odoo.api_key}) == 1


def test_its_reset_keeps_the_key(client: Client) -> None:
    """Reset leads back to where it was just made."""
    access = client.post("/_fauxdoo/databases", json={"name": "shop"}).json or {}
    headers = {"Authorization": f"Bearer {access['api_key']}"}
    client.post("/json/2/res.partner/create", json={"vals_list": [{"name": "Ada"}]}, headers=headers)
    assert _partners(client, access) == 1
    assert client.post("/_fauxdoo/reset", json={"db": "shop"}).status_code == 200
    assert _partners(client, access) == 0


def test_names(client: Client) -> None:
    """They are listed; a taken one is refused; a dropped one is free again."""
    client.post("/_fauxdoo/databases", json={"name": "shop"})
    assert client.get("/_fauxdoo/databases").json == ["odoo", "shop"]
    assert client.post("/_fauxdoo/databases", json={"name": "shop"}).status_code == 409
    assert client.delete("/_fauxdoo/databases/shop").json == {"status": "ok"}
    assert client.get("/_fauxdoo/databases").json == ["odoo"]


@pytest.mark.parametrize(("name", "status"), [("odoo", 400), ("nope", 404)])
def test_what_cannot_be_dropped(client: Client, name: str, status: int) -> None:
    """The default database, and one that is not there."""
    assert client.delete(f"/_fauxdoo/databases/{name}").status_code == status
