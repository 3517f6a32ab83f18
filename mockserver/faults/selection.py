"""Which calls a fault is for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from random import Random
from typing import Literal

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.protocols.base import Request

__all__ = ["KNOWN", "Moment", "Selection"]

Moment = Literal["arrival", "credentials", "call"]
"""When a request has come in, when somebody says who he is, and when it is known what is called."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The calls that fit all that is given; `None` fits every one. `path` is how the path of the address begins.

    Of these the fault skips those before the `nth` (from 1), those in its first `since` seconds and those from its
    second `until` on (both by the server's clock), hits each with the `probability`, and stops after `count` hits.
    Raises ValueError for numbers that make no sense.
    """

    protocol: str | None = None
    model: str | None = None
    method: str | None = None
    user: int | None = None
    ip: str | None = None
    path: str | None = None
    nth: int = 1
    count: int | None = None
    probability: float = 1.0
    since: float = 0.0
    until: float | None = None

    def __post_init__(self) -> None:
        if self.protocol == "python":
            raise ValueError("faults are for clients: calls of odoo.env have none")
        if self.nth < 1 or (self.count is not None and self.count < 1):
            raise ValueError("nth and count begin at 1")
        if not 0 < self.probability <= 1:
            raise ValueError("a probability is above 0 and at most 1")
        if self.since < 0 or (self.until is not None and self.until <= self.since):
            raise ValueError("a fault begins at 0 seconds or later and ends after that")

    @classmethod
    def options(cls) -> frozenset[str]:
        """The names of what can be given."""
        return frozenset(field.name for field in fields(cls))

    def fits(self, call: Call) -> bool:
        """Whether the call is of the protocol, model, method and user; never one of a test's own `odoo.env`."""
        wanted = (self.protocol, self.model, self.method, self.user)
        found = (call.protocol, call.model, call.method, call.uid)
        return call.protocol != "python" and all(w is None or w == f for w, f in zip(wanted, found, strict=True))

    def fits_request(self, request: Request | None) -> bool:
        """Whether the request comes from the address and goes to the path."""
        if request is None:
            return self.ip is None and self.path is None
        return self.ip in (None, request.address) and request.path.startswith(self.path or "")

    def hits(self, seen: int, hits: int, age: timedelta, random: Random) -> bool:
        """Whether the fault is due at the `seen`-th fitting call, having hit `hits` times and being that old."""
        if seen < self.nth or (self.count is not None and hits >= self.count):
            return False
        seconds = age.total_seconds()
        if seconds < self.since or (self.until is not None and seconds >= self.until):
            return False
        return self.probability == 1 or random.random() < self.probability


_OF_REQUESTS = frozenset({"ip", "path", "nth", "count", "probability", "since", "until"})
KNOWN: dict[Moment, frozenset[str]] = {
    "arrival": _OF_REQUESTS,
    "credentials": _OF_REQUESTS | {"user"},
    "call": Selection.options(),
}
"""By what can be selected at each moment."""
