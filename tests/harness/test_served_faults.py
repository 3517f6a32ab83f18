"""Faults under `fauxdoo serve`: from the command line and over the admin API, in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.harness.test_workers import KEY, Served

_HEADERS = {"Authorization": f"bearer {KEY}"}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A server with one fault from the start."""
    served = Served("--fault", "page:status=504,committed=true,method=copy,count=1")
    yield served
    served.stop()


@pytest.fixture(autouse=True)
def _without_faults(served: Served) -> Iterator[None]:
    yield
    requests.delete(f"{served.url}/_fauxdoo/faults", timeout=10).raise_for_status()


def _set(served: Served, kind: str, **options: object) -> None:
    requests.post(f"{served.url}/_fauxdoo/faults", json={"kind": kind, **options}, timeout=10).raise_for_status()


def _create(served: Served) -> requests.Response:
    address = f"{served.url}/json/2/res.partner/create"
    return requests.post(address, json={"vals_list": [{"name": "Ada"}]}, headers=_HEADERS, timeout=10)


def _count(served: Served) -> int:
    count: int = served.call("res.partner", "search_count", domain=[["name", "=", "Ada"]])
    return count


def test_from_the_command_line(served: Served) -> None:
    """The proxy gives up on the copy, which is there."""
    requests.post(f"{served.url}/_fauxdoo/reset", timeout=30).raise_for_status()  # faults begin anew
    partner = served.call("res.partner", "create", vals_list=[{"name": "Bob"}])
    address = f"{served.url}/json/2/res.partner/copy"
    assert requests.post(address, json={"ids": partner}, headers=_HEADERS, timeout=10).status_code == 504
    assert served.call("res.partner", "search_count", domain=[["name", "=like", "Bob%"]]) == 2


@pytest.mark.parametrize("committed", [False, True])
def test_drop(served: Served, committed: bool) -> None:
    """The connection ends; whether the work stays is as asked for."""
    before = _count(served)
    _set(served, "drop", committed=committed, method="create")
    with pytest.raises(requests.RequestException):
        _create(served)
    assert _count(served) == before + committed


def test_truncated(served: Served) -> None:
    """The answer ends before its announced length."""
    _set(served, "truncated", method="create")
    with pytest.raises(requests.RequestException):
        _create(served)


def test_slow_bodies_keep_nobody_waiting(served: Served) -> None:
    """While one client waits for a slow body others are served."""
    _set(served, "slow", seconds=1.5, method="create")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(_create, served)
        time.sleep(0.3)
        answered = [_count(served) for _ in range(5)]
        assert not slow.done()
        assert slow.result().status_code == 200
    assert answered


def test_throttle(served: Served) -> None:
    """The second request of a minute gets 429, the admin API does not count."""
    _set(served, "throttle", rate=1)
    assert [_create(served).status_code for _ in range(2)] == [200, 429]
