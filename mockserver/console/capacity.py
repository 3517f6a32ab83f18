"""What the workers of a server with a capacity profile do, over the admin API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import NotFound

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import NUMBER, WHOLE, record, told

__all__ = ["CapacityPart"]

_SECONDS = told(NUMBER, "Seconds.")


class CapacityPart(Part):
    """Counts of the process that answers, since it started."""

    key = "capacity"

    def operations(self) -> Iterable[Operation]:
        """One look."""
        answers = record(
            workers=WHOLE,
            busy=WHOLE,
            queued=WHOLE,
            most_queued=WHOLE,
            served=WHOLE,
            given_up=told(WHOLE, "Requests that a proxy answered 504 while they waited."),
            killed=told(WHOLE, "Workers that a limit killed."),
            refused=told(WHOLE, "Calls that found no database connection."),
            waited=_SECONDS,
            longest_wait=_SECONDS,
        )
        yield Operation("GET", "capacity", self._read, "What the workers do, and how long was waited", answers=answers)

    def _read(self, arguments: dict[str, Any]) -> Any:
        meter = self.odoo.meter
        if meter is None:
            raise NotFound("The server has no capacity profile")
        workers = meter.workers
        counts = ("busy", "queued", "most_queued", "served", "given_up", "waited", "longest_wait")
        return {
            "workers": meter.capacity.workers,
            "killed": meter.killed,
            "refused": meter.refused,
            **{name: getattr(workers, name) for name in counts},
        }
