"""What the faults share: the moments at which they strike, and the family they register in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.faults.delivery import Delivery
from fauxdoo.mockserver.faults.selection import KNOWN, Moment, Selection
from fauxdoo.mockserver.protocols.base import Reply, Request
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["Fault", "Interrupted", "Moment", "Scene"]


class Interrupted(BaseException):
    """The client gets a reply that no protocol wrote, or for None none at all: the connection ends.

    No protocol may make an error of its own of it.
    """

    def __init__(self, reply: Reply | None) -> None:
        super().__init__(f"the client got {reply.status}" if reply else "the connection was dropped")
        self.reply = reply


@dataclass(slots=True)
class Scene:
    """Where a fault strikes: a request, and the call that it makes once that is known."""

    turnstile: Turnstile
    clock: Clock
    random: Random
    request: Request | None = None
    call: Call | None = None
    attempt: int = 0
    """Which try of the transaction it is, from 1."""

    @property
    def delivery(self) -> Delivery:
        """How the reply is sent, to be changed."""
        assert self.request is not None
        if self.request.delivery is None:
            self.request.delivery = Delivery(self.turnstile)
        return self.request.delivery


@dataclass(slots=True)
class Fault:
    """One kind of failure; a subclass registers itself under its `key`, its fields are the options."""

    key: ClassVar[str] = ""
    members: ClassVar[dict[str, type[Fault]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # no super(): dataclass(slots=True) makes the class a second time
        known = Fault.members.get(cls.key)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"fault {cls.key!r} is defined twice: by {known!r} and {cls!r}")
        Fault.members[cls.key] = cls

    @staticmethod
    def from_spec(spec: Mapping[str, Any]) -> tuple[Fault, Selection]:
        """The fault and the calls it is for, from plain data such as `{"kind": "page", "status": 504}`.

        Raises ValueError for an unknown kind or option, or a value that makes no sense.
        """
        options = dict(spec)
        kind = options.pop("kind", None)
        if not isinstance(kind, str) or kind not in Fault.members:
            raise ValueError(f"no fault {kind!r}; there are: {', '.join(sorted(Fault.members))}")
        selecting = {name: options.pop(name) for name in Selection.options() & options.keys()}
        try:
            fault, selection = Fault.members[kind](**options), Selection(**selecting)
        except TypeError as error:
            raise ValueError(f"fault {kind!r}: {error}") from None
        if unknown := selecting.keys() - KNOWN[fault.moment]:
            raise ValueError(f"fault {kind!r} strikes before a request's {', '.join(sorted(unknown))} is known")
        return fault, selection

    @property
    def moment(self) -> Moment:
        """What it counts and strikes: calls, or what comes before it is known what is called."""
        return "call"

    def concerns(self, scene: Scene) -> bool:
        """Whether it is for the request or call at all; what it is not for is not counted."""
        return True

    def arrive(self, scene: Scene) -> None:
        """Happens when a request is read; what it raises keeps it from being looked at."""

    def before(self, scene: Scene) -> None:
        """Happens before the call; what it raises keeps the call from being made."""

    def commit(self, scene: Scene) -> None:
        """Happens within the transaction, before its commit; what it raises undoes the work."""

    def after(self, scene: Scene) -> None:
        """Happens after the commit; what it raises hides the answer from the client."""
