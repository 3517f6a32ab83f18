"""How a reply that a fault spoils reaches the client."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.client import RemoteDisconnected
from typing import Any

from fauxdoo.mockserver.protocols.base import Reply
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["Delivery", "sever"]

_PIECES = 10
"""How many pieces a slow body comes in."""


@dataclass(slots=True)
class Delivery:
    """The share of the body that arrives, the seconds it takes, and the content type that is claimed."""

    turnstile: Turnstile
    share: float = 1.0
    seconds: float = 0.0
    content_type: str | None = None

    def body(self, reply: Reply) -> Iterable[bytes]:
        """The pieces of the body."""
        whole = reply.body[: int(len(reply.body) * self.share)]
        size = -(-len(whole) // _PIECES) if self.seconds else len(whole)
        return self._paced([whole[at : at + size] for at in range(0, len(whole), size or 1)])

    def _paced(self, pieces: list[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self.seconds:
                with self.turnstile.outside():
                    time.sleep(self.seconds / len(pieces))
            yield piece


def sever(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """End the connection without an answer. Raises RemoteDisconnected, at which a server closes it.

    Granian would answer 500 to that; there the head of a reply is sent, and the connection ends before its body.
    """
    if environ.get("SERVER_SOFTWARE") != "Granian":
        raise RemoteDisconnected("Remote end closed connection without response")
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", "1")])
    return iter(())
