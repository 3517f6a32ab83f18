"""What a condition on a field of yes and no asks for."""

from __future__ import annotations

from typing import Any

__all__ = ["asks_yes"]


def asks_yes(operator: str, value: Any) -> bool:
    """Whether a condition, `=`, `!=`, `in` or `not in` with one value or several, holds where the field is true."""
    several = isinstance(value, (list, tuple, set, frozenset))
    return (True in list(value) if several else bool(value)) == (operator in ("=", "in"))
