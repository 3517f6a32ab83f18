"""An HTTP client that keeps its connection and its cookies, as a browser tab does, on the standard library alone."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import Request

__all__ = ["Browser", "Response"]

_URL_CHARACTERS = "!#$%&'()*+,/:;=?@~"
_DROPPED = (ConnectionError, HTTPException)
"""What a kept connection raises when the server has closed it in the meantime."""


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers and body of an answer."""

    status: int
    headers: Message
    body: bytes

    @property
    def content_type(self) -> str:
        """The `Content-Type` header as it came, "" without one."""
        return str(self.headers.get("Content-Type", ""))

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.split(";")[0]

    @property
    def text(self) -> str:
        """The body decoded by its charset; without one, text is latin-1 as HTTP/1.1 has it."""
        fallback = "latin-1" if self.media_type.startswith("text/") else "utf-8"
        return self.body.decode(self.headers.get_content_charset(fallback), "replace")

    def json(self) -> Any:
        """The decoded body; ValueError where it is not JSON."""
        return json.loads(self.body)


class Browser:
    """Talks to one server. Redirects are answers, not followed; not to be shared between threads.

    `ca_file` names the certificates that are trusted over HTTPS, by default those the system trusts.
    """

    def __init__(self, url: str, timeout: float = 60, ca_file: str | None = None) -> None:
        self.url = url.rstrip("/")
        self.cookies = CookieJar()
        parts = urlsplit(self.url)
        self._prefix = parts.path
        self._connection: HTTPConnection
        if parts.scheme == "https":
            trusted = ssl.create_default_context(cafile=ca_file)
            self._connection = HTTPSConnection(parts.hostname or "", parts.port, timeout=timeout, context=trusted)
        else:
            self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)

    def post_json(self, path: str, payload: Any, headers: Mapping[str, str] | None = None) -> Response:
        """POST `payload` as JSON."""
        return self.request_json("POST", path, payload, headers)

    def request_json(self, method: str, path: str, payload: Any, headers: Mapping[str, str] | None = None) -> Response:
        """Send `payload` as JSON; a Content-Type among the headers stays."""
        given = dict(headers or {})
        if not any(name.lower() == "content-type" for name in given):
            given["Content-Type"] = "application/json"
        return self.request(method, path, json.dumps(payload).encode(), given)

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """One request and its answer; OSError or HTTPException where there is none."""
        target = quote(self._prefix + path, safe=_URL_CHARACTERS).split("#")[0]
        sent = self._headers(path, method, body, headers or {})
        answer = self._exchange(method, target or "/", body, sent)
        response = Response(answer.status, answer.msg, answer.read())
        self.cookies.extract_cookies(answer, Request(self.url + quote(path, safe=_URL_CHARACTERS)))
        return response

    def close(self) -> None:
        """Close the connection; the next request opens a new one."""
        self._connection.close()

    def _headers(self, path: str, method: str, body: bytes | None, given: Mapping[str, str]) -> dict[str, str]:
        headers = {"Accept": "*/*", **{name: value for name, value in given.items() if value is not None}}
        if not body and method not in ("GET", "HEAD"):
            headers["Content-Length"] = "0"
        request = Request(self.url + quote(path, safe=_URL_CHARACTERS), headers=headers)
        self.cookies.add_cookie_header(request)
        if cookie := request.unredirected_hdrs.get("Cookie"):
            headers["Cookie"] = cookie
        return headers

    def _exchange(self, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> HTTPResponse:
        kept = self._connection.sock is not None
        try:
            return self._send(method, target, body, headers)
        except _DROPPED:
            if not kept:
                raise
        return self._send(method, target, body, headers)

    def _send(self, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> HTTPResponse:
        try:
            self._connection.request(method, target, body or None, headers)
            return self._connection.getresponse()
        except BaseException:
            self._connection.close()
            raise
