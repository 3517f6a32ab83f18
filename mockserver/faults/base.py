"""What the faults share: what they do before and after a call, and the family they register in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from fauxdoo.mockserver.faults.selection import Selection
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["Fault", "Interrupted"]


class Interrupted(BaseException):
    """The client gets a page that no protocol wrote; no protocol may make an error of its own of it."""

    def __init__(self, status: int, body: bytes, content_type: str) -> None:
        super().__init__(status)
        self.status, self.body, self.content_type = status, body, content_type


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
            return Fault.members[kind](**options), Selection(**selecting)
        except TypeError as error:
            raise ValueError(f"fault {kind!r}: {error}") from None

    def before(self, turnstile: Turnstile) -> None:
        """Happens before the call; what it raises keeps the call from being made."""

    def after(self, turnstile: Turnstile) -> None:
        """Happens after the commit; what it raises hides the answer from the client."""
