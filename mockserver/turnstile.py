"""Lets requests through one by one where threads at once would only get in each other's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

__all__ = ["Turnstile"]


class Turnstile:
    """A context manager: one thread at a time is inside, and may enter again.

    A database in memory serves one transaction at a time, and of one in a file too all the work is this process's.
    Threads that hand the interpreter's lock to each other meanwhile take more time for that than for what they do;
    waiting here they cost nothing.
    """

    def __init__(self, *, turns: bool = True) -> None:
        """With `turns=False` everybody goes through."""
        self.turns = turns
        self._lock = Lock()
        self._holder: int | None = None
        self._depth = 0
        self._left, self._returned = _nothing, _nothing

    def watch(self, left: Callable[[], None], returned: Callable[[], None]) -> None:
        """Call `left` whenever a thread goes outside, and `returned` when it is back."""
        self._left, self._returned = left, returned

    def __enter__(self) -> None:
        if self.turns:
            me = get_ident()
            if self._holder != me:
                self._lock.acquire()
                self._holder = me
            self._depth += 1

    def __exit__(self, *_error: object) -> None:
        if self.turns:
            self._depth -= 1
            if not self._depth:
                self._holder = None
                self._lock.release()

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Let others in meanwhile: for whoever waits for something else, a webhook's receiver that calls back."""
        if self._holder != get_ident():
            with self._replaced():
                yield
            return
        depth, self._depth, self._holder = self._depth, 0, None
        self._lock.release()
        try:
            with self._replaced():
                yield
        finally:
            self._lock.acquire()
            self._holder, self._depth = get_ident(), depth

    @contextmanager
    def _replaced(self) -> Iterator[None]:
        self._left()
        try:
            yield
        finally:
            self._returned()


def _nothing() -> None:
    """Nobody watches."""
