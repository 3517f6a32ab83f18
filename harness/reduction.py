"""Makes a sequence of calls shorter and simpler as long as it shows the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fauxdoo.harness.strategies import Call

__all__ = ["reduced"]

_SIMPLER: dict[type, tuple[Any, ...]] = {str: ("A", "a", ""), int: (1, 0), float: (0.5,), bool: (False,)}


def reduced(sequence: Sequence[Call], shows: Callable[[list[Call]], bool]) -> list[Call]:
    """The shortest found by leaving out calls, records, values and conditions, and by making values simple."""
    shortest = [*sequence]
    found = True
    while found:
        found = False
        for candidate in _shorter(shortest):
            if shows(candidate):
                shortest, found = candidate, True
                break
    return shortest


def _shorter(sequence: list[Call]) -> Iterator[list[Call]]:
    """Sequences with a little less in them, what takes most away first."""
    for half in (sequence[: len(sequence) // 2], sequence[len(sequence) // 2 :]):
        if half and len(half) < len(sequence):
            yield half
    for place in range(len(sequence)):
        yield [*sequence[:place], *sequence[place + 1 :]]
    for place, (method, args) in enumerate(sequence):
        for fewer in _simpler_arguments(method, args):
            yield [*sequence[:place], (method, fewer), *sequence[place + 1 :]]


def _simpler_arguments(method: str, args: list[Any]) -> Iterator[list[Any]]:
    if method == "create":
        many = args[0]
        yield from ([[*many[:place], *many[place + 1 :]]] for place in range(len(many)) if len(many) > 1)
        for place, vals in enumerate(many):
            yield from ([[*many[:place], fewer, *many[place + 1 :]]] for fewer in _simpler_values(vals))
    elif method == "write":
        yield from ([args[0], fewer] for fewer in _simpler_values(args[1]))
    elif method == "search" and args[0]:
        yield from ([[*args[0][:place], *args[0][place + 1 :]]] for place in range(len(args[0])))
    if method in ("write", "read", "unlink") and len(args[0]) > 1:
        yield from ([[place], *args[1:]] for place in args[0])


def _simpler_values(vals: dict[str, Any]) -> Iterator[dict[str, Any]]:
    names = [*vals]
    for half in (names[: len(names) // 2], names[len(names) // 2 :]):
        if len(half) > 1:
            yield {name: vals[name] for name in names if name not in half}
    for name in names:
        yield {other: value for other, value in vals.items() if other != name}
    for name, value in vals.items():
        simple = _SIMPLER.get(type(value), ())
        yield from ({**vals, name: each} for each in simple[: simple.index(value) if value in simple else None])
