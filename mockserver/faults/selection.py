"""Which calls a fault is for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from random import Random

from fauxdoo.mockserver.calls import Call

__all__ = ["Selection"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The calls that fit all that is given; `None` fits every one.

    Of these the fault skips those before the `nth` (from 1), hits each with the `probability`, and stops after
    `count` hits. Raises ValueError for numbers that make no sense.
    """

    protocol: str | None = None
    model: str | None = None
    method: str | None = None
    user: int | None = None
    nth: int = 1
    count: int | None = None
    probability: float = 1.0

    def __post_init__(self) -> None:
        if self.protocol == "python":
            raise ValueError("faults are for clients: calls of odoo.env have none")
        if self.nth < 1 or (self.count is not None and self.count < 1):
            raise ValueError("nth and count begin at 1")
        if not 0 < self.probability <= 1:
            raise ValueError("a probability is above 0 and at most 1")

    @classmethod
    def options(cls) -> frozenset[str]:
        """The names of what can be given."""
        return frozenset(field.name for field in fields(cls))

    def fits(self, call: Call) -> bool:
        """Whether the call is of the protocol, model, method and user; never one of a test's own `odoo.env`."""
        wanted = (self.protocol, self.model, self.method, self.user)
        found = (call.protocol, call.model, call.method, call.uid)
        return call.protocol != "python" and all(w is None or w == f for w, f in zip(wanted, found, strict=True))

    def hits(self, seen: int, hits: int, random: Random) -> bool:
        """Whether the fault is due at the `seen`-th fitting call, having hit `hits` times."""
        if seen < self.nth or (self.count is not None and hits >= self.count):
            return False
        return self.probability == 1 or random.random() < self.probability
