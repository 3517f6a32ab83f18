"""Sessions: logging in and out, cookies, which database."""

from __future__ import annotations

from typing import Any

import pytest

ADMIN = {"db": "odoo", "login": "admin", "password": "admin"}


def _login(odoo: Any, client: Any, **changes: Any) -> Any:
    return odoo.post("/web/session/authenticate", {**ADMIN, **changes}, client)


def _alive(odoo: Any, client: Any, **headers: str) -> bool:
    reply = odoo.post("/web/session/check", {}, client, **headers)
    expired = reply.get("error", {}).get("data", {}).get("name") == "odoo.http.SessionExpiredException"
    assert reply in ({"jsonrpc": "2.0", "id": 1}, reply if expired else None)
    return not expired


def test_a_login_makes_a_session(odoo: Any) -> None:
    """The cookie has 84 characters, is for HTTP only and lasts a week."""
    client = odoo.client()
    message = {"id": 1, "params": ADMIN}
    reply = client.post("/web/session/authenticate", json=message)
    assert reply.json["result"] == {"uid": 2, "db": "odoo"}
    cookie = client.get_cookie("session_id")
    assert len(cookie.value) == 84
    assert cookie.http_only
    assert (cookie.path, cookie.max_age) == ("/", 604800)
    assert _alive(odoo, client)


def test_a_login_changes_the_id(odoo: Any) -> None:
    """Whoever knew the id before cannot use it after."""
    client = odoo.client()
    client.get("/web/login")
    before = client.get_cookie("session_id").value
    _login(odoo, client)
    assert client.get_cookie("session_id").value != before


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"password": "bad"}, "odoo.exceptions.AccessDenied"),
        ({"login": "nobody"}, "odoo.exceptions.AccessDenied"),
        ({"db": "nodb"}, "psycopg2.OperationalError"),
        ({"db": ""}, "builtins.AssertionError"),
        ({"db": None}, "builtins.AssertionError"),
    ],
)
def test_a_failed_login_keeps_the_session(odoo: Any, changes: dict[str, Any], name: str) -> None:
    """The error names what is wrong; who was logged in stays so."""
    client = odoo.client()
    _login(odoo, client)
    assert _login(odoo, client, **changes)["error"]["data"]["name"] == name
    assert _alive(odoo, client)


def test_api_keys_make_no_session(odoo: Any) -> None:
    """Only passwords do (recording protocol/session-authenticate-api-key-refused)."""
    client = odoo.client()
    assert "error" in _login(odoo, client, password=odoo.key)
    assert not _alive(odoo, client)


def test_missing_arguments(odoo: Any) -> None:
    """The TypeError of Odoo's own controller."""
    reply = odoo.post("/web/session/authenticate", {"db": "odoo"})
    message = "Session.authenticate() missing 2 required positional arguments: 'login' and 'password'"
    assert reply["error"]["data"]["message"] == message


def test_an_expired_session_is_code_100_without_id(odoo: Any) -> None:
    """The request is not read before (recording protocol/session-bad-cookie)."""
    reply = odoo.post("/web/session/check", {}, Cookie="session_id=garbage")
    assert (reply["id"], reply["error"]["code"], reply["error"]["message"]) == (None, 100, "Odoo Session Expired")


def test_a_changed_password_ends_the_session(odoo: Any) -> None:
    """The session holds a token of the user as it was."""
    client = odoo.client()
    _login(odoo, client)
    odoo.auth.tokens[2] = "another"
    assert not _alive(odoo, client)


def test_time_ends_the_session(odoo: Any) -> None:
    """A week without a request, by the server's clock."""
    client = odoo.client()
    _login(odoo, client)
    odoo.clock.move(days=6)
    assert _alive(odoo, client)
    odoo.clock.move(days=6)
    assert _alive(odoo, client)
    odoo.clock.move(days=8)
    assert not _alive(odoo, client)


def test_destroy_and_logout(odoo: Any) -> None:
    """Both end the session; logout leads to the web client's page."""
    for path in ("destroy", "logout"):
        client = odoo.client()
        _login(odoo, client)
        if path == "destroy":
            assert odoo.post("/web/session/destroy", {}, client) == {"jsonrpc": "2.0", "id": 1}
        else:
            assert client.get("/web/session/logout").status_code == 303
        assert not _alive(odoo, client)


def test_session_info(odoo: Any) -> None:
    """It says who one is."""
    client = odoo.client()
    _login(odoo, client)
    assert odoo.post("/web/session/get_session_info", {}, client)["result"] == {"uid": 2, "db": "odoo"}


def test_a_header_makes_the_login_stateless(odoo: Any) -> None:
    """Named by X-Odoo-Database, a database gives no cookie (recording session-login-over-header-is-stateless)."""
    client = odoo.client()
    message = {"id": 1, "params": ADMIN}
    reply = client.post("/web/session/authenticate", json=message, headers={"X-Odoo-Database": "odoo"})
    assert reply.json["result"]["uid"] == 2
    assert "Set-Cookie" not in reply.headers
    assert not _alive(odoo, client)


def test_header_and_session_must_agree(odoo: Any) -> None:
    """Another database than the session's: HTTP 403, also where nobody needs a session."""
    odoo.add_database("other")
    client = odoo.client()
    _login(odoo, client)
    for path in ("/web/session/check", "/jsonrpc"):
        reply = client.post(path, json={}, headers={"X-Odoo-Database": "other"})
        assert (reply.status_code, reply.mimetype) == (403, "text/html")
    assert _alive(odoo, client, **{"X-Odoo-Database": "odoo"})


def test_without_a_database_little_exists(odoo: Any) -> None:
    """With an unknown database in the header, routes that need one are not found."""
    client = odoo.client()
    headers = {"X-Odoo-Database": "nodb"}
    assert client.post("/web/session/check", json={}, headers=headers).status_code == 404
    assert client.post("/web/webclient/version_info", json={}, headers=headers).status_code == 200


def test_sessions_are_the_same_in_every_run(server: Any) -> None:
    """Ids come from a seed."""
    ids = []
    for _ in range(2):
        odoo = server()
        client = odoo.client()
        _login(odoo, client)
        ids.append(client.get_cookie("session_id").value)
    assert ids[0] == ids[1]
