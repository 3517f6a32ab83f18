"""Sessions and their ids."""

from __future__ import annotations

import re

from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.sessions import LIFETIME, Sessions


def test_an_id_has_84_characters() -> None:
    """As a real one has, fit for a cookie."""
    assert re.fullmatch(r"[A-Za-z0-9_-]{84}", Sessions(Clock()).new().id)


def test_a_session_is_kept_once_it_is_saved() -> None:
    """Until then every request gets a new one."""
    sessions = Sessions(Clock())
    session = sessions.new()
    assert sessions.get(session.id) is not session
    sessions.save(session)
    assert sessions.get(session.id) is session
    assert sessions.get(None) is not session


def test_a_session_ends_when_nobody_uses_it() -> None:
    """Every use gives it its full time again."""
    clock = Clock()
    clock.freeze()
    sessions = Sessions(clock)
    session = sessions.new()
    sessions.save(session)
    for _ in range(3):
        clock.move(seconds=LIFETIME.total_seconds() - 1)
        assert sessions.get(session.id) is session
    clock.move(seconds=LIFETIME.total_seconds() + 1)
    assert sessions.get(session.id) is not session
    assert len(sessions) == 0


def test_a_rotated_session_goes_by_its_new_id_only() -> None:
    """The old id is worth nothing."""
    sessions = Sessions(Clock())
    session = sessions.new()
    sessions.save(session)
    old = session.id
    sessions.rotate(session)
    assert sessions.get(session.id) is session
    assert sessions.get(old) is not session


def test_the_same_seed_gives_the_same_ids() -> None:
    """Also after a clear."""
    first, second = Sessions(Clock(), seed=1), Sessions(Clock(), seed=1)
    ids = [first.new().id, first.new().id]
    assert ids == [second.new().id, second.new().id]
    first.clear()
    assert first.new().id == ids[0]
    assert Sessions(Clock(), seed=2).new().id != ids[0]
