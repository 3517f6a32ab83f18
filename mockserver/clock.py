"""The time a fake Odoo lives in: real by default, movable by a test."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

__all__ = ["Clock"]


class Clock:
    """Answers naive UTC datetimes, as Odoo stores them."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None

    def now(self) -> datetime:
        """The current moment, naive, in UTC, with microseconds."""
        if self._frozen is not None:
            return self._frozen
        return datetime.now(UTC).replace(tzinfo=None) + self._offset

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

    def freeze(self, moment: datetime | None = None) -> None:
        """Stop at `moment` (naive UTC), by default at the current one."""
        self._frozen = moment or self.now()

    def reset(self) -> None:
        """Run with real time again."""
        self._offset, self._frozen = timedelta(), None
