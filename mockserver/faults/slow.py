"""The answer trickles in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Scene

__all__ = ["Slow"]


@dataclass(slots=True)
class Slow(Fault):
    """The body takes `seconds` of real time, in ten pieces: no read of the client waits for all of it."""

    key: ClassVar[str] = "slow"
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= 3600:
            raise ValueError("a slow body takes more than 0 and at most 3600 seconds")

    def after(self, scene: Scene) -> None:
        scene.delivery.seconds = self.seconds
