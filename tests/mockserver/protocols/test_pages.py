"""Public routes: versions, health, redirections."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("verb", "path", "status", "mimetype"),
    [
        ("GET", "/web/version", 200, "application/json"),
        ("OPTIONS", "/web/version", 200, "application/json"),
        ("POST", "/web/version", 400, "text/html"),
        ("GET", "/json/version", 200, "application/json"),
        ("GET", "/web/health", 200, "application/json"),
        ("GET", "/robots.txt", 200, "text/plain"),
        ("GET", "/web/login", 200, "text/html"),
        ("GET", "/", 303, "text/html"),
        ("GET", "/web", 303, "text/html"),
        ("GET", "/odoo", 303, "text/html"),
        ("GET", "/nope", 404, "text/html"),
        ("POST", "/nope", 404, "text/html"),
        ("GET", "/web/database/list", 415, "text/html"),
        ("GET", "/api/res.partner", 404, "text/html"),
        ("GET", "/json/1/contacts", 401, "text/html"),
        ("GET", "/json/contacts", 303, "text/html"),
        ("GET", "/web/database/selector", 200, "text/html"),
    ],
)
def test_status_and_type(odoo: Any, verb: str, path: str, status: int, mimetype: str) -> None:
    """Plain HTTP routes as a real Odoo answers them (recording protocol/web-routes-public)."""
    reply = odoo.client().open(path, method=verb)
    assert (reply.status_code, reply.mimetype) == (status, mimetype)


def test_contents(odoo: Any) -> None:
    """What monitors and clients read."""
    client = odoo.client()
    assert client.get("/web/version").json == {"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}
    assert client.get("/web/health").json == {"status": "pass"}
    assert client.get("/web/health?db_server_status=1").json == {"status": "pass", "db_server_status": True}
    assert odoo.post("/web/webclient/version_info", {})["result"]["server_serie"] == "19.0"
    assert odoo.post("/web/database/list", {})["result"] == ["odoo"]
