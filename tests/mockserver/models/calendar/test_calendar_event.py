"""Meetings."""

from __future__ import annotations

from typing import Any


def test_a_meeting_lasts_from_start_to_stop(env: Any) -> None:
    """In hours, to the hundredth (recording protocol/xmlrpc-dates)."""
    values = {"name": "Stand-up", "start": "2024-02-29 10:11:12", "stop": "2024-02-29 11:00:00"}
    event = env["calendar.event"].create([values])
    assert event.duration == 0.81
    event.write({"stop": "2024-02-29 11:41:12"})
    assert event.duration == 1.5


def test_an_all_day_meeting_has_days(env: Any) -> None:
    """Set or read as days; any other meeting has none."""
    event = env["calendar.event"].create(
        [{"name": "Fair", "allday": True, "start_date": "2024-03-01", "stop_date": "2024-03-02"}]
    )
    assert (str(event.start), str(event.stop)) == ("2024-03-01 08:00:00", "2024-03-02 18:00:00")
    assert str(event.stop_date) == "2024-03-02"
    event.write({"allday": False})
    assert event.start_date is False
