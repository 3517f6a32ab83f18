"""The advice that was given: gathered by rule and place, passed on between processes, and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from textwrap import fill
from typing import Any

from fauxdoo.harness.advice.base import Rule

__all__ = ["Note", "Notes"]

_MOST = 500
_WIDTH = 100


@dataclass(slots=True)
class Note:
    """A rule that fits what came from one place, and how often."""

    rule: str
    place: str
    """A line of the user's code, or the call where that is not known."""
    what: str
    """The first call or request."""
    count: int = 1

    def __str__(self) -> str:
        times = "" if self.count == 1 else f" ({self.count} times)"
        return f"{self.place}: {self.what}{times}"


class Notes:
    """At most 500 notes; `ignored` names rules nobody wants to hear of."""

    def __init__(self, ignored: Iterable[str] = ()) -> None:
        self.ignored = frozenset(ignored)
        self._notes: dict[tuple[str, str], Note] = {}

    def add(self, rule: str, place: str, what: str, count: int = 1) -> None:
        """Note that a rule fits."""
        if rule in self.ignored:
            return
        known = self._notes.get((rule, place))
        if known is not None:
            known.count += count
        elif len(self._notes) < _MOST:
            self._notes[rule, place] = Note(rule, place, what, count)

    def merge(self, others: Iterable[Note]) -> None:
        """Add what others noted."""
        for note in others:
            self.add(note.rule, note.place, note.what, note.count)

    def clear(self) -> None:
        """Forget everything."""
        self._notes.clear()

    def __iter__(self) -> Any:
        return iter(list(self._notes.values()))

    def __len__(self) -> int:
        return len(self._notes)

    def as_list(self) -> list[dict[str, Any]]:
        """Plain data, for another process."""
        return [asdict(note) for note in self]

    @staticmethod
    def of_list(data: Iterable[dict[str, Any]]) -> list[Note]:
        """The notes again."""
        return [Note(**each) for each in data]

    def told(self) -> str:
        """Each rule with its places, then what to do instead; "" without notes."""
        parts = []
        for key, rule in Rule.members.items():
            places = [str(note) for note in self if note.rule == key]
            if places:
                advice = fill(rule.advice, _WIDTH, initial_indent="    ", subsequent_indent="    ")
                parts.append("\n".join([key, *(f"  {place}" for place in places), advice]))
        return "\n".join(parts)
