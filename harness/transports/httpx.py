"""Without sockets through `httpx`: transports for `httpx.Client` and `httpx.AsyncClient`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import httpx
from anyio.to_thread import run_sync

from fauxdoo.harness.callers import line_of
from fauxdoo.harness.transports.base import TIMEOUT, URL, calling

if TYPE_CHECKING:
    from fauxdoo.mockserver import FakeOdoo

__all__ = ["AsyncTransport", "Transport", "async_client", "client"]

_DISCONNECTED = "Server disconnected without sending a response."


class Transport(httpx.BaseTransport):
    """httpx's own WSGI transport on a fake Odoo: `httpx.Client(transport=Transport(odoo))`."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._odoo = odoo

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The fake's answer."""
        about = {TIMEOUT: any(value is not None for value in request.extensions.get("timeout", {}).values())}

        def app(environ: dict[str, Any], start_response: Any) -> Any:
            return self._odoo.wsgi_app({**environ, **about, "wsgi.input_terminated": True}, start_response)

        try:
            response = httpx.WSGITransport(app=app).handle_request(request)
            content = response.read()
        except ConnectionResetError:
            raise httpx.RemoteProtocolError(_DISCONNECTED, request=request) from None
        if request.method != "HEAD" and len(content) < int(response.headers.get("Content-Length", 0)):
            raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")
        return httpx.Response(response.status_code, headers=response.headers, content=content)


class AsyncTransport(httpx.AsyncBaseTransport):
    """The same for `httpx.AsyncClient`; the fake works in a thread, so that it may call back into the event loop."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._transport = Transport(odoo)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The fake's answer."""
        content = await request.aread()
        whole = httpx.Request(
            request.method, request.url, headers=request.headers, content=content, extensions=request.extensions
        )
        token = calling.set(line_of(sys._getframe()))
        try:
            return await run_sync(self._transport.handle_request, whole)
        finally:
            calling.reset(token)


def client(odoo: FakeOdoo, **options: Any) -> httpx.Client:
    """A client on the fake; relative URLs are the fake's."""
    return httpx.Client(transport=Transport(odoo), **{"base_url": URL, **options})


def async_client(odoo: FakeOdoo, **options: Any) -> httpx.AsyncClient:
    """An asynchronous client on the fake; relative URLs are the fake's."""
    return httpx.AsyncClient(transport=AsyncTransport(odoo), **{"base_url": URL, **options})
