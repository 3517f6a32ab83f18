"""OdooRPC, unmodified, over a real socket."""

from __future__ import annotations

from urllib.parse import urlsplit

import odoorpc
import pytest

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture
def client(odoo: FakeOdoo) -> odoorpc.ODOO:
    """OdooRPC logged in as the administrator."""
    parts = urlsplit(odoo.url)
    client = odoorpc.ODOO(parts.hostname, port=parts.port)
    client.login(odoo.db, odoo.login, odoo.password)
    return client


def test_version_and_databases(client: odoorpc.ODOO, odoo: FakeOdoo) -> None:
    """The client takes the server for Odoo 19 and sees its database."""
    assert client.version.startswith("19.0")
    assert client.db.list() == [odoo.db]


def test_user(client: odoorpc.ODOO) -> None:
    """The environment knows user, company and language."""
    assert client.env.uid == 2
    assert client.env.user.login == "admin"
    assert client.env.user.company_id.id == 1
    assert client.env.lang == "en_US"


def test_wrong_password(odoo: FakeOdoo) -> None:
    """A wrong password is refused at login."""
    parts = urlsplit(odoo.url)
    with pytest.raises(odoorpc.error.RPCError, match="Wrong login"):
        odoorpc.ODOO(parts.hostname, port=parts.port).login(odoo.db, odoo.login, "wrong")


def test_api_key_as_password(odoo: FakeOdoo) -> None:
    """An API key stands for the password."""
    parts = urlsplit(odoo.url)
    client = odoorpc.ODOO(parts.hostname, port=parts.port)
    client.login(odoo.db, odoo.login, odoo.api_key)
    assert client.env.uid == 2


def test_records(client: odoorpc.ODOO) -> None:
    """Create, browse, write, unlink."""
    partners = client.env["res.partner"]
    id_ = partners.create({"name": "Azure", "child_ids": [(0, 0, {"name": "Ann"})]})
    azure = partners.browse(id_)
    assert azure.name == "Azure"
    assert [child.name for child in azure.child_ids] == ["Ann"]
    azure.write({"city": "Ghent"})
    azure.name = "Azure Interior"
    assert partners.read([id_], ["name", "city"]) == [{"id": id_, "name": "Azure Interior", "city": "Ghent"}]
    partners.unlink(azure.child_ids.ids)
    assert partners.unlink([id_])
    assert partners.search([("id", "=", id_)]) == []


def test_search_and_execute(client: odoorpc.ODOO) -> None:
    """Any method is called by its name, with positional or named arguments."""
    assert client.execute("res.partner", "search", [("id", "=", 1)]) == [1]
    rows = client.execute_kw("res.country", "search_read", [[("code", "=", "BE")]], {"fields": ["name"]})
    assert [row["name"] for row in rows] == ["Belgium"]
    assert client.env.ref("base.us").code == "US"


def test_error(client: odoorpc.ODOO) -> None:
    """An error of the server comes with Odoo's class and message."""
    with pytest.raises(odoorpc.error.RPCError) as caught:
        client.env["res.partner"].create({"name": False})
    assert caught.value.info["data"]["name"] == "odoo.exceptions.ValidationError"
    assert "Contacts require a name" in str(caught.value)
