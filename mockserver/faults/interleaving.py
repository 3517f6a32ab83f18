"""Clients brought to named points in a chosen order, so that a race happens the same way every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Condition
from time import monotonic
from types import TracebackType
from typing import Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.faults.selection import Selection
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["POINTS", "Interleaving"]

POINTS = ("before_call", "after_read", "before_commit", "after_commit")
"""Before anything is done; when a reading call has its answer; when the work is done; when it is there for others."""


class Interleaving:
    """A context manager; within its block the calls of the clients wait until it is their turn.

    A point is passed once, by the first call of its client that comes to it; where nobody comes in time all go on,
    and the block ends with a TimeoutError that says who was missing.
    """

    def __init__(
        self,
        order: Sequence[str],
        clients: Mapping[str, Mapping[str, Any]],
        turnstile: Turnstile,
        timeout: float,
        ended: Callable[[Interleaving], None],
    ) -> None:
        self._clients = {name: Selection(**options) for name, options in clients.items()}
        self._check(order, clients, turnstile)
        self._left, self._turnstile, self._timeout, self._ended = [*order], turnstile, timeout, ended
        self._moved = Condition()
        self._missing: list[str] = []

    @staticmethod
    def _check(order: Sequence[str], clients: Mapping[str, Mapping[str, Any]], turnstile: Turnstile) -> None:
        for step in order:
            name, _, point = step.partition(".")
            if name not in clients or point not in POINTS:
                raise ValueError(f"{step!r} is no step: CLIENT.POINT, of {', '.join(clients)} and {', '.join(POINTS)}")
            if point == "before_commit" and turnstile.turns:
                raise ValueError("in memory there is one transaction at a time: before_commit needs another store")

    def reach(self, point: str, call: Call) -> None:
        """Wait here, if the call is the one that the order names next or later."""
        for name, selection in self._clients.items():
            if selection.fits(call) and f"{name}.{point}" in self._left:
                self._wait(f"{name}.{point}")
                return

    def _wait(self, step: str) -> None:
        deadline = monotonic() + self._timeout
        with self._turnstile.outside(), self._moved:
            while step in self._left and self._left[0] != step:
                if not self._moved.wait(deadline - monotonic()):
                    self._missing, self._left = [*self._left], []
            if step in self._left:
                self._left.remove(step)
            self._moved.notify_all()

    def __enter__(self) -> Interleaving:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ended(self)
        with self._moved:
            missing, self._left = self._missing or self._left, []
            self._moved.notify_all()
        if missing and error is None:
            raise TimeoutError(f"nobody came to {missing[0]}; not done: {', '.join(missing)}")
