"""The schemas are JSON Schemas, and what a real Odoo answered keeps to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, meta

from fauxdoo.contracts import recordings, schemas
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.orm.environment import Environment
from fauxdoo.mockserver.schemas import model_schema
from fauxdoo.mockserver.validation.schemas import Schemas, complaints

_MASKED = {"bool": True, "int": 1, "float": 1.0, "str": "x", "list": [], "dict": {}, "null": None}


@pytest.mark.parametrize("name", sorted(schemas()))
def test_is_a_schema(name: str) -> None:
    """By the metaschema of 2020-12, under the name of its file."""
    assert meta.is_valid(schemas()[name])
    assert schemas()[name]["$id"] == f"urn:fauxdoo:{name}"


def test_models(env: Environment) -> None:
    """Those of every model too; a field has the type that `fields_get` says."""
    for model in env.registry.names:
        assert meta.is_valid(model_schema(env, model)), model
    described = model_schema(env, "sale.order")["$defs"]
    assert described["raw"]["properties"]["partner_id"]["anyOf"][0]["type"] == "integer"
    assert described["record"]["properties"]["partner_id"]["anyOf"][0]["type"] == "array"
    assert "sale" in described["new"]["properties"]["state"]["anyOf"][0]["enum"]


def _steps(kind: str) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    for file in recordings():
        for case in json.loads(file.read_text("utf-8")):
            for index, step in enumerate(case["steps"]):
                if step["do"] == kind:
                    yield (case["case"], index), step


def _unmasked(value: Any) -> Any:
    """The value with something of the right type where the recording says only of which."""
    if isinstance(value, list):
        return [_unmasked(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"$any"}:
        return _MASKED[value["$any"]]
    return 1 if set(value) == {"$id"} else {key: _unmasked(item) for key, item in value.items()}


def _with_debug(reply: dict[str, Any]) -> dict[str, Any]:
    """The reply with the traceback, which no recording keeps."""
    if "error" in reply:
        return {**reply, "error": {**reply["error"], "data": {"debug": "", **reply["error"]["data"]}}}
    return {"debug": "", **reply} if "arguments" in reply else reply


def _load_of(step: dict[str, Any]) -> dict[str, Any]:
    args, kwargs = step.get("args", []), step.get("kwargs", {})
    if step["method"] == "read" and len(args) > 2:
        return {"load": args[2]}
    return {"load": kwargs["load"]} if "load" in kwargs else {}


def test_recorded_results(env: Environment) -> None:
    """What a real Odoo's methods answered, model by model; some four thousand results."""
    known, checked, wrong = Schemas(), 0, []
    for place, step in _steps("call"):
        expected = step["expect"]
        if "result" not in expected or step["method"] not in known.methods or step["model"] not in env.registry:
            continue
        instance = {"arguments": _load_of(step), "result": _unmasked(expected["result"])}
        found = [*complaints(known.method(env, step["model"], step["method"]), instance)]
        wrong += [(place, *each) for each in found if "{{uniq}}" not in each[1]]  # a field that the case makes
        checked += 1
    assert not wrong
    assert checked > 4000


def test_recorded_replies() -> None:
    """What a real Odoo answered over JSON-RPC, and with an error over JSON-2, as it stood in the body."""
    known, checked, wrong = Schemas(), {"jsonrpc-response": 0, "error": 0}, []
    for place, step in _steps("http"):
        expected = step["expect"]
        if "json" not in expected or not isinstance(expected["json"], dict):
            continue
        if "jsonrpc" in expected["json"]:
            name = "jsonrpc-response"
        elif step["path"].startswith("/json/2") and expected["status"] >= 400:
            name = "error"
        else:
            continue
        checked[name] += 1
        wrong += [(place, *each) for each in complaints(known.named(name), _with_debug(_unmasked(expected["json"])))]
    assert not wrong
    assert min(checked.values()) > 20, checked


def test_what_is_wrong_is_seen(env: Environment) -> None:
    """Each of these is not as Odoo has it."""
    known = Schemas()

    def wrong(method: str, **instance: Any) -> list[str]:
        return [pointer for pointer, _reason in complaints(known.method(env, "res.partner", method), instance)]

    assert wrong("create", arguments={"vals_list": {"name": 3}}) == ["/arguments/vals_list/name"]
    assert wrong("create", arguments={"vals_list": [{"name": "x"}, {"type": "nobody"}]}) == [
        "/arguments/vals_list/1/type"
    ]
    assert wrong("write", arguments={"ids": [1], "vals": {"child_ids": [[0, 0]]}}) == ["/arguments/vals/child_ids/0"]
    assert wrong("write", arguments={"ids": [1], "vals": {"nme": "x"}}) == ["/arguments/vals"]
    assert wrong("search", arguments={"domain": [["name", "is", "x"]]}) == ["/arguments/domain/0/1"]
    assert wrong("search", arguments={"domain": [["child_ids", "any", "x"]]}) == ["/arguments/domain/0/2"]
    assert wrong("read", arguments={}, result=[{"id": 1, "country_id": 7}]) == ["/result/0/country_id"]
    assert wrong("read", arguments={"load": None}, result=[{"id": 1, "country_id": [7, "x"]}]) == [
        "/result/0/country_id"
    ]


def test_a_pointer_is_escaped() -> None:
    """As RFC 6901 wants it."""
    validator = Draft202012Validator({"properties": {"a/b~c": {"type": "string"}}})
    assert [pointer for pointer, _reason in complaints(validator, {"a/b~c": 1})] == ["/a~1b~0c"]


def test_custom_models_have_schemas() -> None:
    """A field that was made over the API is in the schema at once."""
    odoo = FakeOdoo(validate=True)
    try:
        (model,) = odoo.env["ir.model"].search([("model", "=", "res.partner")]).ids
        odoo.env["ir.model.fields"].create({"name": "x_size", "model_id": model, "ttype": "integer"})
        with odoo.databases[odoo.db].transaction(su=True) as env:
            validator = Schemas().method(env, "res.partner", "write")
        assert not [*complaints(validator, {"arguments": {"ids": [1], "vals": {"x_size": 4}}})]
    finally:
        odoo.close()
