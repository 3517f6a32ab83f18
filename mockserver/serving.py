"""Werkzeug's server in threads, quiet, keeping connections open as HTTP/1.1 does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler
from werkzeug.serving import make_server as werkzeug_server

__all__ = ["make_server"]


class _Handler(WSGIRequestHandler):
    """Keeps connections open, writes no log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: Any) -> None:
        """Requests are in the journal."""


def make_server(host: str, port: int, app: Callable[..., Any]) -> BaseWSGIServer:
    """A threaded server bound to host and port (0: any free one), not yet serving."""
    server = werkzeug_server(host, port, app, threaded=True, request_handler=_Handler)
    server.daemon_threads = True  # type: ignore[attr-defined]
    return server
