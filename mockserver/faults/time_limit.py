"""The worker is killed because it took too long."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Interrupted, Scene

__all__ = ["TimeLimit"]


@dataclass(slots=True)
class TimeLimit(Fault):
    """After `seconds` of real time the connection ends, and nothing of the work stays (Odoo's `limit_time_real`)."""

    key: ClassVar[str] = "time_limit"
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= 3600:
            raise ValueError("a time limit is 0 to 3600 seconds")

    def before(self, scene: Scene) -> None:
        with scene.turnstile.outside():
            time.sleep(self.seconds)

    def commit(self, scene: Scene) -> None:
        raise Interrupted(None)
