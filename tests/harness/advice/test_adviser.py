"""Where calls come from, over sockets and without."""

from __future__ import annotations

import asyncio
import json
import sys
import xmlrpc.client
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

import httpx
import pytest
import requests

from fauxdoo.harness.advice import Adviser, Notes
from fauxdoo.harness.transports import httpx as for_httpx
from fauxdoo.harness.transports import requests as for_requests
from fauxdoo.harness.transports import xmlrpc as for_xmlrpc
from fauxdoo.mockserver import FakeOdoo

PATH, ALL = "/json/2/res.partner/search_count", {"domain": []}


@pytest.fixture(scope="module")
def _served() -> Iterator[tuple[FakeOdoo, Adviser]]:
    with FakeOdoo() as fake:
        adviser = Adviser(Notes())
        adviser.watch(fake)
        yield fake, adviser


@pytest.fixture
def odoo(_served: tuple[FakeOdoo, Adviser]) -> FakeOdoo:
    """A fake that is watched."""
    _served[0].reset()
    return _served[0]


@pytest.fixture
def notes(_served: tuple[FakeOdoo, Adviser]) -> Notes:
    """What was noted, nothing yet."""
    _served[1].notes.clear()
    return _served[1].notes


def _key(odoo: FakeOdoo) -> dict[str, str]:
    return {"Authorization": f"Bearer {odoo.api_key}"}


def _by_requests(odoo: FakeOdoo, **options: Any) -> None:
    requests.post(odoo.url + PATH, json=ALL, headers=_key(odoo), **options)


def _by_urllib(odoo: FakeOdoo, **options: Any) -> None:
    headers = {**_key(odoo), "Content-Type": "application/json"}
    urlopen(Request(odoo.url + PATH, json.dumps(ALL).encode(), headers), **options).close()


def _by_httpx(odoo: FakeOdoo, **options: Any) -> None:
    httpx.post(odoo.url + PATH, json=ALL, headers=_key(odoo), **options)


def _by_a_session(odoo: FakeOdoo, **options: Any) -> None:
    for_requests.session(odoo).post("https://erp.example.com" + PATH, json=ALL, headers=_key(odoo), **options)


def _by_a_client(odoo: FakeOdoo, **options: Any) -> None:
    for_httpx.client(odoo, headers=_key(odoo), **options).post(PATH, json=ALL)


def _by_xmlrpc(odoo: FakeOdoo) -> None:
    call = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object").execute_kw
    call(odoo.db, 2, odoo.password, "res.partner", "search_count", [[]])


def _by_a_proxy(odoo: FakeOdoo) -> None:
    for_xmlrpc.proxy(odoo, "object").execute_kw(odoo.db, 2, odoo.password, "res.partner", "search_count", [[]])


def _by_a_task(odoo: FakeOdoo) -> None:
    async def ask() -> None:
        async with httpx.AsyncClient(headers=_key(odoo)) as client:
            await client.post(odoo.url + PATH, json=ALL)

    asyncio.run(ask())


def _by_an_async_client(odoo: FakeOdoo) -> None:
    async def ask() -> None:
        async with for_httpx.async_client(odoo, headers=_key(odoo)) as client:
            await client.post(PATH, json=ALL)

    asyncio.run(ask())


def _by_a_thread(odoo: FakeOdoo) -> None:
    thread = Thread(target=_by_urllib, args=(odoo,))
    thread.start()
    thread.join()


@pytest.mark.parametrize(
    ("client", "function"),
    [
        (_by_requests, "_by_requests"),
        (_by_urllib, "_by_urllib"),
        (_by_httpx, "_by_httpx"),
        (_by_xmlrpc, "_by_xmlrpc"),
        (_by_a_session, "_by_a_session"),
        (_by_a_client, "_by_a_client"),
        (_by_a_proxy, "_by_a_proxy"),
        (_by_a_task, "ask"),
        (_by_an_async_client, "ask"),
        (_by_a_thread, "_by_urllib"),
    ],
)
def test_callers(odoo: FakeOdoo, client: Callable[[FakeOdoo], None], function: str) -> None:
    """The journal names the line of the user's code, also where another thread or a task waits for the answer."""
    client(odoo)
    caller = odoo.calls[-1].caller
    assert caller is not None
    assert (Path(caller.path), caller.function) == (Path(__file__), function)


def test_caller_on_its_way(odoo: FakeOdoo) -> None:
    """A task is found where its thread moves on while it is looked at, too."""
    interval = sys.getswitchinterval()
    try:
        sys.setswitchinterval(1e-5)  # threads take turns all the time
        for _ in range(50):
            _by_a_task(odoo)
    finally:
        sys.setswitchinterval(interval)
    assert {None if call.caller is None else call.caller.function for call in odoo.calls[-50:]} == {"ask"}


@pytest.mark.parametrize(
    ("client", "options", "noted"),
    [
        (_by_requests, {}, True),
        (_by_requests, {"timeout": 60}, False),
        (_by_urllib, {}, True),
        (_by_urllib, {"timeout": 60}, False),
        (_by_httpx, {}, False),
        (_by_httpx, {"timeout": None}, True),
        (_by_xmlrpc, {}, True),
        (_by_a_session, {}, True),
        (_by_a_session, {"timeout": 60}, False),
        (_by_a_client, {}, False),
        (_by_a_client, {"timeout": None}, True),
        (_by_a_proxy, {}, False),
    ],
)
def test_timeouts(
    odoo: FakeOdoo, notes: Notes, client: Callable[..., None], options: dict[str, Any], noted: bool
) -> None:
    """A client without one is found, at its socket or in its transport; where nobody can know, nothing is said."""
    client(odoo, **options)
    assert ("no-timeout" in [note.rule for note in notes]) is noted


def test_the_admin_api_is_nobody_s_integration(odoo: FakeOdoo, notes: Notes) -> None:
    """It is not looked at."""
    requests.post(f"{odoo.url}/_fauxdoo/reset?token=x")
    assert len(notes) == 0
