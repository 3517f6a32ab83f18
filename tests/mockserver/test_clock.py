"""The clock: real, moved, frozen, running again, and who is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fauxdoo.mockserver.clock import Clock

MOMENT = datetime(2026, 3, 1, 12)


def test_frozen_time_moves_only_when_told() -> None:
    """A frozen clock answers the same moment until it is moved."""
    clock = Clock()
    clock.freeze(MOMENT)
    assert clock.now() == clock.now() == MOMENT
    clock.move(days=1, hours=-2)
    assert clock.now() == MOMENT + timedelta(hours=22)


def test_running_goes_on_from_the_frozen_moment() -> None:
    """`run` ticks from where the freeze stopped; reset is real time."""
    clock = Clock()
    clock.freeze(MOMENT)
    clock.run()
    first = clock.now()
    assert MOMENT <= first <= clock.now()
    assert clock.today() == MOMENT.date()


def test_reset_is_real_time() -> None:
    """Neither a move nor a freeze outlives a reset."""
    clock = Clock()
    clock.freeze(datetime(1999, 1, 1))
    clock.move(days=1)
    clock.reset()
    before = datetime.now(UTC).replace(tzinfo=None)
    assert clock.now() >= before


def test_listeners_are_told_in_order_until_they_leave() -> None:
    """After a move and a freeze, with the new time; not after a reset; nobody who unsubscribed."""
    clock, heard = Clock(), list[tuple[str, datetime]]()
    clock.freeze(MOMENT)
    clock.subscribe(lambda: heard.append(("first", clock.now())))
    leave = clock.subscribe(lambda: heard.append(("second", clock.now())))
    clock.move(minutes=1)
    leave()
    leave()
    clock.freeze(MOMENT)
    clock.reset()
    later = MOMENT + timedelta(minutes=1)
    assert heard == [("first", later), ("second", later), ("first", MOMENT)]


def test_moments_are_naive() -> None:
    """A moment with a time zone is refused: Odoo's are naive UTC."""
    with pytest.raises(ValueError, match="naive datetimes in UTC"):
        Clock().freeze(datetime(2026, 1, 1, tzinfo=UTC))
