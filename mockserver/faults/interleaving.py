"""Clients brought to named points in a chosen order, so that a race happens the same way every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Condition
from time import monotonic
from types import TracebackType
from typing import Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.dispatch import READING
from fauxdoo.mockserver.faults.selection import Selection
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["POINTS", "Interleaving"]

POINTS = ("before_call", "after_begin", "after_read", "before_commit", "after_commit")
"""Before anything is done; when the transaction sees all it will see; when a reading call has its answer; when the
work is done; when it is there for others."""
_INSIDE = frozenset({"after_begin", "before_commit"})
_WRITING = ("before_call", "after_begin", "before_commit", "after_commit")
_AHEAD = {
    ("before_call", True): ("before_call", "after_begin", "after_read"),
    ("after_begin", True): ("after_read",),
    ("before_call", False): _WRITING,
    ("after_begin", False): _WRITING[2:],
    ("before_commit", False): _WRITING[3:],
}
"""The points a call comes to from where it is, by whether it reads."""


class Interleaving:
    """A context manager; within its block the clients come to the points in the order of the steps.

    A call waits before the work that leads to its client's next step, until all steps before that one are done. A step
    is taken once, by the first call of its client that comes to it; where nobody comes in time all go on, and the block
    ends with a TimeoutError that says who was missing.
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
            if point in _INSIDE and turnstile.turns:
                raise ValueError(f"in memory there is one transaction at a time: {point} needs PostgreSQL")

    def reach(self, point: str, call: Call) -> None:
        """A call has come to a point: the step is done, and the work for the next one waits for its turn."""
        if point in _INSIDE and self._turnstile.turns:
            return  # the only transaction there is must not wait for others
        for name, selection in self._clients.items():
            if selection.fits(call):
                ahead = _AHEAD.get((point, call.method in READING), ())
                with self._turnstile.outside(), self._moved:
                    self._take(f"{name}.{point}", wait=point in ("before_call", "before_commit"))
                    self._await_one([f"{name}.{each}" for each in ahead])

    def _take(self, step: str, *, wait: bool) -> None:
        if step in self._left:
            if wait:
                self._await_one([step])
            self._left = [each for each in self._left if each != step]
            self._moved.notify_all()

    def _await_one(self, steps: Sequence[str]) -> None:
        """Wait until it is the turn of the first of the steps that are left."""
        deadline = monotonic() + self._timeout
        while (step := next((each for each in self._left if each in steps), None)) and self._left[0] != step:
            if not self._moved.wait(deadline - monotonic()):
                self._missing, self._left = [*self._left], []
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
