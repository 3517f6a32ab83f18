"""Whether an answer is the recorded one: numbers by value, booleans strictly, ids one to one, lists in order."""

from __future__ import annotations

import math
import re
from typing import Any

__all__ = ["Ids", "matches"]

Ids = dict[int, Any]
"""The ids of a case: number in the recording → id on this server; grows while steps are compared."""

_TYPES = {bool: "bool", int: "int", float: "float", str: "str", list: "list", dict: "dict", type(None): "null"}
_ID_IN_TEXT = re.compile(r"\{\{id:(\d+)\}\}")


def matches(want: Any, got: Any, ids: Ids) -> bool:
    """Compare a recorded value with a received one; binds ids that are seen for the first time."""
    if isinstance(want, dict):
        return _dict_matches(want, got, ids)
    if isinstance(want, list):
        return isinstance(got, list) and len(want) == len(got) and _all_match(zip(want, got, strict=True), ids)
    if isinstance(want, bool) or isinstance(got, bool) or want is None or got is None:
        return want is got
    if isinstance(want, (int, float)) and isinstance(got, (int, float)):
        return math.isclose(want, got, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(want, str) and isinstance(got, str):
        return _text_matches(_essence(want), _essence(got), ids)
    return bool(want == got)


def _dict_matches(want: dict[str, Any], got: Any, ids: Ids) -> bool:
    if "$any" in want:
        return _type_matches(want["$any"], got)
    if "$id" in want:
        return _id_matches(want["$id"], got, ids)
    if not isinstance(got, dict):
        return False
    want, got = _without_debug(want), _without_debug(got)
    if any("{{id:" in key for key in want):
        # ids as keys: paired in the order they come
        items = zip(want.items(), got.items(), strict=False)
        return len(want) == len(got) and all(_all_match(zip(*pair, strict=True), ids) for pair in items)
    return set(want) == set(got) and all(matches(value, got[key], ids) for key, value in want.items())


def _all_match(pairs: zip[tuple[Any, Any]], ids: Ids) -> bool:
    return all(matches(want, got, ids) for want, got in pairs)


def _type_matches(want: str, got: Any) -> bool:
    kind = _TYPES.get(type(got))
    return kind == want or {kind, want} <= {"int", "float"}


def _id_matches(number: Any, got: Any, ids: Ids) -> bool:
    if isinstance(got, bool) or not isinstance(got, int):
        return False
    if isinstance(number, dict):  # an id whose turn changed between the two recorded runs
        return True
    if number not in ids and got in ids.values():
        return False
    return bool(ids.setdefault(number, got) == got)


def _without_debug(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != "debug"}


def _essence(text: str) -> str:
    """What a traceback ends with; a message of the database without its excerpt of the SQL."""
    if "Traceback" in text:
        text = text.strip().rsplit("\n", 1)[-1]
    return text.split("\nLINE 1:")[0]


def _text_matches(want: str, got: str, ids: Ids) -> bool:
    if "{{id:" not in want:
        return want == got
    parts = _ID_IN_TEXT.split(want)
    pattern = "".join(r"(\d+)" if turn % 2 else re.escape(part) for turn, part in enumerate(parts))
    found = re.fullmatch(pattern, got)
    numbers = (int(number) for number in parts[1::2])
    return found is not None and all(
        _id_matches(n, int(id_), ids) for n, id_ in zip(numbers, found.groups(), strict=True)
    )
