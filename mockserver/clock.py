"""The time a fake Odoo lives in: real by default, movable by a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import time_ns

__all__ = ["Clock"]

Listener = Callable[[], object]

_EPOCH = datetime(1970, 1, 1)


class Clock:
    """Answers naive UTC datetimes, as Odoo stores them."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None
        self._listeners: list[Listener] = []
        self.when_set: Listener = lambda: None
        """Called first after every change, a reset included: other processes are to live in the same time."""

    @property
    def setting(self) -> tuple[float, str | None]:
        """Seconds it is ahead of real time, and the moment it stands at, if it does."""
        return self._offset.total_seconds(), self._frozen.isoformat() if self._frozen else None

    @setting.setter
    def setting(self, setting: tuple[float, str | None]) -> None:
        seconds, frozen = setting
        self._offset = timedelta(seconds=seconds)
        self._frozen = datetime.fromisoformat(frozen) if frozen else None

    def now(self) -> datetime:
        """The current moment, naive, in UTC, with microseconds."""
        if self._frozen is not None:
            return self._frozen
        return _real() + self._offset if self._offset else _real()

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._frozen is not None

    def today(self) -> date:
        """The current day in UTC."""
        return self.now().date()

    def move(self, **delta: float) -> None:
        """Go forward by a `timedelta(**delta)`; negative values go back."""
        step = timedelta(**delta)
        if self._frozen is not None:
            self._frozen += step
        else:
            self._offset += step
        self._tell()

    def freeze(self, moment: datetime | None = None) -> None:
        """Stop at `moment` (naive UTC), by default at the current one. Raises ValueError for one with a time zone."""
        if moment is not None and moment.tzinfo is not None:
            raise ValueError(f"the clock takes naive datetimes in UTC, not {moment.isoformat()}")
        self._frozen = moment or self.now()
        self._tell()

    def run(self) -> None:
        """Tick again, from the moment a freeze stopped at."""
        if self._frozen is not None:
            self._offset, self._frozen = self._frozen - _real(), None
            self.when_set()

    def reset(self) -> None:
        """Run with real time again; nobody is told."""
        self._offset, self._frozen = timedelta(), None
        self.when_set()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener()` after every move and freeze, in the thread that did it, in the order of subscription.

        It stays over a reset. Answers what ends the subscription; ending it twice is no error.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _tell(self) -> None:
        self.when_set()
        for listener in [*self._listeners]:
            listener()


def _real() -> datetime:
    return _EPOCH + timedelta(0, 0, time_ns() // 1000)
