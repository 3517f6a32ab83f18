"""The turnstile: one thread at a time, again and again, and room for others while it waits outside."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.stores import is_embedded
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


@pytest.mark.parametrize(
    ("place", "embedded"),
    [(":memory:", True), ("odoo.db", True), ("postgresql://u@h/d", False), ("postgres://u@h/d?schema=s", False)],
)
def test_where_threads_take_turns(place: str, embedded: bool) -> None:
    """Where the database works in this process, not where another one does."""
    assert is_embedded(place) is embedded


def test_a_file_and_what_waits_in_its_process(tmp_path: Path) -> None:
    """A request waits while another one is inside, and is answered afterwards."""
    with FakeOdoo(store=str(tmp_path / "odoo.db")) as odoo:
        done = threading.Event()

        def ask() -> None:
            with suppress(HTTPError):
                urlopen(f"{odoo.url}/web/health")
            done.set()

        asking = threading.Thread(target=ask, daemon=True)
        with odoo.turnstile:
            asking.start()
            assert not done.wait(0.2)
        assert done.wait(SOON)
