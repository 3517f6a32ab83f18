"""The server of a test's process: connections are kept, bodies end where they should, closing ends everything."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPConnection, HTTPException
from typing import Any

import pytest

from fauxdoo.mockserver.serving import make_server

Serve = Callable[[Callable[..., Iterable[bytes]]], Any]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers that end with the test."""
    servers = []

    def start(app: Callable[..., Iterable[bytes]]) -> Any:
        server = make_server("127.0.0.1", 0, app)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(environ["REMOTE_PORT"]).encode(), b" ", body]


def _deaf(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("413 Content Too Large", [])
    return [b"no"]


def _ask(connection: HTTPConnection, method: str = "POST", body: Any = None, **headers: str) -> tuple[int, bytes]:
    connection.request(method, "/", body, headers)
    response = connection.getresponse()
    return response.status, response.read()


def test_connection_is_kept(serve: Serve) -> None:
    """Several requests share a connection, and each gets its own body."""
    connection = HTTPConnection("127.0.0.1", serve(_echo).server_port)
    answers = [_ask(connection, body=body)[1].split(b" ") for body in (b"a", b"", b"ccc")]
    assert [body for _, body in answers] == [b"a", b"", b"ccc"]
    assert len({port for port, _ in answers}) == 1


def test_chunked_body(serve: Serve) -> None:
    """A body in chunks is put together, and the connection lives on."""
    connection = HTTPConnection("127.0.0.1", serve(_echo).server_port)
    for _ in range(2):
        assert _ask(connection, body=iter([b"ab", b"c"]))[1].endswith(b" abc")


def test_unread_body(serve: Serve) -> None:
    """What the application did not read is not taken for the next request."""
    connection = HTTPConnection("127.0.0.1", serve(_deaf).server_port)
    for _ in range(2):
        assert _ask(connection, body=b"x" * 1000) == (413, b"no")


def test_large_unread_body_ends_the_connection(serve: Serve) -> None:
    """A body too large to be thrown away ends the connection after the answer."""
    connection = HTTPConnection("127.0.0.1", serve(_deaf).server_port)
    connection.request("POST", "/", None, {"Content-Length": str(1 << 30)})
    connection.send(b"x" * (1 << 20))
    assert connection.getresponse().status == 413
    connection.close()


def test_head(serve: Serve) -> None:
    """HEAD answers the length without the body."""
    connection = HTTPConnection("127.0.0.1", serve(_echo).server_port)
    assert _ask(connection, "HEAD") == (200, b"")
    assert _ask(connection, "GET")[0] == 200


def test_expectation(serve: Serve) -> None:
    """A client that waits for leave to send its body gets it."""
    with socket.create_connection(("127.0.0.1", serve(_echo).server_port), timeout=5) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"a")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_closing_ends_kept_connections(serve: Serve) -> None:
    """After the server closed, a kept connection gets no more answers."""
    server = serve(_echo)
    connection = HTTPConnection("127.0.0.1", server.server_port)
    assert _ask(connection)[0] == 200
    server.shutdown()
    server.server_close()
    connection.auto_open = 0
    with pytest.raises((OSError, HTTPException)):
        _ask(connection)
