"""The HTTP client: kept connections, cookies, paths and charsets."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from werkzeug.wrappers import Response

from fauxdoo.harness.browser import Browser


def test_cookies_are_sent_back(stub: Any) -> None:
    """A cookie that the server sets comes with the next request, and no longer once it is removed."""

    def answer(request: Any) -> Response:
        response = Response("ok")
        if request.path == "/in":
            response.set_cookie("session_id", "abc", max_age=60, httponly=True)
        if request.path == "/out":
            response.delete_cookie("session_id")
        return response

    stub.answer = answer
    browser = Browser(stub.url)
    for path in ("/in", "/a", "/out", "/b"):
        browser.request("GET", path)
    assert [request.cookies.get("session_id") for request in stub.requests] == [None, "abc", "abc", None]


@pytest.mark.parametrize(("drops", "connections"), [(False, 1), (True, 3)])
def test_connection_is_kept(drops: bool, connections: int) -> None:
    """Requests of one browser share a connection; one that the server silently closed is replaced."""
    peers = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer without a word on the connection's end."""
            peers.append(self.client_address)
            self.send_response(204)
            self.end_headers()
            self.close_connection = drops

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        browser = Browser(f"http://127.0.0.1:{server.server_port}")
        for _ in range(3):
            browser.request("GET", "/")
        browser.close()
        server.shutdown()
    assert len(set(peers)) == connections


def test_url_prefix(stub: Any) -> None:
    """A path in the URL comes before the paths of the requests."""
    Browser(stub.url + "/odoo/").request("GET", "/jsonrpc?a=1")
    assert stub.requests[0].full_path == "/odoo/jsonrpc?a=1"


def test_unsafe_characters_are_quoted(stub: Any) -> None:
    """Spaces and letters beyond ASCII in a path are percent-encoded, what is encoded already stays."""
    Browser(stub.url).request("GET", "/a b/é/%20?x=[]")
    assert stub.requests[0].environ["RAW_URI"] == "/a%20b/%C3%A9/%20?x=%5B%5D"


def test_own_content_type_stays(stub: Any) -> None:
    """JSON is announced as such unless the caller names another content type."""
    browser = Browser(stub.url)
    browser.post_json("/", {})
    browser.post_json("/", {}, {"content-type": "text/plain"})
    assert [request.content_type for request in stub.requests] == ["application/json", "text/plain"]


def test_body_without_bytes_has_a_length(stub: Any) -> None:
    """A POST without a body says so; the server need not wait for one."""
    Browser(stub.url).request("POST", "/")
    assert stub.requests[0].headers["Content-Length"] == "0"


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain; charset=utf-8", "é".encode(), "é"),
        ("text/plain", b"\xe9", "é"),
        ("application/json", '"é"'.encode(), '"é"'),
        ("image/png", b"\x89PNG", "�PNG"),
    ],
)
def test_text(stub: Any, content_type: str, body: bytes, text: str) -> None:
    """The text of a body follows its charset, else latin-1 for text and UTF-8 for the rest."""
    stub.answer = lambda request: Response(body, headers={"Content-Type": content_type})
    assert Browser(stub.url).request("GET", "/").text == text


def test_redirects_are_answers(stub: Any) -> None:
    """A redirect is shown, not followed."""
    stub.answer = lambda request: Response(status=303, headers={"Location": "/web"})
    assert Browser(stub.url).request("GET", "/").status == 303
    assert len(stub.requests) == 1
