"""Databases of their own for tests and threads, on one port."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fauxdoo.harness.clients import Json2, JsonRpc, Target
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.copies import Copy


@pytest.fixture(scope="module")
def _odoo() -> Iterator[FakeOdoo]:
    def seed(env: object) -> None:
        env["res.partner"].create({"name": "Seeded"})  # type: ignore[index]

    with FakeOdoo(seeds=(seed,)) as odoo:
        yield odoo


@pytest.fixture
def odoo(_odoo: FakeOdoo) -> FakeOdoo:
    """A listening server with a seed."""
    _odoo.reset()
    return _odoo


def _names(copy: Copy | FakeOdoo) -> list[str]:
    return copy.env["res.partner"].search([("name", "in", ["Seeded", "Ada"])], order="name").mapped("name")


def test_nothing_is_shared(odoo: FakeOdoo) -> None:
    """A copy begins as the default database did, whatever that holds by now; neither sees the other's records."""
    odoo.env["res.partner"].create({"name": "Ada"})
    with odoo.database() as copy:
        assert (_names(copy), _names(odoo)) == (["Seeded"], ["Ada", "Seeded"])
        copy.env.user.name = "Boss"
        assert odoo.env.user.name != "Boss"
        assert copy.as_user(copy.login).user == copy.env.user
        copy.reset()
        assert copy.env.user.name != "Boss"
    assert list(odoo.databases) == [odoo.db]


def test_how_clients_choose(odoo: FakeOdoo) -> None:
    """By name, by header, or by the key alone; the default database's key does not open it."""
    copy = odoo.database()
    copy.env["res.partner"].create({"name": "Ada"})
    count = {"domain": [("name", "=", "Ada")]}
    by_name = JsonRpc(Target(copy.url, copy.db, copy.login, copy.password))
    by_header = Json2(Target(copy.url, copy.db, api_key=copy.api_key))
    by_key = Json2(Target(copy.url, None, api_key=copy.api_key))  # type: ignore[arg-type]
    for client in (by_name, by_header, by_key):
        assert client.call("res.partner", "search_count", **count) == 1
    wrong = Json2(Target(copy.url, copy.db, api_key=odoo.api_key)).outcome("res.partner", "search_count", [], count)
    assert wrong["error"]["status"] == 401
    for client in (by_name, by_header, by_key):
        client.close()


def test_used_again(odoo: FakeOdoo) -> None:
    """A database given back is the next one, fresh; a reset takes back those that nobody closed."""
    first = odoo.database()
    first.env["res.partner"].create({"name": "Ada"})
    first.close()
    first.close()
    second = odoo.database()
    assert (second.db, second.api_key, _names(second)) == (first.db, first.api_key, ["Seeded"])
    odoo.reset()
    assert list(odoo.databases) == [odoo.db]
    assert odoo.database().db == first.db


def test_threads(odoo: FakeOdoo) -> None:
    """Many threads at once, each in a database of its own."""

    def work(number: int) -> int:
        with odoo.database() as copy:
            client = JsonRpc(Target(copy.url, copy.db, copy.login, copy.password))
            for _ in range(number):
                client.call("res.partner", "create", {"name": "Ada"})
            client.close()
            return len(_names(copy))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(8))) == [number + 1 for number in range(8)]


def test_beside_a_file(tmp_path: Path) -> None:
    """Copies of a database in a file are in memory."""
    with FakeOdoo(store=str(tmp_path / "odoo.db")) as odoo:
        odoo.env["res.partner"].create({"name": "Ada"})
        assert _names(odoo.database()) == []
