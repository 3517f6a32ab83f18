"""What the admin API takes and answers, as JSON Schemas: how to write them, and how a request is held to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.exceptions import BadRequest

from fauxdoo.mockserver.protocols.jsons import loads

__all__ = [
    "ANY",
    "DATABASE",
    "FLAG",
    "NUMBER",
    "STATUS",
    "TEXT",
    "WHOLE",
    "Schema",
    "listed",
    "record",
    "taken",
    "told",
]

Schema = Mapping[str, Any]
"""A JSON Schema (2020-12), as OpenAPI 3.1 takes it. Requests are held to `type`, `enum`, `minimum`, `maximum`,
`items`, `properties`, `required` and `additionalProperties: false`; other words only describe."""

ANY: Schema = {}
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}

_PYTHON: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def told(schema: Schema, description: str) -> Schema:
    """The schema with a description."""
    return {**schema, "description": description}


def listed(items: Schema) -> Schema:
    """A list of such values."""
    return {"type": "array", "items": items}


def record(required: Iterable[str] = (), /, **properties: Schema) -> Schema:
    """An object with these properties and no others: `record(["name"], name=TEXT, db=DATABASE)`."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


DATABASE = told(TEXT, "Name of a database, the server's default one if it is left out.")
STATUS = record(["status"], status={"type": "string", "enum": ["ok"]})


def taken(arguments: dict[str, Any], schema: Schema, *, query: bool = False) -> dict[str, Any]:
    """The arguments as the schema wants them, null being the same as absent; raises BadRequest that says what is wrong.

    Of a `query` all values are text: those of other types are read as JSON, `limit=10`, `failed=true`.
    """
    properties = schema.get("properties", {})
    given = {key: value for key, value in arguments.items() if value is not None}
    if query:
        given = {key: _read(value, properties.get(key, TEXT)) for key, value in given.items()}
    complaint = _complaint(given, schema, "")
    if complaint:
        raise BadRequest(complaint)
    return given


def _read(text: str, schema: Schema) -> Any:
    if schema.get("type", "string") == "string":
        return text
    try:
        return loads(text.encode())
    except ValueError:
        return text


def _complaint(value: Any, schema: Schema, place: str) -> str:
    """What is wrong with the value, "" for nothing."""
    wanted = schema.get("type")
    if wanted is not None and not _is_a(value, wanted):
        return f"{place or 'The body'} is to be {_kind(wanted)}, not {_short(value)}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{place} is to be one of {', '.join(map(str, schema['enum']))}, not {_short(value)}"
    if _is_a(value, "number"):
        return _complaint_of_number(value, schema, place)
    if isinstance(value, dict):
        return _complaint_of_object(value, schema, place)
    if isinstance(value, list) and "items" in schema:
        complaints = (_complaint(item, schema["items"], f"{place}[{index}]") for index, item in enumerate(value))
        return next(filter(None, complaints), "")
    return ""


def _complaint_of_number(value: float, schema: Schema, place: str) -> str:
    if value < schema.get("minimum", value):
        return f"{place} is to be at least {schema['minimum']}, not {_short(value)}"
    if value > schema.get("maximum", value):
        return f"{place} is to be at most {schema['maximum']}, not {_short(value)}"
    return ""


def _complaint_of_object(value: dict[str, Any], schema: Schema, place: str) -> str:
    properties = schema.get("properties", {})
    inside = f"{place}." if place else ""
    missing = [name for name in schema.get("required", ()) if name not in value]
    if missing:
        return f"{inside}{missing[0]} is missing"
    unknown = [name for name in value if name not in properties]
    if unknown and schema.get("additionalProperties") is False:
        known = ", ".join(properties) or "nothing"
        return f"{inside}{_short(unknown[0])} is not known here; known: {known}"
    complaints = (_complaint(value[name], properties[name], f"{inside}{name}") for name in value if name in properties)
    return next(filter(None, complaints), "")


def _is_a(value: Any, kinds: str | list[str]) -> bool:
    return any(_is_one(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _is_one(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _PYTHON[kind])


def _kind(kinds: str | list[str]) -> str:
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
