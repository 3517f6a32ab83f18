"""odooly, unmodified, over a real socket: the web session, JSON-RPC and JSON-2."""

from __future__ import annotations

import odooly
import pytest

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(autouse=True)
def _forget_servers() -> None:
    """Odooly remembers environments by URL; every test is a new server to it."""
    odooly.Env._cache.clear()


@pytest.fixture(params=["web", "jsonrpc", "json2"])
def client(odoo: FakeOdoo, request: pytest.FixtureRequest) -> odooly.Client:
    """Odooly logged in as the administrator, over every protocol it speaks."""
    if request.param == "json2":
        return odooly.Client(odoo.url, odoo.db, odoo.login, api_key=odoo.api_key)
    path = "/jsonrpc" if request.param == "jsonrpc" else ""
    return odooly.Client(odoo.url + path, odoo.db, odoo.login, odoo.password)


def test_version(client: odooly.Client) -> None:
    """The client takes the server for Odoo 19."""
    assert client.version_info == 19.0
    assert client.env.uid == 2


def test_records(client: odooly.Client) -> None:
    """Create, browse, write, unlink; JSON-2 answers a list of ids even to one dictionary of values."""
    partners = client.env["res.partner"]
    made = partners.create({"name": "Azure", "email": "azure@example.com"})
    azure = made if isinstance(made, odooly.Record) else made[0]
    assert (azure.name, azure.email) == ("Azure", "azure@example.com")
    azure.write({"city": "Ghent"})
    azure.name = "Azure Interior"
    assert partners.browse(azure.id).read("name city") == {"id": azure.id, "name": "Azure Interior", "city": "Ghent"}
    assert partners.search_count([f"id = {azure.id}"]) == 1
    azure.unlink()
    assert partners.search_count([f"id = {azure.id}"]) == 0


def test_search(client: odooly.Client) -> None:
    """Domains in odooly's own notation, and relations as records."""
    country = client.env["res.country"].get(["code = BE"])
    assert country.name == "Belgium"
    assert country.currency_id.name == "EUR"
    assert client.env.ref("base.be") == country


def test_metadata(client: odooly.Client) -> None:
    """Models and fields are listed."""
    assert "res.partner" in client.env
    assert client.env["res.partner"].field("country_id")["relation"] == "res.country"


def test_error(client: odooly.Client) -> None:
    """An error of the server reaches the caller."""
    with pytest.raises(odooly.ServerError, match="Contacts require a name"):
        client.env["res.partner"].create({"name": False})


def test_wrong_password(odoo: FakeOdoo) -> None:
    """A wrong password is refused at login."""
    with pytest.raises(odooly.Error, match="Invalid username or password"):
        odooly.Client(odoo.url, odoo.db, odoo.login, "wrong")


def test_unknown_database(odoo: FakeOdoo) -> None:
    """The client looks the database up and refuses one that is not there."""
    with pytest.raises(odooly.Error, match="does not exist"):
        odooly.Client(odoo.url, "nope", odoo.login, odoo.password)
