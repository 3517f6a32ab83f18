"""An adversary between server and receiver: it duplicates, delays, reorders, loses, spoils, and always the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

__all__ = ["Adversary", "Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to one attempt."""

    copies: int = 1
    """How often it is sent; 0: it is lost, and counts as delivered."""
    down: bool = False
    """The receiver is not reached."""
    spoiled: bool = False
    """Signed with another secret."""
    repeated: bool = False
    """It arrives, but its answer gets lost: it is sent again later."""


@dataclass(frozen=True, slots=True)
class Adversary:
    """Probabilities from 0 to 1, each decided anew per delivery and attempt by `seed`; the same seed, the same fate.

    `down` and `late_retry` concern the first attempt only, so that everything arrives in the end.
    """

    duplicate: float = 0.0
    drop: float = 0.0
    delay: float = 0.0
    delay_seconds: float = 60.0
    reorder: float = 0.0
    bad_signature: float = 0.0
    down: float = 0.0
    late_retry: float = 0.0
    early: float = 0.0
    """Sent before the transaction is committed: the receiver does not find the record yet."""
    seed: int = 0
    _kinds: tuple[str, ...] = field(
        default=("duplicate", "drop", "delay", "reorder", "bad_signature", "down", "late_retry", "early"), repr=False
    )

    def __post_init__(self) -> None:
        for kind in self._kinds:
            if not 0 <= getattr(self, kind) <= 1:
                raise ValueError(f"{kind} is a probability from 0 to 1, not {getattr(self, kind)!r}")

    def strikes(self, kind: str, number: int, attempt: int = 0) -> bool:
        """Whether it does this to an attempt at the `number`-th delivery."""
        probability: float = getattr(self, kind)
        return probability > 0 and Random(f"{self.seed}/{kind}/{number}/{attempt}").random() < probability

    def plan(self, number: int, attempt: int) -> Plan:
        """What happens to an attempt (from 0 on)."""
        first = attempt == 0
        if self.strikes("drop", number):
            return Plan(copies=0)
        return Plan(
            copies=2 if self.strikes("duplicate", number, attempt) else 1,
            down=first and self.strikes("down", number),
            spoiled=self.strikes("bad_signature", number, attempt),
            repeated=first and self.strikes("late_retry", number),
        )
