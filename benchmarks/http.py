"""Requests a second over JSON-RPC: search_read and read under Granian, read in process on Werkzeug."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import islice
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from benchmarks import bare
from benchmarks.load import answer, post, rate, sequential
from benchmarks.partners import DOMAIN, FIELDS, partners
from benchmarks.results import Result, ratio
from benchmarks.servers import bare_granian, fauxdoo
from fauxdoo.mockserver import FakeOdoo

__all__ = ["ROUNDS", "measure", "rpc"]

ROUNDS = 3
"""Each side is measured so often, in turns, and its median counts."""


def measure() -> Iterator[Result]:
    """The rows of this file."""
    with fauxdoo() as odoo:
        _fill(odoo)
        with bare_granian("pipeline") as url:
            yield _compare("search_read of 80 of 10k partners, Granian", odoo["url"], url, _search_read(odoo), 0.5)
        with bare_granian("echo") as url:
            yield _compare("read of 2 records, Granian", odoo["url"], url, _read(odoo), 0.33)
    yield _in_process()


def _compare(what: str, ours: str, other: str, request: bytes, goal: float) -> Result:
    for url in (ours, other):
        assert b'"result"' in answer(url, request), answer(url, request)
    rates: list[tuple[float, float]] = [(rate(ours, request), rate(other, request)) for _ in range(ROUNDS)]
    return ratio(what, [our for our, _ in rates], [bare for _, bare in rates], goal)


def rpc(access: dict[str, Any], model: str, method: str, *args: Any, **kwargs: Any) -> bytes:
    """The bytes of a call over JSON-RPC."""
    values = [access["db"], 2, access["password"], model, method, list(args), kwargs]
    params = {"service": "object", "method": "execute_kw", "args": values}
    return post("/jsonrpc", {"jsonrpc": "2.0", "id": 1, "method": "call", "params": params})


def _search_read(access: dict[str, Any]) -> bytes:
    return rpc(access, "res.partner", "search_read", DOMAIN, fields=FIELDS, limit=80)


def _read(access: dict[str, Any]) -> bytes:
    return rpc(access, "res.partner", "read", [1, 3], ["name"])


def _fill(access: dict[str, Any]) -> None:
    waiting = partners()
    while batch := list(islice(waiting, 1000)):
        reply = answer(access["url"], rpc(access, "res.partner", "create", batch))
        assert b'"result"' in reply, reply


def _in_process() -> Result:
    server = make_server("127.0.0.1", 0, bare.echo, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with FakeOdoo() as odoo:
        request = _read({"db": odoo.db, "password": odoo.password})
        urls = odoo.url, f"http://127.0.0.1:{server.port}"
        for url in urls:
            assert b'"result"' in answer(url, request), answer(url, request)
        rates = [(sequential(urls[0], request, 1000), sequential(urls[1], request, 1000)) for _ in range(ROUNDS)]
    server.shutdown()
    return ratio(
        "read of 2 records, in process on Werkzeug", [our for our, _ in rates], [bare for _, bare in rates], 0.7
    )


class _Quiet(WSGIRequestHandler):
    def log_request(self, *arguments: Any) -> None:
        return None
