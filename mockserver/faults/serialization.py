"""Transactions meet each other, as PostgreSQL says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.dispatch import READING
from fauxdoo.mockserver.faults.base import Fault, Scene
from fauxdoo.mockserver.retrying import TRIES
from fauxdoo.mockserver.stores.base import SerializationFailure

__all__ = ["Serialization"]


@dataclass(slots=True)
class Serialization(Fault):
    """The first `failures` tries of the call's transaction fail; the client sees it where the server gives up.

    Odoo tries five times, waiting in between (`Settings.backoff`): with fewer failures the call only takes longer.
    """

    key: ClassVar[str] = "serialization"
    failures: int = TRIES

    def __post_init__(self) -> None:
        if self.failures < 1:
            raise ValueError("failures begin at 1")

    def concerns(self, scene: Scene) -> bool:
        """Whether the call writes: readers never meet anybody."""
        return scene.call is None or scene.call.method not in READING

    def commit(self, scene: Scene) -> None:
        if scene.attempt <= self.failures:
            raise SerializationFailure("could not serialize access due to concurrent update")
