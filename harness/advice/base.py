"""What rules look at, and the family they register in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, ClassVar

from fauxdoo.mockserver.journal import Caller

__all__ = ["LOOP", "Repetition", "Rule", "Seen", "Sighting"]

LOOP = 3
"""So many times the same from the same place is a loop."""
_MOST = 1000
"""What a rule remembers of one test."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A request as it came in."""

    path: str = ""
    query: str = ""
    caller: Caller | None = None
    """The line of the user's code it comes from, where that is known."""
    timeout: bool | None = None
    """Whether the client waits for an answer only so long, None where it is not known."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A call of a model's method, with its arguments by name."""

    protocol: str
    model: str
    method: str
    arguments: dict[str, Any]
    caller: str = ""
    """The line of the user's code it comes from, "" where that is not known."""

    @property
    def name(self) -> str:
        """`res.partner.create`."""
        return f"{self.model}.{self.method}"

    @property
    def is_rpc(self) -> bool:
        """Whether the client chose method and arguments itself, which REST does for it."""
        return self.protocol not in ("rest", "python")


class Rule:
    """Says whether a call or a request deserves its advice. A subclass registers itself under its `key`."""

    key: ClassVar[str] = ""
    advice: ClassVar[str] = ""
    """What to do instead, and why."""
    members: ClassVar[dict[str, type[Rule]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = Rule.members.get(cls.key)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"advice {cls.key!r} is defined twice: by {known!r} and {cls!r}")
        Rule.members[cls.key] = cls

    def call(self, seen: Seen) -> int:
        """Of how many calls the advice is to be given, now that this one came: 0 for none."""
        return 0

    def request(self, sighting: Sighting) -> int:
        """The same of requests."""
        return 0

    def begin(self) -> None:
        """A new test begins: what was seen so far is another matter."""


class Repetition:
    """Counts how often the same came, and forgets all when there is too much of it."""

    def __init__(self) -> None:
        self._seen: Counter[Hashable] = Counter()

    def __call__(self, *what: Hashable) -> int:
        """How many are to be spoken of: none until it is a loop, then all so far, then each further one."""
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[what] += 1
        count = self._seen[what]
        return LOOP if count == LOOP else int(count > LOOP)

    def clear(self) -> None:
        """Forget everything."""
        self._seen.clear()
