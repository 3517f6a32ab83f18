"""JSON as Odoo reads and writes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from fauxdoo.mockserver.protocols.jsons import dumps, loads

READ: list[tuple[bytes, Any]] = [
    (b'{"a": [1, 2.5, "x", null, true]}', {"a": [1, 2.5, "x", None, True]}),
    (b'{"a": 1, "a": 2}', {"a": 2}),
    (b'"lone \\ud800"', "lone \ud800"),
    (b'"pair \\ud83d\\ude00"', "pair \U0001f600"),
    (b'"\xff"', "\ufffd"),
    (b"123456789012345678901234567890", 123456789012345678901234567890),
    (b"-Infinity", float("-inf")),
    (b'"1234567890123456789012"', "1234567890123456789012"),
    (b'"[[[[[[[["', "[[[[[[[["),
]


@pytest.mark.parametrize(("body", "value"), READ)
def test_loads(body: bytes, value: Any) -> None:
    """All that Python's parser takes is taken: lone surrogates, long integers, bytes that are no UTF-8."""
    assert loads(body) == value


@pytest.mark.parametrize("body", [b"", b"{", b"\xef\xbb\xbf{}", b"[" * 5000 + b"]" * 5000, b"[NaN" * 3000, b"{'a':1}"])
def test_loads_refuses(body: bytes) -> None:
    """What is no JSON, and what is nested too deeply, is a ValueError."""
    with pytest.raises(ValueError, match=r"\w"):
        loads(body)


def test_errors_are_those_of_python() -> None:
    """JSON-2 shows them."""
    with pytest.raises(
        ValueError, match=r"^Expecting property name enclosed in double quotes: line 1 column 2 \(char 1\)"
    ):
        loads(b"{")


WRITTEN: list[tuple[Any, bytes]] = [
    ({"a": [1, 2.5, "ü", None, True]}, '{"a":[1,2.5,"ü",null,true]}'.encode()),
    ({1: "a", None: "b"}, b'{"1":"a","null":"b"}'),
    (b"text", b'"text"'),
    (date(2024, 2, 29), b'"2024-02-29"'),
    (datetime(2024, 2, 29, 10, 11, 12), b'"2024-02-29 10:11:12"'),
    ((1, [2]), b"[1,[2]]"),
    (2**70, b"1180591620717411303424"),
]


@pytest.mark.parametrize(("value", "body"), WRITTEN)
def test_dumps(value: Any, body: bytes) -> None:
    """Dates and bytes are text, keys too, integers have any length."""
    assert dumps(value) == body


@pytest.mark.parametrize("value", ["\ud800", b"\xff", {"a": ["\ud800"]}])
def test_dumps_refuses(value: Any) -> None:
    """What is no text is a UnicodeError."""
    with pytest.raises(UnicodeError):
        dumps(value)
