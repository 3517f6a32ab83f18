"""Werkzeug's server in threads, quiet, and keeping connections open as HTTP/1.1 does."""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.test import run_wsgi_app
from werkzeug.wsgi import LimitedStream

__all__ = ["make_server"]

_DRAINED = 1 << 20
"""Bytes of a body left unread by the application that are read so that the connection can be kept."""


class _Handler(WSGIRequestHandler):
    """Keeps connections, writes no log. Werkzeug's own handler closes them, and waits 10 ms for stray bytes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        """Answer one request."""
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        self.environ = environ = self.make_environ()
        body = self._limit_body(environ)
        chunks, status, headers = run_wsgi_app(self.server.app, environ)
        self._send(status, headers, chunks)
        self._drain(body)

    def log(self, type: str, message: str, *args: Any) -> None:
        """Requests are in the journal."""

    def _limit_body(self, environ: dict[str, Any]) -> Any:
        """The request's body, which ends where the request does."""
        if not environ.get("wsgi.input_terminated"):
            length = environ.get("CONTENT_LENGTH", "")
            environ["wsgi.input"] = LimitedStream(environ["wsgi.input"], int(length) if length.isdecimal() else 0)
            environ["wsgi.input_terminated"] = True
        return environ["wsgi.input"]

    def _send(self, status: str, headers: Headers, chunks: Iterable[bytes]) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if "Content-Length" not in headers and code not in ("204", "304"):
            chunks = [b"".join(chunks)]
            self.send_header("Content-Length", str(len(chunks[0])))
        self.end_headers()
        missing = headers.get("Content-Length", 0, type=int)
        for chunk in chunks if self.command != "HEAD" else ():
            self.wfile.write(chunk)
            self.wfile.flush()
            missing -= len(chunk)
        self.wfile.flush()
        self.close_connection |= self.command != "HEAD" and missing > 0

    def _drain(self, body: Any) -> None:
        """Read what the application left of the body; end the connection where that is too much."""
        try:
            if len(body.read(_DRAINED)) == _DRAINED:
                self.close_connection = True
        except (OSError, ValueError):
            self.close_connection = True


class _Server(ThreadedWSGIServer):
    """Ends the connections that clients still keep when it closes."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, app: Callable[..., Any]) -> None:
        self._connections: set[socket.socket] = set()
        super().__init__(host, port, app, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a new connection in a thread of its own."""
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that ended."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Stop listening, and end what is open."""
        super().server_close()
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on; a connection's thread shakes hands, so that a slow client keeps nobody waiting."""
        self.ssl_context = context
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away, or does not trust us, is its own affair."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def make_server(
    host: str, port: int, app: Callable[..., Any], context: ssl.SSLContext | None = None
) -> ThreadedWSGIServer:
    """A threaded server bound to host and port (0: any free one), not yet serving; with a context over HTTPS."""
    server = _Server(host, port, app)
    if context is not None:
        server.secure(context)
    return server
