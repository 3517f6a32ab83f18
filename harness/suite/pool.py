"""The fake servers of a test session: one per settings and simultaneous use, kept for the next test."""

from __future__ import annotations

from fauxdoo.harness.suite.collection import paused_collection
from fauxdoo.mockserver import FakeOdoo, Settings

__all__ = ["Pool"]

_IDLE = 8
"""Servers that are kept although nobody uses them now."""


class Pool:
    """Hands out servers in their initial state."""

    def __init__(self) -> None:
        self._idle: list[FakeOdoo] = []
        self._taken: list[FakeOdoo] = []

    def take(self, settings: Settings) -> FakeOdoo:
        """A listening server with these settings that nobody else uses, as just started."""
        for odoo in self._idle:
            if odoo.settings == settings:
                self._idle.remove(odoo)
                odoo.reset()
                break
        else:
            with paused_collection():
                odoo = FakeOdoo(settings).start()
        self._taken.append(odoo)
        return odoo

    def give_back(self, odoo: FakeOdoo) -> None:
        """Nobody uses the server any more."""
        self._taken.remove(odoo)
        self._idle.append(odoo)
        if len(self._idle) > _IDLE:
            self._idle.pop(0).close()

    def close(self) -> None:
        """Stop all servers."""
        while odoos := self._idle or self._taken:
            odoos.pop().close()
