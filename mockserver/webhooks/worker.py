"""The thread that sends what is due, and sleeps until something is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Condition, Thread, current_thread

__all__ = ["Worker"]

_log = logging.getLogger(__name__)


class Worker:
    """Calls `work` whenever it is woken; that answers after how many seconds it wants to be called again, or None."""

    def __init__(self, work: Callable[[], float | None]) -> None:
        self._work = work
        self._condition = Condition()
        self._woken = self._stopped = False
        self._thread: Thread | None = None

    def wake(self) -> None:
        """There may be work; the thread starts when it is first needed."""
        with self._condition:
            self._woken = True
            if self._thread is None and not self._stopped:
                self._thread = Thread(target=self._run, name="fauxdoo-webhooks", daemon=True)
                self._thread.start()
            self._condition.notify()

    def stop(self) -> None:
        """End the thread, after what it is doing."""
        with self._condition:
            self._stopped = True
            self._condition.notify()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join()

    def _run(self) -> None:
        wait: float | None = None
        while self._waited(wait):
            try:
                wait = self._work()
            except Exception:
                _log.exception("sending webhooks failed")
                wait = 1.0

    def _waited(self, seconds: float | None) -> bool:
        """Wait until woken, or so many seconds; False when it is to stop."""
        with self._condition:
            if not self._woken and not self._stopped:
                self._condition.wait(seconds)
            self._woken = False
            return not self._stopped
