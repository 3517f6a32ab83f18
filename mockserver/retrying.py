"""Transactions that met another's work are tried again, as Odoo's `service.model.retrying` does."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import TypeVar

from fauxdoo.mockserver.stores.base import SerializationFailure

__all__ = ["TRIES", "Retrying"]

TRIES = 5
"""How often Odoo tries, the first time included (MAX_TRIES_ON_CONCURRENCY_FAILURE)."""

_Result = TypeVar("_Result")


class Retrying:
    """Tries a transaction until it meets no other, waiting between tries as Odoo does.

    Before try n + 1 it waits for anything up to 2**n seconds, times `backoff`.
    """

    def __init__(self, backoff: float = 1.0, sleep: Callable[[float], None] = time.sleep) -> None:
        self._backoff, self._sleep = backoff, sleep
        self._random = Random()

    def __call__(self, attempt: Callable[[], _Result], again: Callable[[], None] = lambda: None) -> _Result:
        """What the attempt answers; `again` is called before each new try.

        Raises the SerializationFailure of the last try, and at once whatever else the attempt raises.
        """
        for number in range(1, TRIES):
            try:
                return attempt()
            except SerializationFailure:
                self._sleep(self._random.uniform(0, 2**number) * self._backoff)
                again()
        return attempt()
