"""Without sockets through `requests`: `session(odoo)`, or the adapter for a session of one's own."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from requests import ConnectionError, PreparedRequest, Response, Session
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from fauxdoo.harness.transports.base import ask

if TYPE_CHECKING:
    from fauxdoo.mockserver import FakeOdoo

__all__ = ["Adapter", "session"]


class Adapter(BaseAdapter):
    """Answers every request from a fake Odoo: `session.mount("https://erp.example.com", Adapter(odoo))`."""

    def __init__(self, odoo: FakeOdoo) -> None:
        super().__init__()
        self._odoo, self._builder = odoo, HTTPAdapter()

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        """The fake's answer."""
        headers = [(name, _text(value)) for name, value in request.headers.items()]
        method, url, body = str(request.method), str(request.url), _bytes(request.body)
        try:
            answer = ask(self._odoo.wsgi_app, method, url, headers, body, timeout is not None)
        except ConnectionResetError as error:
            raise ConnectionError(error, request=request) from None
        status, reason, answered, content = answer
        raw = HTTPResponse(
            body=io.BytesIO(content),
            status=status,
            reason=reason,
            headers=HTTPHeaderDict(answered),
            preload_content=False,
            original_response=_Original(HTTPHeaderDict(answered)),  # type: ignore[arg-type]
        )
        return self._builder.build_response(request, raw)

    def close(self) -> None:
        """Nothing is held."""


class _Original:
    """What requests takes cookies from."""

    def __init__(self, headers: HTTPHeaderDict) -> None:
        self.msg = headers

    def isclosed(self) -> bool:
        """No connection is kept."""
        return True

    def close(self) -> None:
        """Nothing is held."""


def session(odoo: FakeOdoo) -> Session:
    """A session whose requests all end in the fake, whatever host they name."""
    made = Session()
    for prefix in ("http://", "https://"):
        made.mount(prefix, Adapter(odoo))
    return made


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray)):
        return bytes(body)
    return bytes(body.read()) if hasattr(body, "read") else b"".join(body)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
