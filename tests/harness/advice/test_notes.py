"""Advice gathered and told."""

from __future__ import annotations

from fauxdoo.harness.advice import Notes


def test_told() -> None:
    """By rule: the places with how often, then what to do."""
    notes = Notes()
    notes.add("no-timeout", "sync.py:7 in sync", "/jsonrpc")
    notes.add("no-timeout", "sync.py:7 in sync", "/jsonrpc", 2)
    notes.add("no-timeout", "sync.py:9 in sync", "/jsonrpc")
    head, first, second, *advice = notes.told().splitlines()
    assert (head, first, second) == (
        "no-timeout",
        "  sync.py:7 in sync: /jsonrpc (3 times)",
        "  sync.py:9 in sync: /jsonrpc",
    )
    assert advice[0].startswith("    Set a timeout")
    assert Notes().told() == ""


def test_ignored() -> None:
    """What nobody wants to hear is not noted."""
    notes = Notes(["no-timeout"])
    notes.add("no-timeout", "sync.py:7 in sync", "/jsonrpc")
    assert len(notes) == 0


def test_passed_on() -> None:
    """As plain data, and added up."""
    one, other = Notes(), Notes()
    one.add("no-timeout", "sync.py:7 in sync", "/jsonrpc", 2)
    other.add("no-timeout", "sync.py:7 in sync", "/jsonrpc")
    other.merge(Notes.of_list(one.as_list()))
    assert [note.count for note in other] == [3]
