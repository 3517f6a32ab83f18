"""Meetings: how long they last, and the days of those that last all day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["CalendarEvent"]

_USUAL = 1.0
"""Hours of a meeting that does not say how long it lasts."""
_BEGINS, _ENDS = time(8), time(18)
"""What an all-day meeting is stored with, in no particular time zone."""


class CalendarEvent(models.Model):
    """A meeting from `start` to `stop`."""

    _inherit = "calendar.event"

    @api.compute("duration")
    @api.depends("start", "stop")
    def _compute_duration(self) -> None:
        """Hours, to the hundredth."""
        for event in self:
            lasts = event.start and event.stop and (event.stop - event.start).total_seconds() / 3600
            event.duration = round(lasts or 0.0, 2)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a meeting that starts at another time or lasts longer ends accordingly, unless its end is set."""
        if "stop" in vals or not vals.keys() & {"start", "duration"}:
            return bool(super().write(vals))
        for event in self:
            lasts, whole_days = event.duration, event.allday
            super(CalendarEvent, event).write(vals)
            if event.start and not whole_days:
                hours = float(vals.get("duration", lasts) or _USUAL)
                super(CalendarEvent, event).write({"stop": event.start + timedelta(minutes=round(hours * 60))})
        return True

    @api.compute("start_date", "stop_date")
    def _compute_dates(self) -> None:
        for event in self:
            known = event.allday and event.start and event.stop
            event.start_date = event.start.date() if known else False
            event.stop_date = event.stop.date() if known else False

    @api.inverse("start_date", "stop_date")
    def _inverse_dates(self) -> None:
        for event in self.filtered(lambda event: event.allday and event.start_date and event.stop_date):
            start, stop = event.start_date, event.stop_date
            event.write({"start": datetime.combine(start, _BEGINS), "stop": datetime.combine(stop, _ENDS)})
