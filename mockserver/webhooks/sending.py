"""One POST to a receiver: connections are kept, answers are read no further than needed, redirects not followed."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

__all__ = ["Sender"]

_READ = 1 << 16
"""Bytes of an answer that are read so that the connection can be kept."""


class Sender:
    """Sends for one thread."""

    def __init__(self) -> None:
        self._connections: dict[tuple[str, str], HTTPConnection] = {}

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> tuple[int, str]:
        """The status of the answer and what is wrong with it ("" for nothing); 0 where there is no answer."""
        parts = urlsplit(url)
        key = (parts.scheme, parts.netloc)
        kept = key in self._connections
        try:
            return self._exchange(key, url, body, headers, timeout)
        except (OSError, HTTPException, ValueError) as error:
            self._drop(key)
            if not kept:
                return 0, type(error).__name__
        try:  # the receiver had closed a connection that was kept
            return self._exchange(key, url, body, headers, timeout)
        except (OSError, HTTPException, ValueError) as error:
            self._drop(key)
            return 0, type(error).__name__

    def close(self) -> None:
        """End all connections."""
        for key in list(self._connections):
            self._drop(key)

    def _exchange(
        self, key: tuple[str, str], url: str, body: bytes, headers: Mapping[str, str], timeout: float
    ) -> tuple[int, str]:
        connection = self._connection(key, timeout)
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, dict(headers))
        answer = connection.getresponse()
        if len(answer.read(_READ)) == _READ or answer.will_close:
            self._drop(key)
        good = 200 <= answer.status < 300
        return answer.status, "" if good else f"HTTP {answer.status}"

    def _connection(self, key: tuple[str, str], timeout: float) -> HTTPConnection:
        if key not in self._connections:
            kind = HTTPSConnection if key[0] == "https" else HTTPConnection
            self._connections[key] = kind(key[1], timeout=timeout)
        connection = self._connections[key]
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        return connection

    def _drop(self, key: tuple[str, str]) -> None:
        if connection := self._connections.pop(key, None):
            connection.close()
