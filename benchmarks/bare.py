"""What a server can do at best: WSGI apps that only echo, or only run the SQL; no Fauxdoo in the request."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from benchmarks.partners import partners
from fauxdoo.mockserver import FakeOdoo

__all__ = ["echo", "main", "pipeline"]

App = Callable[..., Iterable[bytes]]
FOUND = """
SELECT p.id, p.name, p.email, p.country_id, c.name, p.city
FROM res_partner AS p LEFT JOIN res_country AS c ON c.id = p.country_id
WHERE (p.is_company = ? AND p.country_id = ? AND p.active = 1)
AND ((p.company_id = 1 OR p.company_id IS NULL) OR (p.partner_share <> 1 OR p.partner_share IS NULL))
ORDER BY p.complete_name ASC NULLS LAST, p.id DESC LIMIT 80
"""
"""What Fauxdoo makes of the call, record rules included."""


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Parse the JSON-RPC call and answer a read of two records, always the same."""
    call = orjson.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    result = [{"id": 1, "name": "My Company"}, {"id": 3, "name": "Administrator"}]
    return _json(start_response, {"jsonrpc": "2.0", "id": call["id"], "result": result})


def pipeline() -> App:
    """An app that answers a search_read of partners with sqlite3, dictionaries and orjson."""
    database = _filled()

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        call = orjson.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        rows = database.execute(FOUND, [value for _, _, value in call["params"]["args"][5][0]])
        result = [
            {"id": i, "name": name, "email": email, "country_id": [country, label], "city": city}
            for i, name, email, country, label, city in rows
        ]
        return _json(start_response, {"jsonrpc": "2.0", "id": call["id"], "result": result})

    return app


def _filled() -> sqlite3.Connection:
    """The tables as Fauxdoo makes and fills them, in a connection of our own."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    with TemporaryDirectory() as folder:
        path = f"{folder}/partners"
        odoo = FakeOdoo(store=path)
        odoo.env["res.partner"].create(list(partners()))
        odoo.close()
        with closing(sqlite3.connect(path)) as file:
            file.backup(database)
    return database


def _json(start_response: Callable[..., Any], payload: object) -> Iterable[bytes]:
    body = orjson.dumps(payload)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _load(name: str) -> App:
    return pipeline() if name == "pipeline" else echo


def main() -> None:
    """Serve `echo` or `pipeline` on a port under Granian; one thread, with which SQLite is fastest."""
    from granian.constants import Interfaces
    from granian.server import Server

    name, port = sys.argv[1:]
    server = Server(name, port=int(port), interface=Interfaces.WSGI, workers=1, blocking_threads=1, log_enabled=False)
    server.serve(target_loader=partial(_load, name), wrap_loader=False)


if __name__ == "__main__":
    main()
