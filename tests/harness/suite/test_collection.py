"""What is built while the garbage collector pauses."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from fauxdoo.harness.suite.collection import paused_collection


@pytest.fixture
def runs() -> Iterator[list[int]]:
    """The generations that were collected."""
    seen: list[int] = []

    def note(phase: str, info: dict[str, Any]) -> None:
        if phase == "stop":
            seen.append(info["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def _many() -> list[list[int]]:
    return [[number] for number in range(20 * gc.get_threshold()[0])]


def test_paused(runs: list[int]) -> None:
    """Nothing is collected meanwhile; what came in is not looked at as young afterwards."""
    with paused_collection():
        kept = _many()
        assert not runs
        assert gc.get_count()[0] >= len(kept)
    assert gc.isenabled()
    assert gc.get_count()[0] < len(kept)


def test_error(runs: list[int]) -> None:
    """The collector is back after an error."""
    with pytest.raises(ZeroDivisionError), paused_collection():
        _ = 1 / 0
    assert _many()
    assert runs


def test_disabled() -> None:
    """A session that runs without collector stays so."""
    gc.disable()
    try:
        with paused_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_frozen() -> None:
    """What a session has frozen does not thaw."""
    kept = _many()
    gc.freeze()
    try:
        with paused_collection():
            pass
        assert gc.get_freeze_count() > len(kept)
    finally:
        gc.unfreeze()
