"""What two runs of a case have in common: what differs between them is masked as recordings mask it."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["Masks", "is_id"]

_TYPES: dict[type, str] = {bool: "bool", int: "int", float: "float", str: "str", list: "list", dict: "dict"}
_DIGITS = re.compile(r"(\d+)")


class Masks:
    """The ids of one case: an id of the first run and that of the second in its place have one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int], int] = {}

    def common(self, first: Any, second: Any, *, ids: bool = False) -> Any:
        """What is the same in both, `{"$id": n}` and `{{id:n}}` for ids, `{"$any": type}` for the rest.

        `ids` says that whole numbers are ids here; elsewhere only those that were seen before are.
        """
        if {type(first), type(second)} == {int, float} and first == second:
            return first
        if type(first) is not type(second):
            return {"$any": _TYPES.get(type(first), "null")}
        if isinstance(first, dict):
            return self._of_dicts(first, second, ids)
        if isinstance(first, list):
            return self._of_lists(first, second, ids)
        if first == second:
            return first
        if isinstance(first, str):
            return self._of_texts(first, second)
        if type(first) is int and (number := self._number(first, second, new=ids)):
            return {"$id": number}
        return {"$any": _TYPES.get(type(first), "null")}

    def _of_dicts(self, first: dict[str, Any], second: dict[str, Any], ids: bool) -> Any:
        if first.keys() == second.keys():
            return {key: self.common(value, second[key], ids=is_id(key)) for key, value in first.items()}
        keys = [self._of_texts(*pair) for pair in zip(first, second, strict=False)]
        if len(first) != len(second) or not all(isinstance(key, str) for key in keys):
            return {"$any": "dict"}
        values = zip(first.values(), second.values(), strict=True)
        return {key: self.common(*pair, ids=ids) for key, pair in zip(keys, values, strict=True)}

    def _of_lists(self, first: list[Any], second: list[Any], ids: bool) -> Any:
        if len(first) != len(second):
            return {"$any": "list"}
        link = len(first) == 2 and isinstance(first[0], int) and isinstance(first[1], str)
        whole = bool(first) and all(type(item) is int for item in (*first, *second))
        pairs = zip(first, second, strict=True)
        return [self.common(*pair, ids=ids or whole or (link and not place)) for place, pair in enumerate(pairs)]

    def _of_texts(self, first: str, second: str) -> Any:
        parts, others = _DIGITS.split(first), _DIGITS.split(second)
        if parts[::2] != others[::2]:
            return {"$any": "str"}
        for turn in range(1, len(parts), 2):
            if parts[turn] != others[turn]:
                number = self._number(int(parts[turn]), int(others[turn]), new=False)
                if number is None:
                    return {"$any": "str"}
                parts[turn] = f"{{{{id:{number}}}}}"
        return "".join(parts)

    def _number(self, first: int, second: int, *, new: bool) -> int | None:
        """The number of a pair; None for one that is unknown, or of which one half belongs to another."""
        pair = first, second
        if pair in self._numbers:
            return self._numbers[pair]
        if not new or any(first == known or second == other for known, other in self._numbers):
            return None
        self._numbers[pair] = len(self._numbers) + 1
        return self._numbers[pair]


def is_id(key: str) -> bool:
    """Whether a member of this name holds ids."""
    return key in ("id", "ids") or key.endswith(("_id", "_ids"))
