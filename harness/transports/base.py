"""What the transports share: one request put to a WSGI application in this thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from werkzeug.test import EnvironBuilder, run_wsgi_app

from fauxdoo.mockserver.journal import Caller

__all__ = ["TIMEOUT", "URL", "WSGI", "Answer", "ask", "calling"]

URL = "http://odoo.invalid"
"""The address of the fake for clients that ask for one: a name that leads nowhere, should it come to a socket."""

TIMEOUT = "fauxdoo.timeout"
"""Key of the environ: whether the client set a timeout."""

calling: ContextVar[Caller | None] = ContextVar("calling", default=None)
"""Where a call comes from whose answer another thread works out."""

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Answer = tuple[int, str, list[tuple[str, str]], bytes]
"""Status, reason, headers, body."""


def ask(
    app: WSGI, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes, timeout: bool | None
) -> Answer:
    """What the application answers to one request; `timeout` says whether the client set one, None for who knows."""
    builder = EnvironBuilder(method=method, base_url=_base(url), headers=list(headers), data=body)
    environ = builder.get_environ()
    parts = urlsplit(url)
    environ |= {"PATH_INFO": unquote_to_bytes(parts.path or "/").decode("latin-1"), "QUERY_STRING": parts.query}
    environ |= {"REMOTE_ADDR": "127.0.0.1", "wsgi.input_terminated": True, TIMEOUT: timeout}
    chunks, status, answered = run_wsgi_app(app, environ, buffered=True)
    code, _, reason = status.partition(" ")
    return int(code), reason, list(answered), b"".join(chunks)


def _base(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
