"""Makes calls take the time and the place that they would take in a real Odoo."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from threading import Lock, Timer, local
from typing import Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.capacity.profile import Capacity
from fauxdoo.mockserver.capacity.workers import Workers
from fauxdoo.mockserver.dispatch import READING
from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.faults import Interrupted
from fauxdoo.mockserver.faults.nginx import nginx_page
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["Meter"]

_POOL_ERROR = "psycopg2.pool.PoolError"


class _Here(local):
    """The request that a thread works on."""

    worker = False
    tired = False
    """Whether the worker is to be replaced after it."""


class Meter:
    """One server's workers, with real time: what waits, waits outside the turnstile."""

    def __init__(self, capacity: Capacity, turnstile: Turnstile, seed: int) -> None:
        self.capacity, self.workers = capacity, Workers(capacity.workers)
        self._turnstile, self._random = turnstile, Random(f"capacity {seed}")
        self._here, self._lock = _Here(), Lock()
        self._connections = 0
        self.killed = self.refused = 0
        """Workers that a limit killed, and calls that found no database connection."""

    @contextmanager
    def request(self, path: str) -> Iterator[None]:
        """A worker's place for one request; the admin API needs none. Raises Interrupted with a proxy's 504."""
        if path.startswith("/_fauxdoo"):
            yield
            return
        with self._turnstile.outside():
            got = self.workers.take(self.capacity.proxy_timeout)
        if not got:
            raise Interrupted(nginx_page(504))
        self._here.worker, self._here.tired = True, False
        try:
            yield
        finally:
            self._here.worker = False
            if self._here.tired:
                Timer(self.capacity.respawn, self.workers.give_back).start()
            else:
                self.workers.give_back()

    def before(self, call: Call) -> None:
        """A call that may write takes its time before it is made: one that takes too long does nothing.

        Raises Interrupted, and DatabaseError where all connections are in use.
        """
        if self._here.worker and call.method not in READING:
            self._occupy(call, _records_in(call))

    def after(self, call: Call, result: Any) -> None:
        """A call that reads takes its time when it is known how much it read. Raises as `before` does."""
        if self._here.worker and call.method in READING:
            self._occupy(call, len(result) if isinstance(result, list) else 1)

    def _occupy(self, call: Call, records: int) -> None:
        with self._lock:
            if self._connections >= self.capacity.pool:
                self.refused += 1
                raise DatabaseError("The Connection Pool Is Full", _POOL_ERROR)
            self._connections += 1
            seconds = self.capacity.service_of(call.model, call.method).draw(self._random, records)
        try:
            limit, memory = self.capacity.limit_time_real, self.capacity.memory(records)
            with self._turnstile.outside():
                time.sleep(min(seconds, limit))
        finally:
            with self._lock:
                self._connections -= 1
        hard, soft = self.capacity.limit_memory_hard, self.capacity.limit_memory_soft
        if seconds > limit or 0 < hard < memory:
            self._here.tired = True
            self.killed += 1
            raise Interrupted(None)
        self._here.tired |= 0 < soft < memory


def _records_in(call: Call) -> int:
    """How many records a call names or makes, as far as its arguments say."""
    if call.ids is not None:
        first: Any = call.ids or call.kwargs.get("vals_list")
    else:
        first = call.args[0] if isinstance(call.args, (list, tuple)) and call.args else call.kwargs.get("vals_list")
    return len(first) if isinstance(first, (list, tuple)) else 1
