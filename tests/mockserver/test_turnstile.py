"""The turnstile: one thread at a time, again and again, and room for others while it waits outside."""

from __future__ import annotations

import threading

import pytest

from fauxdoo.mockserver.turnstile import Turnstile

SOON = 10
"""Seconds after which a test gives up waiting."""


def _enter(turnstile: Turnstile) -> threading.Event:
    """Another thread goes through; the event says that it did."""
    through = threading.Event()

    def go() -> None:
        with turnstile:
            through.set()

    threading.Thread(target=go, daemon=True).start()
    return through


def test_others_wait() -> None:
    """Nobody comes in before the one inside has left, however often it entered."""
    turnstile = Turnstile()
    with turnstile:
        with turnstile:
            other = _enter(turnstile)
        assert not other.wait(0.05)
    assert other.wait(SOON)


def test_outside_lets_others_in() -> None:
    """Who waits outside holds nobody up, and is inside again afterwards."""
    turnstile = Turnstile()
    with turnstile, turnstile:
        with turnstile.outside():
            assert _enter(turnstile).wait(SOON)
        other = _enter(turnstile)
        assert not other.wait(0.05)
    assert other.wait(SOON)


def test_an_error_leaves_it_open() -> None:
    """Whoever raises inside has left, outside too."""
    turnstile = Turnstile()
    with pytest.raises(ValueError, match="no"), turnstile, turnstile.outside():
        raise ValueError("no")
    assert _enter(turnstile).wait(SOON)


def test_outside_without_being_inside() -> None:
    """Changes nothing."""
    turnstile = Turnstile()
    with turnstile.outside():
        assert _enter(turnstile).wait(SOON)


def test_without_turns() -> None:
    """Everybody goes through at once."""
    turnstile = Turnstile(turns=False)
    with turnstile:
        assert _enter(turnstile).wait(SOON)


def test_who_watches_is_told() -> None:
    """Of every thread that goes outside, and of its return."""
    turnstile, told = Turnstile(), []
    turnstile.watch(lambda: told.append("left"), lambda: told.append("returned"))
    with turnstile, turnstile.outside():
        assert told == ["left"]
    assert told == ["left", "returned"]
