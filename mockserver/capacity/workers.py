"""Places to work at: whoever finds none waits for one, first come, first served."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock, Semaphore

__all__ = ["Workers"]


class Workers:
    """So many places; counts what became of those who came."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[Semaphore] = deque()
        self._lock = Lock()
        self.busy = self.served = self.given_up = 0
        self.most_queued = 0
        self.waited = self.longest_wait = 0.0
        """Seconds, of all and of one."""

    @property
    def queued(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    def take(self, timeout: float) -> bool:
        """Wait for a place; False where none came free in so many seconds."""
        started, mine = time.monotonic(), Semaphore(0)
        with self._lock:
            if self._free:
                self._free -= 1
                mine.release()
            else:
                self._waiting.append(mine)
                self.most_queued = max(self.most_queued, len(self._waiting))
        got = mine.acquire(timeout=timeout)
        with self._lock:
            if not got and mine in self._waiting:
                self._waiting.remove(mine)
                self.given_up += 1
                return False
            took = time.monotonic() - started
            self.busy += 1
            self.waited, self.longest_wait = self.waited + took, max(self.longest_wait, took)
            return True

    def give_back(self) -> None:
        """The place is for the next one."""
        with self._lock:
            self.busy -= 1
            self.served += 1
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
