"""Arguments held to their schema."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.exceptions import BadRequest

from fauxdoo.mockserver.console.schemas import FLAG, NUMBER, TEXT, WHOLE, Schema, listed, record, taken

NESTED = record(["name"], name=TEXT, tags=listed(record(["id"], id=WHOLE)))
LIMITED = record(limit={**WHOLE, "minimum": 1, "maximum": 9}, kind={"type": "string", "enum": ["a", "b"]})


@pytest.mark.parametrize(
    ("schema", "given", "complaint"),
    [
        (NESTED, {}, "name is missing"),
        (NESTED, {"name": None}, "name is missing"),
        (NESTED, {"name": 1}, "name is to be string, not 1"),
        (NESTED, {"name": "x", "nmae": 1}, "'nmae' is not known here; known: name, tags"),
        (NESTED, {"name": "x", "tags": [{"id": 1}, {"id": True}]}, "tags[1].id is to be integer, not True"),
        (NESTED, {"name": "x", "tags": [{}]}, "tags[0].id is missing"),
        (NESTED, {"name": "x", "tags": [1]}, "tags[0] is to be object, not 1"),
        (LIMITED, {"limit": 0}, "limit is to be at least 1, not 0"),
        (LIMITED, {"limit": 10}, "limit is to be at most 9, not 10"),
        (LIMITED, {"kind": "c"}, "kind is to be one of a, b, not 'c'"),
        (record(), {"x": 1}, "'x' is not known here; known: nothing"),
        (record(x={"type": ["string", "integer"]}), {"x": []}, "x is to be string or integer, not []"),
    ],
)
def test_refused(schema: Schema, given: dict[str, Any], complaint: str) -> None:
    """What does not fit is refused, and named."""
    with pytest.raises(BadRequest) as refused:
        taken(given, schema)
    assert refused.value.description == complaint


def test_accepted() -> None:
    """What fits comes as it is; null is the same as absent."""
    assert taken({"name": "x", "tags": [{"id": 1}]}, NESTED) == {"name": "x", "tags": [{"id": 1}]}
    assert taken({"limit": None}, LIMITED) == {}
    assert taken({"share": 1}, record(share=NUMBER)) == {"share": 1}


def test_queries_are_text() -> None:
    """Of a query, numbers, flags and lists are read as JSON."""
    schema = record(name=TEXT, limit=WHOLE, failed=FLAG, ids=listed(WHOLE))
    query = {"name": "1", "limit": "2", "failed": "true", "ids": "[3]"}
    assert taken(query, schema, query=True) == {"name": "1", "limit": 2, "failed": True, "ids": [3]}
    with pytest.raises(BadRequest, match="limit is to be integer, not 'many'"):
        taken({"limit": "many"}, schema, query=True)
