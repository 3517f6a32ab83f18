"""Sends a request on to another server, as it came but for what belongs to a connection."""

from __future__ import annotations

from http.client import HTTPException
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from fauxdoo.harness import browser

__all__ = ["NotReached", "forward", "relayed", "target_of"]

_OF_A_CONNECTION = frozenset(
    {
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


class NotReached(Exception):
    """The server behind did not answer."""


def target_of(request: Request) -> str:
    """Path and query as they were sent."""
    raw = request.environ.get("REQUEST_URI")
    if isinstance(raw, str) and raw.startswith("/"):
        return raw
    query = request.query_string.decode("latin-1")
    return quote(request.path) + (f"?{query}" if query else "")


def forward(request: Request, url: str, timeout: float) -> browser.Response:
    """What the server at `url` answers to the request. Raises NotReached."""
    headers = {name: value for name, value in request.headers if name.lower() not in _OF_A_CONNECTION}
    headers["Accept-Encoding"] = "identity"  # what is compared has to be read
    client = browser.Browser(url, timeout)
    try:
        return client.request(request.method, target_of(request), request.get_data(), headers)
    except (OSError, HTTPException, ValueError) as error:
        raise NotReached(f"{url} does not answer: {type(error).__name__}") from error
    finally:
        client.close()


def relayed(answer: browser.Response) -> Response:
    """The answer for the client."""
    headers = [(name, value) for name, value in answer.headers.items() if name.lower() not in _OF_A_CONNECTION]
    return Response(answer.body, answer.status, headers)
