"""Meetings: how long they last, and the days of those that last all day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["CalendarEvent"]

_USUAL = 1.0
"""Hours of a meeting that does not say how long it lasts."""
_BEGINS, _ENDS = time(8), time(18)
"""What an all-day meeting is stored with, in no particular time zone."""


def _next_start(model: Any) -> datetime:
    """The next half or full hour."""
    now: datetime = model.env.transaction.now.replace(microsecond=0)
    return now + (datetime.min - now) % timedelta(minutes=30)


def _next_stop(model: Any) -> datetime:
    return _next_start(model) + timedelta(hours=_USUAL)


class CalendarEvent(models.Model):
    """A meeting from `start` to `stop`."""

    _inherit = "calendar.event"

    start = fields.Datetime(default=_next_start)
    stop = fields.Datetime(default=_next_stop)

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
        field = self._fields["start"]
        for event in self:
            start = field.to_record(field.to_cache(vals["start"], event), event) if "start" in vals else event.start
            if start and not event.allday:
                hours = float(vals.get("duration", event.duration) or _USUAL)
                super(CalendarEvent, event).write({**vals, "stop": start + timedelta(minutes=round(hours * 60))})
            else:
                super(CalendarEvent, event).write(vals)
        return True

    @api.constrains("start", "stop", "start_date", "stop_date")
    def _check_closing_date(self) -> None:
        for event in self:
            first, last = (event.start_date, event.stop_date) if event.allday else (event.start, event.stop)
            if first and last and last < first:
                what = "date" if event.allday else "date and time"
                raise ValidationError(
                    f"The ending {what} cannot be earlier than the starting {what}.\n"
                    f"Meeting “{event.name}” starts at {first} and ends at {last}"
                )

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
