"""What forms make of a country and a state that are to go together."""

from __future__ import annotations

from typing import Any

__all__ = ["bring_country", "leave_state"]


def leave_state(record: Any, country: str, state: str) -> None:
    """A state of another country goes."""
    if record[country] and record[country] != record[state].country_id:
        record[state] = False


def bring_country(record: Any, country: str, state: str) -> None:
    """A state brings its country."""
    if record[state].country_id:
        record[country] = record[state].country_id
