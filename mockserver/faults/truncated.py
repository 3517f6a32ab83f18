"""The connection ends within the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Scene

__all__ = ["Truncated"]


@dataclass(slots=True)
class Truncated(Fault):
    """The work is done and stays; of the body the client gets the `share`, of its announced length."""

    key: ClassVar[str] = "truncated"
    share: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.share < 1:
            raise ValueError("the share that arrives is at least 0 and below 1")

    def after(self, scene: Scene) -> None:
        scene.delivery.share = self.share
