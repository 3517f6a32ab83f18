"""odoo-client-lib, unmodified, over a real socket: XML-RPC, JSON-RPC and JSON-2."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import odoolib
import pytest
from odoolib.tools import AuthenticationError

from fauxdoo.mockserver import FakeOdoo


def _connect(odoo: FakeOdoo, protocol: str, password: str) -> Any:
    parts = urlsplit(odoo.url)
    return odoolib.get_connection(
        hostname=parts.hostname,
        protocol=protocol,
        port=parts.port,
        database=odoo.db,
        login=odoo.login,
        password=password,
    )


@pytest.fixture(params=["xmlrpc", "jsonrpc", "json2"])
def connection(odoo: FakeOdoo, request: pytest.FixtureRequest) -> Any:
    """A connection as the administrator, over every protocol the library speaks."""
    return _connect(odoo, request.param, odoo.api_key if request.param == "json2" else odoo.password)


def test_login(connection: Any) -> None:
    """The login is checked and the user's context read."""
    connection.check_login()
    assert connection.get_user_context()["lang"] == "en_US"


def test_records(connection: Any) -> None:
    """Create, read, write, unlink with positional arguments, which JSON-2 clients name by the model's documentation."""
    partners = connection.get_model("res.partner")
    made = partners.create({"name": "Azure"})
    ids = made if isinstance(made, list) else [made]
    partners.write(ids, {"city": "Ghent"})
    (row,) = partners.search_read([("id", "in", ids)], ["name", "city"])
    assert (row["name"], row["city"]) == ("Azure", "Ghent")
    assert partners.unlink(ids) is True
    assert partners.search([("id", "in", ids)]) == []


def test_execute(connection: Any) -> None:
    """Named arguments reach the method."""
    rows = connection.get_model("res.country").search_read(domain=[("code", "=", "BE")], fields=["name"])
    assert [row["name"] for row in rows] == ["Belgium"]


def test_error(connection: Any) -> None:
    """An error of the server reaches the caller."""
    with pytest.raises(Exception, match="Contacts require a name"):
        connection.get_model("res.partner").create({"name": False})


@pytest.mark.parametrize("protocol", ["xmlrpc", "jsonrpc", "json2"])
def test_wrong_credentials(odoo: FakeOdoo, protocol: str) -> None:
    """A wrong password or key does not get in."""
    connection = _connect(odoo, protocol, "wrong")
    if protocol == "json2":
        assert connection.check_login() is False
    else:
        with pytest.raises(AuthenticationError):
            connection.check_login()
