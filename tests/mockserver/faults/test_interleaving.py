"""Races that happen the same way every time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from fauxdoo.harness.transports import requests, xmlrpc
from fauxdoo.mockserver import FakeOdoo, User


def _adding(odoo: FakeOdoo, login: str, partner: int) -> Callable[[], None]:
    """A client that reads a number, adds one and writes it, as too many do."""
    uid = odoo.as_user(login).uid

    def add() -> None:
        proxy = xmlrpc.proxy(odoo, "object")

        def call(*args: Any) -> Any:
            return proxy.execute_kw(odoo.db, uid, login, "res.partner", *args)

        (row,) = call("read", [[partner], ["color"]])
        call("write", [[partner], {"color": row["color"] + 1}])

    return add


@pytest.fixture
def two(make_odoo: Any) -> tuple[FakeOdoo, Any, list[Callable[[], None]]]:
    """A server, a partner, and two clients that add one to its colour."""
    groups = ("base.group_user", "base.group_partner_manager")
    odoo = make_odoo(users=[User(login, password=login, groups=groups) for login in ("ann", "bob")])
    partner = odoo.env["res.partner"].create({"name": "Ada", "color": 0})
    return odoo, partner, [_adding(odoo, login, partner.id) for login in ("ann", "bob")]


def _clients(odoo: FakeOdoo) -> dict[str, dict[str, Any]]:
    return {login: {"user": odoo.as_user(login).uid} for login in ("ann", "bob")}


@pytest.mark.parametrize("first", ["ann", "bob"])
def test_a_lost_update(two: Any, first: str) -> None:
    """Both read before either writes: one addition is lost, whoever is first."""
    odoo, partner, work = two
    second = "bob" if first == "ann" else "ann"
    order = [f"{first}.after_read", f"{second}.after_read", f"{second}.after_commit", f"{first}.after_commit"]
    with odoo.faults.interleave(*order, **_clients(odoo)), ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(add) for add in work]:
            future.result()
    assert partner.color == 1


def test_one_after_the_other(two: Any) -> None:
    """The same clients in an order without a race lose nothing."""
    odoo, partner, work = two
    with odoo.faults.interleave("ann.after_commit", "bob.before_call", **_clients(odoo)), ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(add) for add in work]:
            future.result()
    assert partner.color == 2


def test_somebody_never_comes(two: Any) -> None:
    """Nobody hangs: all go on, and the block says who was missing."""
    odoo, partner, (ann, _bob) = two
    with (
        pytest.raises(TimeoutError, match="nobody came to bob.after_read; not done: bob.after_read, ann"),
        odoo.faults.interleave("bob.after_read", "ann.after_read", timeout=0.05, **_clients(odoo)),
    ):
        ann()
    assert partner.color == 1
    assert odoo.dispatch.around is None


@pytest.mark.parametrize("step", ["ann", "ann.nowhere", "eve.after_read", "ann.before_commit"])
def test_nonsense_is_refused(odoo: FakeOdoo, step: str) -> None:
    """An unknown client or point, and what cannot be in memory, is a ValueError."""
    with pytest.raises(ValueError, match="step|in memory"):
        odoo.faults.interleave(step, ann={"user": 2})


def test_a_conflict_of_two_transactions(postgresql: str) -> None:
    """Both see the same, one commits, the other meets PostgreSQL's serialization failure and is tried again."""
    with FakeOdoo(store=f"{postgresql}?schema=race", backoff=0.0) as odoo:
        partner = odoo.env["res.partner"].create({"name": "Ada"})
        tries: list[str] = []
        retrying = odoo.dispatch.retrying

        def counting(attempt: Any, again: Any = lambda: None) -> Any:
            return retrying(attempt, lambda: (tries.append("again"), again()))

        odoo.dispatch.retrying = counting  # type: ignore[assignment]

        arguments = [odoo.db, 2, odoo.password, "res.partner", "write", [[partner.id], {"city": "Rome"}]]

        def over_xmlrpc() -> None:
            xmlrpc.proxy(odoo, "object").execute_kw(*arguments)

        def over_jsonrpc() -> None:
            params = {"service": "object", "method": "execute_kw", "args": arguments}
            requests.session(odoo).post("http://odoo.invalid/jsonrpc", json={"params": params}).raise_for_status()

        over_jsonrpc()  # tables are made when they are first needed
        clients = {"a": {"protocol": "xmlrpc"}, "b": {"protocol": "jsonrpc"}}
        order = ("a.after_begin", "b.after_begin", "a.after_commit", "b.after_commit")
        with odoo.faults.interleave(*order, **clients), ThreadPoolExecutor(2) as pool:
            for call in [pool.submit(over_xmlrpc), pool.submit(over_jsonrpc)]:
                call.result()
        assert tries == ["again"]
        assert partner.city == "Rome"
