"""Moments in another time than Odoo's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from fauxdoo.harness.advice.base import Rule, Seen

__all__ = ["LocalTime"]

_NEAR = timedelta(minutes=2)


class LocalTime(Rule):
    """The present moment by the clock on the wall, where that is not UTC."""

    key = "local-time"
    advice = "Odoo takes every datetime as UTC: send datetime.now(timezone.utc), without the zone, not datetime.now()."

    def call(self, seen: Seen) -> int:
        """Where a value is now in local time and not in UTC; on a machine whose clock shows UTC nobody can tell."""
        if not seen.is_rpc or seen.method not in ("create", "write"):
            return False
        utc = datetime.now(UTC).replace(tzinfo=None)
        local = datetime.now()
        values = seen.arguments.get("vals", seen.arguments.get("vals_list"))
        return any(abs(moment - local) < _NEAR < abs(moment - utc) for moment in _moments(values))


def _moments(values: Any, depth: int = 6) -> Iterator[datetime]:
    if isinstance(values, dict) and depth:
        values = list(values.values())
    if isinstance(values, (list, tuple)) and depth:
        for value in values[:200]:
            yield from _moments(value, depth - 1)
    elif isinstance(values, str) and len(values) == 19:
        try:
            yield datetime.strptime(values, "%Y-%m-%d %H:%M:%S")
        except ValueError:
            return
