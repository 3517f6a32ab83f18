"""Whether two answers are of one form, whatever the data: types, members, errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["differences"]

_MAY_HOLD_TEXT = ("message", "string", "text", "debug", "arguments")


def differences(real: Any, fake: Any, pointer: str = "") -> Iterator[str]:
    """A line per place where they differ; of lists the first items are compared, what is empty is like anything."""
    if isinstance(real, dict) and isinstance(fake, dict):
        for key in sorted(real.keys() ^ fake.keys()):
            yield f"{pointer}/{key} has only the {'real' if key in real else 'fake'} one"
        for key in real.keys() & fake.keys():
            if key in ("name", "code") and pointer in ("/error", "/fault"):
                if real[key] != fake[key]:
                    yield f"{pointer}/{key} is {real[key]!r} in the real one, {fake[key]!r} in the fake"
            elif key not in _MAY_HOLD_TEXT or pointer not in ("/error", "/fault"):
                yield from differences(real[key], fake[key], f"{pointer}/{key}")
    elif isinstance(real, list) and isinstance(fake, list):
        if real and fake:
            yield from differences(real[0], fake[0], f"{pointer}/0")
    elif not (real in (None, False) or fake in (None, False) or _kind(real) == _kind(fake)):
        yield f"{pointer} is {_kind(real)} in the real one, {_kind(fake)} in the fake"


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "a number"
    return _KINDS.get(type(value), "nothing")


_KINDS: dict[type, str] = {str: "a text", list: "a list", dict: "an object"}
