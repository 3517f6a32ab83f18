"""The admin API described by itself: an OpenAPI document made of its operations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.console.schemas import TEXT, WHOLE, record

if TYPE_CHECKING:
    from fauxdoo.mockserver.console.base import Operation

__all__ = ["document"]

_ARGUMENT = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
"""What a Werkzeug rule takes out of the path: converter and name."""
_ERROR = {
    "description": "What is wrong.",
    "content": {"application/json": {"schema": record(["error"], error=TEXT)}},
}


def document(parts: Mapping[str, Sequence[Operation]], *, token: bool) -> dict[str, Any]:
    """An OpenAPI 3.1 document of the operations of each part; `token` says that the server asks for one."""
    paths: dict[str, dict[str, Any]] = {}
    for key, operations in parts.items():
        for operation in operations:
            path = "/_fauxdoo/" + _ARGUMENT.sub(r"{\2}", operation.path)
            paths.setdefault(path, {})[operation.verb.lower()] = _described(key, operation, token)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Fauxdoo's admin API",
            "version": "1",
            "description": "What the fixtures of the pytest plugin do, over HTTP for every language. "
            "Arguments are a JSON object in the body, in the query for GET; answers are JSON.",
        },
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _described(key: str, operation: Operation, token: bool) -> dict[str, Any]:
    arguments = operation.takes or record()
    found: dict[str, Any] = {
        "operationId": _operation_id(operation),
        "tags": [key],
        "summary": operation.summary,
        "parameters": _path_parameters(operation.path),
        "responses": _responses(operation),
    }
    if operation.verb == "GET":
        found["parameters"] += _query_parameters(arguments)
    elif arguments["properties"]:
        content = {"application/json": {"schema": arguments}}
        found["requestBody"] = {"required": bool(arguments["required"]), "content": content}
    if operation.guarded and token:
        found["security"] = [{"token": []}]
    return found


def _responses(operation: Operation) -> dict[str, Any]:
    content = {"application/json": {"schema": operation.answers}}
    found: dict[str, Any] = {"200": {"description": operation.summary, "content": content}, "400": _ERROR}
    if operation.guarded:
        found |= {"401": _ERROR, "403": _ERROR}
    return found | {"404": _ERROR}


def _operation_id(operation: Operation) -> str:
    words = re.findall(r"[A-Za-z0-9]+", _ARGUMENT.sub(r"by_\2", operation.path))
    return "_".join([operation.verb.lower(), *words])


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": WHOLE if converter == "int" else TEXT}
        for converter, name in _ARGUMENT.findall(path)
    ]


def _query_parameters(arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": name in arguments["required"], "schema": schema}
        for name, schema in arguments["properties"].items()
    ]
