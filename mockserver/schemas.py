"""What records and their values look like, as schemas that OpenAPI 3.0 and JSON Schema read alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import MAGIC, Field

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.model import BaseModel

__all__ = ["BIGGEST", "ID", "Schema", "model_schema", "plain_schema", "record_schema", "values_schema"]

Schema = dict[str, Any]

BIGGEST = 2**31 - 1
ID: Schema = {"type": "integer", "minimum": 1, "maximum": BIGGEST}

_FALSE: Schema = {"type": "boolean", "enum": [False]}
_NO_NUL = "^[^\\u0000]*$"
"""PostgreSQL keeps no NUL characters."""
_NUMBER: Schema = {"type": "number", "minimum": -1e15, "maximum": 1e15}
_DATE = r"^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_DATETIME = _DATE[:-1] + r" ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
_LISTED = 100
"""Longer selections are not listed value by value."""
_UNWRITABLE = {*MAGIC, "display_name"}
_COMMANDS: Schema = {
    "anyOf": [{"type": "array", "items": {"anyOf": [{"$ref": "urn:fauxdoo:command"}, ID]}}, {"enum": [None, False]}]
}
_ASKED_FOR: Schema = {"anyOf": [ID, {"enum": [0, False, None], "description": "asked for, but no id"}]}
"""Recording search/read-odd-ids."""
_LINKED: Schema = {"anyOf": [ID, _FALSE]}


def record_schema(env: Environment, model: str) -> Schema:
    """A record as it is answered: any of its fields, always the id. What is empty is `false`."""
    fields = env.registry[model]._fields.values()
    properties = {field.name: {**_described(field), **_as_read(field, env)} for field in fields}
    return {
        "title": env.registry[model]._description,
        "type": "object",
        "properties": properties,
        "required": ["id"],
        "additionalProperties": False,
    }


def values_schema(env: Environment, model: str, *, new: bool) -> Schema:
    """The values of a record to create (`new`) or to change: `false` or null empties what need not have a value."""
    cls = env.registry[model]
    fields = [field for field in cls._fields.values() if _is_writable(field)]
    schema: Schema = {
        "title": f"Values of {cls._description}",
        "type": "object",
        "properties": {field.name: {**_described(field), **_as_written(field, env)} for field in fields},
        "additionalProperties": False,
    }
    required = sorted(field.name for field in fields if _must_be_given(field, cls)) if new else []
    return {**schema, "required": required} if required else schema


def model_schema(env: Environment, model: str) -> Schema:
    """What the API exchanges of a model's records, as JSON Schema 2020-12 whose `$defs` are parts of its own.

    `record` is one that is read; `raw` one that is read with another `load`; `new` and `changes` are values of
    `create` and `write`, lines as command tuples.
    """
    kinds = {field.name: field.type for field in env.registry[model]._fields.values()}
    record = record_schema(env, model)
    record["properties"] = {**record["properties"], "id": _ASKED_FOR}
    links = {name: _LINKED for name, kind in kinds.items() if kind == "many2one"}
    parts = {"record": record, "raw": {**record, "properties": record["properties"] | links}}
    lines = {name: _COMMANDS for name, kind in kinds.items() if kind in ("one2many", "many2many")}
    for part, new in (("new", True), ("changes", False)):
        values = values_schema(env, model, new=new)
        known = values["properties"]
        parts[part] = {**values, "properties": known | {name: each for name, each in lines.items() if name in known}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:fauxdoo:model",
        "title": f"Records of {model}",
        "$defs": {name: plain_schema(part) for name, part in parts.items()},
    }


def plain_schema(schema: Any) -> Any:
    """The schema with `nullable`, which only OpenAPI 3.0 knows, said as JSON Schema says it."""
    if isinstance(schema, list):
        return [plain_schema(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner: Schema = {key: plain_schema(value) for key, value in schema.items() if key != "nullable"}
    return {**inner, "type": [inner["type"], "null"]} if schema.get("nullable") is True else inner


def _is_writable(field: Field) -> bool:
    return field.name not in _UNWRITABLE


def _must_be_given(field: Field, cls: type[BaseModel]) -> bool:
    """Whether a new record without this field is refused: nothing else would fill it in."""
    filled = field.default is not None or field.compute or field.related or field.inherited or field.computed_elsewhere
    filled = filled or field.facts.get("compute") or "default" in field.facts or field.name in cls._inherits.values()
    return bool(field.required and field.store and not filled)


def _described(field: Field) -> Schema:
    """Label, relation and whether clients only read it."""
    described: Schema = {"title": field.string or field.name}
    if field.readonly or field.name in _UNWRITABLE:
        described["readOnly"] = True
    if field.comodel_name and field.is_relational:
        described["x-relation"] = field.comodel_name
    return described


# -------------------------------------------------------------------- reading


def _as_read(field: Field, env: Environment) -> Schema:
    if field.name == "id":
        return ID
    if field.type in ("boolean", "json"):
        return {"type": "boolean"} if field.type == "boolean" else {}
    return {"anyOf": [*_READ.get(field.type, _text)(field, env), _FALSE]}


def _text(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "string"}


def _number(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "number"}


def _integer(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "integer"}


def _link(_field: Field, _env: Environment) -> Iterator[Schema]:
    """Id and display name."""
    yield {"type": "array", "items": {"anyOf": [ID, {"type": "string"}]}, "minItems": 2, "maxItems": 2}


def _ids(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "array", "items": ID}


def _objects(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "array", "items": {"type": "object"}}


def _choice(field: Any, env: Environment) -> Iterator[Schema]:
    keys = [key for key, _label in field.pairs(env)]
    listed = 0 < len(keys) <= _LISTED and isinstance(field.selection, list) and all(isinstance(k, str) for k in keys)
    yield {"type": "string", "enum": sorted(keys)} if listed else {"type": "string"}


_READ: Mapping[str, Callable[[Any, Environment], Iterator[Schema]]] = {
    "float": _number,
    "integer": _integer,
    "many2many": _ids,
    "many2one": _link,
    "many2one_reference": _integer,
    "monetary": _number,
    "one2many": _ids,
    "properties": _objects,
    "properties_definition": _objects,
    "selection": _choice,
}


# -------------------------------------------------------------------- writing


def _as_written(field: Field, env: Environment) -> Schema:
    if field.type == "json":
        return {}
    kinds = [*_WRITTEN.get(field.type, _written_text)(field, env)]
    if field.required and field.type not in ("boolean", "float", "integer", "monetary"):
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    kinds[0] = {**kinds[0], "nullable": True}
    return {"anyOf": kinds if field.type == "boolean" else [*kinds, _FALSE]}


def _written_text(field: Any, _env: Environment) -> Iterator[Schema]:
    size = field.facts.get("size")
    yield {"type": "string", "pattern": _NO_NUL, **({"maxLength": size} if size else {})}


def _written_number(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {**_NUMBER}


def _written_integer(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "integer", "minimum": -BIGGEST - 1, "maximum": BIGGEST}


def _written_boolean(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "boolean"}


def _written_date(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "string", "pattern": _DATE, "example": "2026-03-01"}


def _written_datetime(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "string", "pattern": _DATETIME, "example": "2026-03-01 10:30:00"}


def _written_link(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {**ID}


def _written_bytes(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "string", "pattern": "^[A-Za-z0-9+/=]*$", "description": "base64"}


def _written_reference(_field: Field, _env: Environment) -> Iterator[Schema]:
    yield {"type": "string", "pattern": r"^[a-z_][a-z0-9_.]*,[1-9][0-9]{0,8}$", "example": "res.partner,3"}


def _lines(field: Field, _env: Environment) -> Iterator[Schema]:
    """Plain objects make records (with an id they change one); ids and command tuples as everywhere in Odoo."""
    command = {"type": "array", "items": {}, "minItems": 1, "maxItems": 3, "description": "a command: [4, 7, 0]"}
    values = {"type": "object", "description": f"values of {field.comodel_name}"}
    yield {"type": "array", "items": {"anyOf": [values, command, {**ID}]}}


_WRITTEN: Mapping[str, Callable[[Any, Environment], Iterator[Schema]]] = {
    "binary": _written_bytes,
    "boolean": _written_boolean,
    "date": _written_date,
    "datetime": _written_datetime,
    "float": _written_number,
    "integer": _written_integer,
    "many2many": _lines,
    "many2one": _written_link,
    "many2one_reference": _written_integer,
    "monetary": _written_number,
    "one2many": _lines,
    "properties": _objects,
    "properties_definition": _objects,
    "reference": _written_reference,
    "selection": _choice,
}
