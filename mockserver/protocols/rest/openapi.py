"""The OpenAPI 3.0 description of REST, drawn from the registry: two or three addresses per model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from fauxdoo.mockserver.protocols.rest.versions import CONDITION
from fauxdoo.mockserver.schemas import BIGGEST, ID, Schema, record_schema, values_schema
from fauxdoo.mockserver.signatures import public_method

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["describe", "described_models"]

_ERRORS: Mapping[int, str] = {
    400: "The body is no JSON, a query parameter makes no sense, or the domain is malformed",
    401: "No API key, a wrong one, or a session that has ended",
    403: "The user has no right to do this (code 200)",
    404: "There is no such record, model or method (a record: code 300)",
    405: "The address does not take this verb",
    409: "Another transaction changed the record at the same time: try again",
    412: "The record has another version than `If-Match` says",
    413: "The body is too large",
    415: "The body does not say that it is `application/json`",
    422: "The values are not as described, or the model refuses them (a required field is missing: code 304)",
    429: "Too many requests: try again after `Retry-After` seconds",
}
_ALWAYS = (400, 401, 403, 404, 405, 413, 429)
_CHANGING = (*_ALWAYS, 409, 415, 422)
_OPERATORS = (
    "= != < <= > >= in, not in, like, ilike, not like, not ilike, =like, =ilike, child_of, parent_of, any, not any"
)


def described_models(env: Environment) -> list[str]:
    """The models that REST serves."""
    return [name for name in env.registry.names if not env.registry[name]._abstract]


def describe(env: Environment, models: Iterable[str], server: str, version: str) -> Schema:
    """The description of these models at the address `server`."""
    names = [*models]
    paths: dict[str, Schema] = {"/api": {"get": _list_of_models()}}
    schemas: dict[str, Schema] = {"Error": _error(), "Domain": _domain()}
    for name in names:
        paths |= _paths(env, name)
        schemas[name] = record_schema(env, name)
        schemas[f"{name}-new"] = values_schema(env, name, new=True)
        schemas[f"{name}-changes"] = values_schema(env, name, new=False)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Odoo REST API, as Fauxdoo serves it", "version": version, "description": _ABOUT},
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "tags": [{"name": name, "description": env.registry[name]._description} for name in names],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {str(status): _refusal(status) for status in _ERRORS},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "An API key"}},
        },
    }


_ABOUT = """Records by address and verb. An empty value is `false`. Lines of a one2many or many2many are plain objects,
ids, or Odoo's command tuples. Errors carry the codes of the API guide: 100, 200, 300, 304."""


# -------------------------------------------------------------------- addresses


def _paths(env: Environment, model: str) -> dict[str, Schema]:
    base = f"/api/{model}"
    paths: dict[str, Schema] = {
        base: {"get": _list(model), "post": _create(model)},
        f"{base}/{{id}}": {
            "parameters": [_id()],
            "get": _read(model),
            "patch": _update(model),
            "delete": _delete(model),
        },
    }
    on_records, on_model = _methods(env, model)
    if on_records:
        paths[f"{base}/{{id}}/{{method}}"] = {
            "parameters": [_id(), _method(on_records)],
            "post": _call(model, "Call a method on one record", f"{model}.call", {}),
        }
    if on_model:
        ids = {"ids": {"type": "array", "items": ID, "description": "the records, for a method of records"}}
        paths[f"{base}/{{method}}"] = {
            "parameters": [_method(sorted({*on_model, *on_records}))],
            "post": _call(model, "Call a method on the model or on some records", f"{model}.call_many", ids),
        }
    return paths


def _methods(env: Environment, model: str) -> tuple[list[str], list[str]]:
    """The public methods of records and of the model that are simulated."""
    facts = env.registry.facts
    names = {**facts("base").get("methods", {}), **facts(model).get("methods", {})}
    on_model: dict[bool, list[str]] = {True: [], False: []}
    for name in sorted(names):
        try:
            on_model[public_method(env, model, name).on_model].append(name)
        except Exception:  # private, or not simulated
            continue
    return on_model[False], on_model[True]


def _list_of_models() -> Schema:
    item = {
        "type": "object",
        "properties": {"model": {"type": "string"}, "name": {"type": "string"}, "url": {"type": "string"}},
        "required": ["model", "name", "url"],
    }
    answer = _answer("The models whose records the user may read", {"type": "array", "items": item})
    return _operation("models", "List the models", ["models"], {200: answer}, _ALWAYS)


def _list(model: str) -> Schema:
    headers = {
        "X-Total-Count": _header("integer", "How many records there are, whatever limit and offset", required=True),
        "Link": _header("string", "The next and the previous page"),
    }
    answer = _answer("The records", {"type": "array", "items": _ref(model)}, headers)
    operation = _operation(f"{model}.list", "Search and read records", [model], {200: answer}, _ALWAYS)
    number = {"type": "integer", "minimum": 0, "maximum": BIGGEST}
    parameters = [
        {"in": "query", "name": "domain", "content": {"application/json": {"schema": _ref("Domain")}}},
        _fields(),
        {"in": "query", "name": "limit", "schema": number, "description": "0: no limit"},
        {"in": "query", "name": "offset", "schema": number},
        {"in": "query", "name": "order", "schema": {"type": "string"}, "example": "write_date desc, id"},
    ]
    return {**operation, "parameters": parameters}


def _create(model: str) -> Schema:
    many = {"type": "array", "items": _ref(f"{model}-new"), "maxItems": 1000}
    headers = {
        "Location": _header("string", "Where the new record is (of one)"),
        "ETag": _header("string", "Its version"),
    }
    made = {"oneOf": [_ref(model), {"type": "array", "items": _ref(model)}]}
    answers = {201: _answer("The new record, or an array of them for an array", made, headers)}
    operation = _operation(f"{model}.create", "Create one record or several", [model], answers, _CHANGING)
    return {
        **operation,
        "parameters": [_fields(), _idempotency()],
        "requestBody": _body({"oneOf": [_ref(f"{model}-new"), many]}),
    }


def _read(model: str) -> Schema:
    answers = {
        200: _answer("The record", _ref(model), {"ETag": _header("string", "Its version", required=True)}),
        304: {"description": "The record still has the version of `If-None-Match`"},
    }
    operation = _operation(f"{model}.read", "Read a record", [model], answers, _ALWAYS)
    return {**operation, "parameters": [_fields(), _condition("If-None-Match")]}


def _update(model: str) -> Schema:
    answer = _answer("The changed record", _ref(model), {"ETag": _header("string", "Its version", required=True)})
    operation = _operation(f"{model}.update", "Change a record", [model], {200: answer}, (*_CHANGING, 412))
    parameters = [_fields(), _condition("If-Match")]
    return {**operation, "parameters": parameters, "requestBody": _body(_ref(f"{model}-changes"))}


def _delete(model: str) -> Schema:
    answers = {204: {"description": "The record is gone"}}
    operation = _operation(f"{model}.delete", "Delete a record", [model], answers, (*_ALWAYS, 409, 412, 422))
    return {**operation, "parameters": [_condition("If-Match")]}


def _call(model: str, summary: str, name: str, more: Schema) -> Schema:
    context = {"type": "object", "description": "lang, tz, active_test, …"}
    arguments = {
        "type": "object",
        "description": "The method's arguments by name",
        "properties": {"context": context, **more},
    }
    answers = {200: _answer("What the method answers", {})}
    operation = _operation(name, summary, [model], answers, _CHANGING)
    return {**operation, "parameters": [_idempotency()], "requestBody": _body(arguments, required=False)}


# -------------------------------------------------------------------- pieces


def _operation(
    name: str, summary: str, tags: list[str], answers: Mapping[int, Schema], refusals: Iterable[int]
) -> Schema:
    refused = {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(set(refusals))}
    responses = {str(status): answer for status, answer in answers.items()} | refused
    return {"operationId": name, "summary": summary, "tags": tags, "responses": responses}


def _answer(description: str, schema: Schema, headers: Schema | None = None) -> Schema:
    answer: Schema = {"description": description, "content": {"application/json": {"schema": schema}}}
    return {**answer, "headers": headers} if headers else answer


def _refusal(status: int) -> Schema:
    headers = {
        401: {"WWW-Authenticate": _header("string", "Bearer")},
        405: {"Allow": _header("string", "The verbs it takes")},
        429: {"Retry-After": _header("integer", "Seconds to wait")},
    }
    return _answer(_ERRORS[status], _ref("Error"), headers.get(status))


def _header(kind: str, description: str, *, required: bool = False) -> Schema:
    return {"schema": {"type": kind}, "description": description, **({"required": True} if required else {})}


def _body(schema: Schema, *, required: bool = True) -> Schema:
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _id() -> Schema:
    return {"in": "path", "name": "id", "required": True, "schema": ID}


def _method(names: list[str]) -> Schema:
    return {"in": "path", "name": "method", "required": True, "schema": {"type": "string", "enum": names}}


def _fields() -> Schema:
    names = {"type": "array", "items": {"type": "string"}}
    return {
        "in": "query",
        "name": "fields",
        "description": "What is answered; by default all stored fields but files",
        "content": {"application/json": {"schema": names, "example": ["display_name"]}},
    }


def _condition(name: str) -> Schema:
    text = {"type": "string", "pattern": CONDITION}
    return {"in": "header", "name": name, "schema": text, "description": "A version: the ETag of an earlier answer"}


def _idempotency() -> Schema:
    text = {"type": "string", "minLength": 1, "maxLength": 255}
    about = "A request that is sent again with the same key is carried out once"
    return {"in": "header", "name": "Idempotency-Key", "schema": text, "description": about}


def _domain() -> Schema:
    """Conditions as [field, operator, value], and `&`, `|`, `!` before what they join."""
    condition = {
        "type": "array",
        "items": {},
        "minItems": 3,
        "maxItems": 3,
        "description": f"[field, operator, value]; operators: {_OPERATORS}",
        "example": ["name", "ilike", "ada"],
    }
    return {
        "type": "array",
        "items": {"anyOf": [{"type": "string", "enum": ["&", "|", "!"]}, condition]},
        "example": [],
    }


def _error() -> Schema:
    """Code, message and data of the API guide."""
    data = {"type": "object", "description": "name (the error's class), message, arguments, context"}
    code = {"type": "integer", "enum": [0, 100, 200, 300, 304, 404]}
    error = {
        "type": "object",
        "properties": {"code": code, "message": {"type": "string"}, "data": data},
        "required": ["code", "message", "data"],
    }
    return {"type": "object", "properties": {"error": error}, "required": ["error"]}
