"""What a server can do at best: WSGI apps that only echo, or only run the SQL, with nothing of Fauxdoo in them."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import orjson

from benchmarks.partners import COLUMNS, COUNTRIES, partners

__all__ = ["echo", "main", "pipeline"]

App = Callable[..., Iterable[bytes]]
TABLES = """
CREATE TABLE country (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE partner (id INTEGER PRIMARY KEY, name, email, city, country_id INTEGER, is_company, active DEFAULT 1);
CREATE INDEX partner_order ON partner (name, id DESC);
"""
FOUND = """
SELECT p.id, p.name, p.email, p.country_id, c.name, p.city FROM partner p LEFT JOIN country c ON c.id = p.country_id
WHERE p.active AND p.is_company = ? AND p.country_id = ? ORDER BY p.name, p.id DESC LIMIT 80
"""


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Parse the JSON-RPC call and answer a read of two records, always the same."""
    call = orjson.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    result = [{"id": 1, "name": "My Company"}, {"id": 3, "name": "Administrator"}]
    return _json(start_response, {"jsonrpc": "2.0", "id": call["id"], "result": result})


def pipeline() -> App:
    """An app that answers a search_read of partners with sqlite3, dictionaries and orjson."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript(TABLES)
    database.executemany("INSERT INTO country VALUES (?, ?)", COUNTRIES.items())
    insert = f"INSERT INTO partner ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?)"
    database.executemany(insert, [tuple(row[column] for column in COLUMNS) for row in partners()])

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        call = orjson.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        rows = database.execute(FOUND, [value for _, _, value in call["params"]["args"][5][0]])
        result = [
            {"id": i, "name": name, "email": email, "country_id": [country, label], "city": city}
            for i, name, email, country, label, city in rows
        ]
        return _json(start_response, {"jsonrpc": "2.0", "id": call["id"], "result": result})

    return app


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
