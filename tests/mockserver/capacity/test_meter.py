"""Requests queue for workers, take their time, and meet the limits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.capacity.workers import Workers

Make = Callable[..., FakeOdoo]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes a server of a capacity."""
    made: list[FakeOdoo] = []

    def of(**capacity: Any) -> FakeOdoo:
        path = tmp_path / f"{len(made)}.json"
        path.write_text(json.dumps(capacity))
        made.append(FakeOdoo(capacity=str(path)).start())
        return made[-1]

    yield of
    for odoo in made:
        odoo.close()


def _ask(odoo: FakeOdoo, method: str, model: str = "res.partner", **arguments: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {odoo.api_key}"}
    return requests.post(f"{odoo.url}/json/2/{model}/{method}", json=arguments, headers=headers, timeout=30)


def _at_once(count: int, action: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(count) as pool:
        return [each.result() for each in [pool.submit(action) for _ in range(count)]]


def _state(odoo: FakeOdoo) -> dict[str, Any]:
    state: dict[str, Any] = requests.get(f"{odoo.url}/_fauxdoo/capacity", timeout=10).json()
    return state


def test_as_many_as_there_are_workers(make: Make) -> None:
    """Two are worked on, six wait; the admin API waits for nobody."""
    odoo = make(workers=2, service={"*": 0.1})
    started = time.monotonic()
    answers = _at_once(8, lambda: _ask(odoo, "search_count", domain=[]))
    took = time.monotonic() - started
    assert [answer.status_code for answer in answers] == [200] * 8
    assert took >= 0.4, "eight calls of 0.1 s by two workers"
    state = _state(odoo)
    assert (state["workers"], state["served"], state["busy"], state["queued"]) == (2, 8, 0, 0)
    assert 4 <= state["most_queued"] <= 6
    assert state["longest_wait"] >= 0.25


def test_first_come_first_served() -> None:
    """Whoever waits longest is next; who gives up is no longer waited for."""
    workers, order = Workers(1), list[int]()
    assert workers.take(0)

    def wait(turn: int) -> None:
        assert workers.take(10)
        order.append(turn)
        workers.give_back()

    threads = []
    for turn in range(5):
        threads.append(threading.Thread(target=wait, args=(turn,)))
        threads[-1].start()
        while workers.queued <= turn:
            time.sleep(0.001)
    assert not workers.take(0.01)
    assert (workers.queued, workers.given_up) == (5, 1)
    workers.give_back()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
    assert (workers.busy, workers.served, workers.queued) == (0, 6, 0)


def test_the_proxy_gives_up(make: Make) -> None:
    """Who waits too long for a worker gets its 504."""
    odoo = make(workers=1, proxy_timeout=0.05, service={"*": 0.5})
    answers = _at_once(2, lambda: _ask(odoo, "search_count", domain=[]))
    assert sorted(answer.status_code for answer in answers) == [200, 504]
    assert _state(odoo)["given_up"] == 1


def test_time_limit(make: Make) -> None:
    """A worker that takes too long is killed: no answer, and nothing is done."""
    odoo = make(limit_time_real=0.05, respawn=0, service={"create": 5, "*": 0})
    with pytest.raises(requests.ConnectionError):
        _ask(odoo, "create", vals_list=[{"name": "Late"}])
    assert odoo.env["res.partner"].search_count([("name", "=", "Late")]) == 0
    assert _state(odoo)["killed"] == 1
    assert _ask(odoo, "search_count", domain=[]).ok


def test_memory_limits(make: Make) -> None:
    """Of many records: above the hard limit no answer, above the soft one the worker is missing for a while."""
    limits = {"memory_base": 100, "memory_per_record": 1024, "limit_memory_soft": 150, "limit_memory_hard": 400}
    odoo = make(**limits, respawn=0.3, service={"*": 0})
    assert _ask(odoo, "create", vals_list=[{"name": f"P{number}"} for number in range(40)]).ok
    assert _state(odoo)["longest_wait"] < 0.2
    assert _ask(odoo, "create", vals_list=[{"name": f"P{number}"} for number in range(60)]).ok
    assert _ask(odoo, "search_count", domain=[]).ok
    assert _state(odoo)["longest_wait"] >= 0.2, "its place came free when it was replaced"
    with pytest.raises(requests.ConnectionError):
        _ask(odoo, "create", vals_list=[{"name": "P"}] * 310)
    assert odoo.env["res.partner"].search_count([("name", "=", "P")]) == 0
    assert _state(odoo)["killed"] == 1


def test_connection_pool(make: Make) -> None:
    """Who finds all connections in use gets the error of Odoo's pool."""
    odoo = make(workers=4, pool=1, service={"*": 0.3})
    answers = _at_once(2, lambda: _ask(odoo, "search_count", domain=[]))
    (refused,) = [answer for answer in answers if not answer.ok]
    assert refused.json()["name"] == "psycopg2.pool.PoolError"
    assert refused.json()["message"] == "The Connection Pool Is Full"


def test_time_by_method_and_record(make: Make) -> None:
    """What is read is counted, over REST too; Python's own calls take no time."""
    odoo = make(service={"res.partner.search_read": {"median": 0, "per_record": 0.02}, "*": 0})
    odoo.env["res.partner"].create([{"name": "Many"}] * 10)
    started = time.monotonic()
    assert len(_ask(odoo, "search_read", domain=[["name", "=", "Many"]], fields=["name"]).json()) == 10
    assert time.monotonic() - started >= 0.2
    headers = {"Authorization": f"Bearer {odoo.api_key}"}
    started = time.monotonic()
    assert requests.get(f"{odoo.url}/api/res.partner?limit=5", headers=headers, timeout=10).ok
    assert time.monotonic() - started >= 0.02


def test_no_capacity() -> None:
    """Says so."""
    with FakeOdoo() as odoo:
        assert requests.get(f"{odoo.url}/_fauxdoo/capacity", timeout=10).status_code == 404
