"""Meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError


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


def test_a_meeting_that_is_moved(env: Any) -> None:
    """It lasts as long as before; how long it lasts can be set too, and then it ends later."""
    first, second = events = env["calendar.event"].create(
        [
            {"name": "A", "start": "2024-03-01 08:00:00", "stop": "2024-03-01 09:30:00"},
            {"name": "B", "start": "2024-03-01 10:00:00", "stop": "2024-03-01 10:15:00"},
        ]
    )
    events.write({"start": "2024-03-02 08:00:00"})
    assert (str(first.stop), first.duration) == ("2024-03-02 09:30:00", 1.5)
    assert (str(second.stop), second.duration) == ("2024-03-02 08:15:00", 0.25)
    first.write({"duration": 2})
    assert (str(first.start), str(first.stop)) == ("2024-03-02 08:00:00", "2024-03-02 10:00:00")
    first.write({"duration": 0})
    assert str(first.stop) == "2024-03-02 09:00:00"


def test_a_meeting_whose_end_is_set(env: Any) -> None:
    """What is set stays."""
    event = env["calendar.event"].create([{"name": "A", "start": "2024-03-01 08:00:00", "stop": "2024-03-01 09:30:00"}])
    event.write({"start": "2024-03-01 07:00:00", "stop": "2024-03-01 09:00:00"})
    assert (str(event.stop), event.duration) == ("2024-03-01 09:00:00", 2.0)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"start": "2024-01-02 10:00:00", "stop": "2024-01-01 10:00:00"}, "ending date and time cannot be earlier"),
        ({"allday": True, "start_date": "2024-01-02", "stop_date": "2024-01-01"}, "ending date cannot be earlier"),
    ],
)
def test_a_meeting_ends_after_it_starts(env: Any, values: dict[str, Any], message: str) -> None:
    """To the moment, or to the day."""
    with pytest.raises(ValidationError, match=message):
        env["calendar.event"].create([{"name": "M", **values}])


def test_a_meeting_begins_at_the_next_half_hour_and_lasts_one(env: Any) -> None:
    """Unless it says when."""
    env.transaction.now = datetime(2024, 5, 6, 10, 12, 13)
    meeting = env["calendar.event"].create({"name": "M"})
    assert (meeting.start, meeting.stop) == (datetime(2024, 5, 6, 10, 30), datetime(2024, 5, 6, 11, 30))
    assert env["calendar.event"].default_get(["start", "stop"]) == {
        "start": "2024-05-06 10:30:00",
        "stop": "2024-05-06 11:30:00",
    }
