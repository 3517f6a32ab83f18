"""JSON as Odoo reads and writes it: orjson where the two agree, the standard library where they do not."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

import orjson

__all__ = ["dumps", "loads"]

# orjson reads an integer of more digits as a float; Odoo keeps it and lets the database refuse it.
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER = b"0" * 19
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_DEEPEST = 1000


def loads(body: bytes) -> Any:
    """The decoded value; raises ValueError, in the words of Python's own parser, for what is no JSON.

    What orjson refuses gets a second look, as Odoo takes more: lone surrogates, NaN, bytes that are no UTF-8.
    """
    try:
        if _LONG_NUMBER not in body.translate(_DIGITS):
            return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    if _depth(body) > _DEEPEST:
        raise ValueError("nested too deeply")
    return json.loads(body.decode("utf-8", "replace"))


def _depth(body: bytes) -> int:
    depth = deepest = 0
    for token in _BRACKETS.finditer(body):
        bracket = token[0]
        if bracket in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in b"]}":
            depth -= 1
    return deepest


def dumps(value: Any) -> bytes:
    """The encoded value; raises UnicodeError for bytes or text that are no UTF-8 (Odoo answers those with HTTP 500)."""
    try:
        return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError:
        return _dumps_slowly(value)


def _dumps_slowly(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError:
        # integers beyond 64 bits, lone surrogates
        return json.dumps(value, default=_plain, ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, (bytes, bytearray)):
        return value.decode()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
