"""How what came differs from what was wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fauxdoo.mockserver.journal.telling import short

__all__ = ["differences"]

_ABSENT = object()


def differences(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """What of the wanted arguments is not as it came, a line each; nothing for a match.

    A dictionary is matched by one that has at least its keys; a list by one of the same length; a single value or id
    by a list of just that one, and the other way round; everything else by what it says is equal.
    """
    return list(_members(wanted, given, ""))


def _members(wanted: Mapping[Any, Any], given: Mapping[Any, Any], place: str) -> Iterator[str]:
    for key, value in wanted.items():
        yield from _values(value, given.get(key, _ABSENT), f"{place}.{key}" if place else str(key))


def _values(wanted: Any, given: Any, place: str) -> Iterator[str]:
    if given is _ABSENT:
        yield f"{place}: wanted {short(wanted)}, absent"
    elif type(wanted) in (list, tuple):
        yield from _lists(list(wanted), given, place)
    elif isinstance(given, (list, tuple)) and len(given) == 1 and wanted != given:
        yield from _values(wanted, given[0], f"{place}[0]")
    elif type(wanted) is dict and isinstance(given, Mapping):
        yield from _members(wanted, given, place)
    elif wanted != given or {type(wanted), type(given)} == {bool, int}:
        yield f"{place}: wanted {short(wanted)}, got {short(given)}"


def _lists(wanted: list[Any], given: Any, place: str) -> Iterator[str]:
    if not isinstance(given, (list, tuple)):
        given = [given]
    if len(wanted) != len(given):
        yield f"{place}: wanted {len(wanted)} items {short(wanted)}, got {len(given)} {short(list(given))}"
        return
    for index, (one, other) in enumerate(zip(wanted, given, strict=True)):
        yield from _values(one, other, f"{place}[{index}]")
