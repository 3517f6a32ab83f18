"""The call takes longer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["Latency"]


@dataclass(slots=True)
class Latency(Fault):
    """Waits `seconds` of real time before the call; other clients are served meanwhile."""

    key: ClassVar[str] = "latency"
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= 3600:
            raise ValueError("a latency is 0 to 3600 seconds")

    def before(self, turnstile: Turnstile) -> None:
        with turnstile.outside():
            time.sleep(self.seconds)
