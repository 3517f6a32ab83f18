"""The connection ends without an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Interrupted, Scene

__all__ = ["Drop"]


@dataclass(slots=True)
class Drop(Fault):
    """With `committed` the work stays, else it is undone; the client cannot tell which."""

    key: ClassVar[str] = "drop"
    committed: bool = False

    def commit(self, scene: Scene) -> None:
        if not self.committed:
            raise Interrupted(None)

    def after(self, scene: Scene) -> None:
        if self.committed:
            raise Interrupted(None)
