"""The query of a REST address: domain, fields, limit, offset and order, as JSON or as plain values."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import parse_qsl

import orjson
from werkzeug.exceptions import BadRequest

from fauxdoo.mockserver.protocols.base import Request
from fauxdoo.mockserver.schemas import BIGGEST

__all__ = ["LIST", "RECORD", "read_query"]

LIST = ("domain", "fields", "limit", "offset", "order")
"""What a list of records takes."""
RECORD = ("fields",)
"""What an answer of one record takes."""


def read_query(request: Request, known: Collection[str]) -> dict[str, Any]:
    """The values by name. Raises BadRequest for names that are not `known` and for values that make no sense."""
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(_text(request), keep_blank_values=True, errors="replace"):
        given.setdefault(name, []).append(value)
    return {name: _value(name, values, known) for name, values in given.items()}


def _text(request: Request) -> str:
    text: str = request.environ.get("QUERY_STRING") or ""
    return text.encode("latin-1", "replace").decode("utf-8", "replace")


def _value(name: str, values: list[str], known: Collection[str]) -> Any:
    if name not in known:
        raise BadRequest(f"unknown query parameter {name!r}, there is: {', '.join(known) or 'none'}")
    if name == "fields":
        return [field for value in values for field in _fields(value)]
    if len(values) > 1:
        raise BadRequest(f"the query parameter {name!r} is given {len(values)} times")
    return _READERS[name](name, values[0])


def _domain(name: str, value: str) -> list[Any]:
    domain = _json(name, value)
    if not isinstance(domain, list):
        raise BadRequest(f"the query parameter {name!r} is no list of conditions: {value}")
    return domain


def _fields(value: str) -> list[str]:
    if not value.lstrip().startswith("["):
        return [name.strip() for name in value.split(",") if name.strip()]
    names = _json("fields", value)
    if not all(isinstance(name, str) for name in names):
        raise BadRequest(f"the query parameter 'fields' is no list of names: {value}")
    return [*names]


def _number(name: str, value: str) -> int:
    text = value.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > BIGGEST:
        raise BadRequest(f"the query parameter {name!r} is no number from 0 to {BIGGEST}: {value}")
    return int(text)


def _order(name: str, value: str) -> str:
    if not value.lstrip().startswith('"'):
        return value
    return str(_json(name, value))


def _json(name: str, value: str) -> Any:
    try:
        return orjson.loads(value)
    except ValueError as error:
        raise BadRequest(f"the query parameter {name!r} is no JSON: {error}") from None


_READERS: dict[str, Callable[[str, str], Any]] = {
    "domain": _domain,
    "limit": _number,
    "offset": _number,
    "order": _order,
}
