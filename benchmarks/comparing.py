"""Protocols, stores and workers against each other, and other mock servers for a comparable call."""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
import xmlrpc.client
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from benchmarks.http import ROUNDS, rpc
from benchmarks.load import answer, post, rate, sequential
from benchmarks.results import Result, against
from benchmarks.servers import fauxdoo
from fauxdoo.mockserver import FakeOdoo

__all__ = ["measure"]

_WRITERS, _SECONDS = 8, 2.0
_ANSWER = {"jsonrpc": "2.0", "id": 1, "result": [{"id": 1, "name": "My Company"}, {"id": 3, "name": "Administrator"}]}


def measure(postgresql: str) -> Iterator[Result]:
    """The rows of this file; of PostgreSQL only where a URL is given, of other servers where they are installed."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # moto's, which tells of every request
    yield from _protocols()
    yield from _stores(postgresql)
    yield from _other_servers()


# -------------------------------------------------------------------- protocols


def _protocols() -> Iterator[Result]:
    with fauxdoo() as odoo:
        key = f"Authorization: Bearer {odoo['api_key']}"
        values = (odoo["db"], 2, odoo["password"], "res.partner", "read", [[1, 3], ["name"]])
        xml = xmlrpc.client.dumps(values, "execute_kw").encode()
        session = _session(odoo)
        params = {"model": "res.partner", "method": "read", "args": [[1, 3], ["name"]], "kwargs": {}}
        message = {"jsonrpc": "2.0", "id": 1, "params": params}
        requests = {
            "JSON-2": post("/json/2/res.partner/read", {"ids": [1, 3], "fields": ["name"]}, key),
            "XML-RPC": post("/xmlrpc/2/object", xml, "Content-Type: text/xml"),
            "a web session": post("/web/dataset/call_kw", message, f"Cookie: session_id={session}"),
            "REST (one record)": post("/api/res.partner/1?fields=%5B%22name%22%5D", b"", key, verb="GET"),
        }
        common = rpc(odoo, "res.partner", "read", [1, 3], ["name"])
        for name, request in requests.items():
            yield _compared(f"read over {name} / over JSON-RPC", partial(rate, odoo["url"]), request, common)


def _session(odoo: dict[str, Any]) -> str:
    params = {"db": odoo["db"], "login": odoo["login"], "password": odoo["password"]}
    head = answer(odoo["url"], post("/web/session/authenticate", {"params": params})).partition(b"\r\n\r\n")[0]
    return head.decode().partition("session_id=")[2].partition(";")[0]


# -------------------------------------------------------------------- stores and workers


def _stores(postgresql: str) -> Iterator[Result]:
    with TemporaryDirectory() as folder, ExitStack() as running:
        names = count()

        def start(store: str, *options: str) -> dict[str, Any]:
            where = {"file": str(Path(folder) / f"{next(names)}"), "memory": ":memory:"}
            url = f"{postgresql}?schema=benchmark_{next(names)}_{time.time_ns()}"
            return running.enter_context(fauxdoo("--store", where.get(store, url), *options))

        for store in ("file", *(["PostgreSQL"] if postgresql else [])):
            for what, sides in (
                (f"{store} / memory", (start(store), start("memory"))),
                (f"{store}: 2 workers / 1", (start(store, "--workers", "2"), start(store))),
            ):
                yield _compared(f"read, {what}", _reads, *sides)
                yield _compared(f"create, {what}", _creates, *sides)
            running.pop_all().close()


def _compared(what: str, measured: Callable[[Any], float], one: Any, other: Any) -> Result:
    """One side against the other, measured in turns."""
    rates = [(measured(one), measured(other)) for _ in range(ROUNDS)]
    return against(what, *map(list, zip(*rates, strict=True)))


def _reads(odoo: dict[str, Any]) -> float:
    return rate(odoo["url"], rpc(odoo, "res.partner", "read", [1, 3], ["name"]))


def _creates(odoo: dict[str, Any]) -> float:
    """Records made a second by eight clients, each of which waits for its answer."""
    request = rpc(odoo, "crm.tag", "create", [{"name": "x"}])
    body, ends, made = request.partition(b"\r\n\r\n")[2], time.perf_counter() + _SECONDS, [0] * _WRITERS

    def write(place: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(odoo["url"]).netloc)
        names = count()
        while time.perf_counter() < ends:
            named = body.replace(b'"x"', f'"{place} {next(names)} {time.time_ns()}"'.encode())
            connection.request("POST", "/jsonrpc", named, {"Content-Type": "application/json"})
            made[place] += b'"result"' in connection.getresponse().read()
        connection.close()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(_WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(made) / _SECONDS


# -------------------------------------------------------------------- other mock servers


def _other_servers() -> Iterator[Result]:
    with FakeOdoo() as odoo:
        ours = odoo.url, rpc({"db": odoo.db, "password": odoo.password}, "res.partner", "read", [1, 3], ["name"])
        for name, other in (("pytest-httpserver", _httpserver), ("moto", _moto)):
            with ExitStack() as running:
                try:
                    theirs = other(running)
                except ImportError:
                    continue
                yield _compared(f"read, in process / {name}", lambda side: sequential(*side), ours, theirs)


def _httpserver(running: ExitStack) -> tuple[str, bytes]:
    """The same answer, always."""
    from pytest_httpserver import HTTPServer

    server = running.enter_context(HTTPServer())
    server.expect_request("/jsonrpc").respond_with_json(_ANSWER)
    return server.url_for("").rstrip("/"), post("/jsonrpc", {"id": 1})


def _moto(running: ExitStack) -> tuple[str, bytes]:
    """One item of a table."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    running.callback(server.stop)
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    key = [{"AttributeName": "id", "KeyType": "HASH"}]
    table = {"TableName": "t", "KeySchema": key, "BillingMode": "PAY_PER_REQUEST"}
    attributes = [{"AttributeName": "id", "AttributeType": "S"}]
    for action, values in (
        ("CreateTable", {**table, "AttributeDefinitions": attributes}),
        ("PutItem", {"TableName": "t", "Item": {"id": {"S": "1"}, "name": {"S": "My Company"}}}),
    ):
        sequential(url, _dynamodb(action, values), 1)
    return url, _dynamodb("GetItem", {"TableName": "t", "Key": {"id": {"S": "1"}}})


def _dynamodb(action: str, values: dict[str, Any]) -> bytes:
    signed = "Authorization: AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/dynamodb/aws4_request, Signature=x"
    kind = "Content-Type: application/x-amz-json-1.0"
    return post("/", json.dumps(values).encode(), kind, f"X-Amz-Target: DynamoDB_20120810.{action}", signed)
