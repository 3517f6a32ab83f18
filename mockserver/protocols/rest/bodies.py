"""The body of a REST request: JSON to the values and arguments of the ORM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from fauxdoo.mockserver.errors import Unprocessable
from fauxdoo.mockserver.orm.commands import Command
from fauxdoo.mockserver.orm.registry import Registry
from fauxdoo.mockserver.protocols.base import Request
from fauxdoo.mockserver.schemas import BIGGEST

__all__ = ["read_arguments", "read_many", "read_one", "to_values"]


def read_one(request: Request, model: str) -> dict[str, Any]:
    """What stands in the body for one record.

    Raises BadRequest for what is no JSON, UnsupportedMediaType for what does not say it is JSON, and Unprocessable for
    what is no object.
    """
    return _object(_body(request), model)


def read_many(request: Request, model: str) -> tuple[list[dict[str, Any]], bool]:
    """What stands in the body for one record or for several, and whether it is an array. Raises as `read_one`."""
    body = _body(request)
    if isinstance(body, list):
        return [_object(item, model) for item in body], True
    return [_object(body, model)], False


def read_arguments(request: Request) -> dict[str, Any]:
    """The named arguments of a method, none where there is no body. Raises as `read_one`."""
    arguments = _body(request) if request.body else {}
    if not isinstance(arguments, dict):
        raise Unprocessable("the arguments are no object")
    if not isinstance(arguments.get("context", {}), dict):
        raise Unprocessable("'context' is no object")
    ids = arguments.get("ids", [])
    if not isinstance(ids, list) or not all(type(id) is int and 0 < id <= BIGGEST for id in ids):
        raise Unprocessable("'ids' is no list of ids")
    return dict(arguments)


def _body(request: Request) -> Any:
    if not request.body:
        raise BadRequest("the body is empty, JSON is expected")
    if request.content_type != "application/json":
        raise UnsupportedMediaType("the body is to be sent as Content-Type: application/json")
    try:
        return orjson.loads(request.body)
    except ValueError as error:
        raise BadRequest(f"the body is no JSON: {error}") from None


def _object(value: Any, model: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unprocessable(f"the values of a record of {model} are no object")
    return value


def to_values(value: dict[str, Any], registry: Registry, model: str) -> dict[str, Any]:
    """The values of a record as the ORM takes them: plain objects of x2many fields become commands."""
    fields = registry[model]._fields
    return {
        name: _lines(item, registry, fields[name].comodel_name)
        if name in fields and fields[name].type in ("one2many", "many2many")
        else item
        for name, item in value.items()
    }


def _lines(value: Any, registry: Registry, comodel: str) -> Any:
    return [_line(item, registry, comodel) for item in value] if isinstance(value, list) else value


def _line(item: Any, registry: Registry, comodel: str) -> Any:
    """A plain object makes a record, one with an id changes that record; commands stay, with their values looked at."""
    if isinstance(item, Mapping):
        values = to_values({key: each for key, each in item.items() if key != "id"}, registry, comodel)
        return (Command.UPDATE, item["id"], values) if item.get("id") else (Command.CREATE, 0, values)
    if isinstance(item, list) and len(item) == 3 and isinstance(item[2], dict):
        return [item[0], item[1], to_values(item[2], registry, comodel)]
    return item
