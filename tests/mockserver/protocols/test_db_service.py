"""The db service: databases come, go and are copied, with the master password."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def _shared() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo(dialect="odoo", master_password="master")
    yield odoo
    odoo.close()


@pytest.fixture
def fake(_shared: FakeOdoo) -> FakeOdoo:
    """A server with models, as just started."""
    _shared.reset()
    return _shared


def _rpc(fake: FakeOdoo, service: str, method: str, *args: Any) -> Any:
    params = {"service": service, "method": method, "args": list(args)}
    reply: Any = Client(fake.wsgi_app).post("/jsonrpc", json={"params": params}).json
    return reply["result"] if "result" in reply else reply["error"]["data"]["message"]


def _db(fake: FakeOdoo, method: str, *args: Any) -> Any:
    return _rpc(fake, "db", method, "master", *args)


def test_questions_need_no_password(fake: FakeOdoo) -> None:
    """Which databases and languages there are, and the version."""
    assert _rpc(fake, "db", "list") == ["odoo"]
    assert _rpc(fake, "db", "server_version") == "19.0"
    assert [_rpc(fake, "db", "db_exist", name) for name in ("odoo", "nodb")] == [True, False]
    assert ["en_US", "English (US)"] in _rpc(fake, "db", "list_lang")
    assert ["be", "Belgium"] in _db(fake, "list_countries")


def test_a_database_is_created(fake: FakeOdoo) -> None:
    """With an administrator of the given login and password; ids start as in any fresh database."""
    assert _db(fake, "create_database", "shop", False, "en_US", "secret", "boss") is True
    assert _rpc(fake, "db", "list") == ["odoo", "shop"]
    assert _rpc(fake, "common", "login", "shop", "boss", "secret") == 2
    assert _rpc(fake, "common", "login", "shop", "admin", "admin") is False
    assert _rpc(fake, "common", "login", "odoo", "admin", "admin") == 2


def test_a_database_is_duplicated_renamed_and_dropped(fake: FakeOdoo) -> None:
    """The copy has the same records and goes its own way."""
    fake.env["res.partner"].create({"name": "Ada"})
    assert _db(fake, "duplicate_database", "odoo", "copy") is True
    assert _db(fake, "rename", "copy", "twin") is True
    count = ["twin", 2, "admin", "res.partner", "search_count", [[["name", "=", "Ada"]]]]
    assert _rpc(fake, "object", "execute_kw", *count) == 1
    fake.env["res.partner"].create({"name": "Ada"})
    assert _rpc(fake, "object", "execute_kw", *count) == 1
    assert [_db(fake, "drop", "twin"), _db(fake, "drop", "twin")] == [True, False]
    assert _rpc(fake, "db", "list") == ["odoo"]


def test_a_database_is_dumped_and_restored(fake: FakeOdoo) -> None:
    """A dump is text that makes the same database elsewhere."""
    fake.env["res.partner"].create({"name": "Ada"})
    dump = _db(fake, "dump", "odoo", "zip")
    assert _db(fake, "restore", "again", dump) is True
    count = ["again", 2, "admin", "res.partner", "search_count", [[["name", "=", "Ada"]]]]
    assert _rpc(fake, "object", "execute_kw", *count) == 1


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("create_database", ["odoo", False, "en_US"]),
        ("duplicate_database", ["odoo", "odoo"]),
        ("restore", ["odoo", "AAAA"]),
    ],
)
def test_names_are_taken_once(fake: FakeOdoo, method: str, args: list[Any]) -> None:
    """A second database of a name is refused."""
    assert _db(fake, method, *args) == "database 'odoo' already exists!"


def test_what_is_not_there(fake: FakeOdoo) -> None:
    """Copying, renaming and dumping an unknown database names it; a dump that is none is refused."""
    for method, args in (("duplicate_database", ["nodb", "x"]), ("rename", ["nodb", "x"]), ("dump", ["nodb", "zip"])):
        assert '"nodb" does not exist' in _db(fake, method, *args)
    for name in ("", None, 5, ["x"]):
        assert "not a name for a database" in _db(fake, "create_database", name, False, "en_US")
    assert "not a database dump" in _db(fake, "restore", "x", "no dump")
    assert "not a dump" in _db(fake, "restore", "x", "bm8gZHVtcA==")
    assert _rpc(fake, "db", "list") == ["odoo"]


def test_the_master_password(fake: FakeOdoo) -> None:
    """Nothing changes without it."""
    for password in ("wrong", "", None, 5):
        assert _rpc(fake, "db", "drop", password, "odoo") == "Access Denied"
    assert _rpc(fake, "db", "list") == ["odoo"]
