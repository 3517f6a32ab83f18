"""Logins, passwords and keys, checked against the users of a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import AccessDenied, MissingError, UnknownDatabase

DB = "odoo"


@pytest.fixture(scope="module")
def _shared() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo(dialect="odoo")
    yield odoo
    odoo.close()


@pytest.fixture
def odoo(_shared: FakeOdoo) -> FakeOdoo:
    """A server as just started."""
    _shared.reset()
    return _shared


def _call(odoo: FakeOdoo, model: str, method: str, *args: Any) -> Any:
    return odoo.dispatch.call_kw(Call("jsonrpc", DB, 2, model, method, list(args)))


def _user(odoo: FakeOdoo, **values: Any) -> int:
    uid: int = _call(odoo, "res.users", "create", {"name": "Una", "login": "una", "password": "pw", **values})
    return uid


def test_login(odoo: FakeOdoo) -> None:
    """The uid of whoever knows login and password; the login is noted with its time."""
    assert odoo.auth.login(DB, "admin", "admin") == 2
    assert _call(odoo, "res.users", "read", [2], ["login_date"])[0]["login_date"]


@pytest.mark.parametrize(
    ("login", "password"),
    [("admin", "bad"), ("ADMIN", "admin"), ("nobody", "admin"), ("admin", ""), ("admin", None), ("admin", False)],
)
def test_login_is_denied(odoo: FakeOdoo, login: Any, password: Any) -> None:
    """For a wrong password, an unknown login, other case, an empty password."""
    with pytest.raises(AccessDenied):
        odoo.auth.login(DB, login, password)


@pytest.mark.parametrize("login", ["__system__", "public"])
def test_archived_users_cannot_log_in(odoo: FakeOdoo, login: str) -> None:
    """The superuser and the public user are archived and have no password."""
    for password in ("admin", "", odoo.api_key):
        with pytest.raises(AccessDenied):
            odoo.auth.login(DB, login, password)


def test_a_password_is_text(odoo: FakeOdoo) -> None:
    """A number raises the TypeError of Odoo's password library (recording protocol/common-authenticate-odd-values)."""
    with pytest.raises(TypeError, match="secret must be unicode or bytes, not int"):
        odoo.auth.login(DB, "admin", 5)


def test_unknown_database(odoo: FakeOdoo) -> None:
    """It is named in the error."""
    with pytest.raises(UnknownDatabase, match='"nodb" does not exist'):
        odoo.auth.login("nodb", "admin", "admin")


def test_check(odoo: FakeOdoo) -> None:
    """Password or key of this very user; anything else is refused, a uid without a user is missing."""
    odoo.auth.check(DB, 2, "admin")
    odoo.auth.check(DB, 2, odoo.api_key)
    for uid, password in ((2, "bad"), (2, ""), (1, "admin"), (1, odoo.api_key), (0, "admin"), (3, "x")):
        with pytest.raises(AccessDenied):
            odoo.auth.check(DB, uid, password)
    with pytest.raises(MissingError, match=r"\(Record: res.users\(999999,\), User: 999999\)"):
        odoo.auth.check(DB, 999999, "admin")


def test_what_was_verified_is_forgotten_when_users_change(odoo: FakeOdoo) -> None:
    """A new password counts at once; so does archiving and deleting."""
    uid = _user(odoo)
    odoo.auth.check(DB, uid, "pw")
    _call(odoo, "res.users", "write", [uid], {"password": "other"})
    with pytest.raises(AccessDenied):
        odoo.auth.check(DB, uid, "pw")
    odoo.auth.check(DB, uid, "other")
    _call(odoo, "res.users", "write", [uid], {"active": False})
    with pytest.raises(AccessDenied):
        odoo.auth.check(DB, uid, "other")
    _call(odoo, "res.users", "unlink", [uid])
    with pytest.raises(MissingError):
        odoo.auth.check(DB, uid, "other")


def test_a_reset_forgets_too(odoo: FakeOdoo) -> None:
    """Whoever was there before it is gone."""
    uid = _user(odoo)
    odoo.auth.check(DB, uid, "pw")
    odoo.databases[DB].reset()
    with pytest.raises(MissingError):
        odoo.auth.check(DB, uid, "pw")


def test_another_database_of_the_same_name_is_another(odoo: FakeOdoo) -> None:
    """What was verified in the dropped one does not count."""
    odoo.databases.create("shop", password="first")
    odoo.auth.check("shop", 2, "first")
    odoo.databases.drop("shop")
    odoo.databases.create("shop", password="second")
    with pytest.raises(AccessDenied):
        odoo.auth.check("shop", 2, "first")


def test_keys_end(odoo: FakeOdoo) -> None:
    """By the server's clock, remembered or not."""
    odoo.clock.freeze()
    key = odoo.auth.make_key(DB, 2, "short", ends=odoo.clock.now() + timedelta(hours=1))
    assert odoo.auth.by_key(key) == (DB, 2)
    odoo.auth.check(DB, 2, key)
    odoo.clock.move(hours=2)
    with pytest.raises(AccessDenied):
        odoo.auth.by_key(key)
    with pytest.raises(AccessDenied):
        odoo.auth.check(DB, 2, key)


def test_a_removed_key_is_remembered_for_execute_kw_only(odoo: FakeOdoo) -> None:
    """As in a real Odoo, whose cache of passwords does not notice (recording auth/apikey-full-life)."""
    key = odoo.auth.make_key(DB, 2, "gone")
    odoo.auth.check(DB, 2, key)
    with odoo.databases[DB].transaction() as env:
        env["res.users.apikeys"].search([("name", "=", "gone")]).unlink()
    odoo.auth.check(DB, 2, key)
    for refused in (lambda: odoo.auth.by_key(key), lambda: odoo.auth.login(DB, "admin", key)):
        with pytest.raises(AccessDenied):
            refused()


def test_keys_of_archived_users_are_refused(odoo: FakeOdoo) -> None:
    """A key is worth what its user is."""
    uid = _user(odoo)
    key = odoo.auth.make_key(DB, uid, "k")
    assert odoo.auth.by_key(key, DB) == (DB, uid)
    _call(odoo, "res.users", "write", [uid], {"active": False})
    with pytest.raises(AccessDenied):
        odoo.auth.by_key(key, DB)


@pytest.mark.parametrize("change", ["remove", "give away", "reset", "overdue"])
def test_a_key_that_was_taken_many_times(odoo: FakeOdoo, change: str) -> None:
    """However often it was right before, it is not once its record says otherwise."""
    uid, key = _user(odoo), odoo.auth.make_key(DB, 2, "often")
    for _ in range(3):
        assert odoo.auth.by_key(key) == (DB, 2)
    if change == "reset":
        odoo.reset()
    with odoo.databases[DB].transaction(su=True) as env:
        row = env["res.users.apikeys"].search([("name", "=", "often")])
        if change == "remove":
            row.unlink()
        elif change == "give away":
            row.user_id = uid
        elif change == "overdue":
            row.expiration_date = odoo.clock.now() - timedelta(days=1)
    if change == "give away":
        assert odoo.auth.by_key(key) == (DB, uid)
    else:
        with pytest.raises(AccessDenied):
            odoo.auth.by_key(key)


def test_keys_are_no_interactive_passwords(odoo: FakeOdoo) -> None:
    """A session wants the password."""
    assert odoo.auth.login(DB, "admin", odoo.api_key) == 2
    with pytest.raises(AccessDenied):
        odoo.auth.login(DB, "admin", odoo.api_key, interactive=True)


def test_a_key_finds_its_database(odoo: FakeOdoo) -> None:
    """Keys are unique on a server."""
    odoo.databases.create("other")
    key = odoo.auth.make_key("other", 2, "k")
    assert odoo.auth.by_key(key) == ("other", 2)
    with pytest.raises(AccessDenied):
        odoo.auth.by_key(key, DB)


def test_keys_and_passwords_are_stored_as_hashes(odoo: FakeOdoo) -> None:
    """Whoever reads the tables learns nothing."""
    with odoo.databases[DB].transaction() as env:
        env["res.users"].search([])
        rows = str(env.cr.execute(_statement("SELECT * FROM res_users")))
        rows += str(env.cr.execute(_statement("SELECT * FROM res_users_apikeys")))
    assert odoo.api_key not in rows
    assert "'admin'" in rows  # the login
    assert rows.count("$scrypt$") >= 2


def _statement(text: str) -> Any:
    from fauxdoo.mockserver.orm.sql import SQL

    return SQL.raw(text)


def test_cool_down(odoo: FakeOdoo) -> None:
    """After ten failed interactive logins an address waits a minute, whatever it sends; others need not."""
    odoo.clock.freeze()

    def login(password: str, address: str = "10.0.0.1") -> int:
        return odoo.auth.login(DB, "admin", password, interactive=True, address=address)

    for _ in range(10):
        with pytest.raises(AccessDenied, match="Access Denied"):
            login("bad")
    with pytest.raises(AccessDenied, match="Too many login failures"):
        login("admin")
    assert login("admin", address="10.0.0.2") == 2
    odoo.clock.move(seconds=61)
    assert login("admin") == 2
    with pytest.raises(AccessDenied, match="Access Denied"):
        login("bad")


def test_a_session_token_changes_with_the_user(odoo: FakeOdoo) -> None:
    """Another password or login, or archiving, makes another token; groups and names do not."""
    uid = _user(odoo)
    tokens = [odoo.auth.token(DB, uid)]
    for values in ({"name": "Uno"}, {"password": "other"}, {"login": "uno"}, {"active": False}):
        _call(odoo, "res.users", "write", [uid], values)
        tokens.append(odoo.auth.token(DB, uid))
    assert tokens[0] == tokens[1]
    assert len({*tokens}) == 4
    assert tokens[-1] is None
