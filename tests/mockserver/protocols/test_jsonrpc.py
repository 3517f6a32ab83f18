"""JSON-RPC: the envelope and the services behind `/jsonrpc`."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import AccessError, MissingError, UserError, ValidationError

VERSION = {"server_version": "19.0", "server_version_info": [19, 0, 0, "final", 0, ""]}


def _data(reply: Any) -> tuple[str, str]:
    return reply["error"]["data"]["name"], reply["error"]["data"]["message"]


@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_every_verb_calls(odoo: Any, verb: str) -> None:
    """All verbs of HTTP do the same (recording protocol/jsonrpc-http-methods)."""
    message = {"id": 7, "params": {"service": "common", "method": "version", "args": []}}
    reply = odoo.client().open("/jsonrpc", method=verb, json=message)
    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert reply.json["id"] == 7
    assert reply.json["result"].items() >= VERSION.items()


def test_head_has_no_body(odoo: Any) -> None:
    """HEAD answers the headers of the reply alone."""
    message = {"params": {"service": "common", "method": "version", "args": []}}
    reply = odoo.client().open("/jsonrpc", method="HEAD", json=message)
    assert (reply.status_code, reply.mimetype, reply.data) == (200, "application/json", b"")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", "Invalid JSON data"),
        (b"{", "Invalid JSON data"),
        (b"{'a': 1}", "Invalid JSON data"),
        (b"\xef\xbb\xbf{}", "Invalid JSON data"),
        (b'{"id": 1} {"id": 2}', "Invalid JSON data"),
        (b'{"a": "\t"}', "Invalid JSON data"),
        (b"[" * 100_000, "Invalid JSON data"),
        (b"[" * 100_000 + b"NaN" + b"]" * 100_000, "Invalid JSON data"),
        (b"[]", "Invalid JSON-RPC data"),
        (b'"text"', "Invalid JSON-RPC data"),
        (b"12", "Invalid JSON-RPC data"),
        (b"null", "Invalid JSON-RPC data"),
    ],
)
def test_what_is_no_message_is_a_page(odoo: Any, body: bytes, text: str) -> None:
    """Malformed JSON, deep nesting and anything but an object answer HTTP 400 in HTML."""
    reply = odoo.client().post("/jsonrpc", data=body, content_type="application/json")
    assert (reply.status_code, reply.mimetype) == (400, "text/html")
    assert text in reply.text


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_other_content_types_are_refused(odoo: Any, content_type: str) -> None:
    """Only application/json and application/json-rpc are JSON-RPC: HTTP 415 for the rest."""
    assert odoo.client().post("/jsonrpc", data=b"{}", content_type=content_type).status_code == 415


@pytest.mark.parametrize("content_type", ["application/json", "application/json-rpc", "Application/JSON; a=b"])
def test_both_json_content_types_are_taken(odoo: Any, content_type: str) -> None:
    """Case and parameters of the content type do not matter."""
    assert odoo.client().post("/jsonrpc", data=b"{}", content_type=content_type).status_code == 200


@pytest.mark.parametrize(
    ("params", "name", "message"),
    [
        (None, "builtins.TypeError", "'NoneType' object is not iterable"),
        (5, "builtins.TypeError", "'int' object is not iterable"),
        ([1], "builtins.TypeError", "cannot convert dictionary update sequence element #0 to a sequence"),
        ("text", "builtins.ValueError", "dictionary update sequence element #0 has length 1; 2 is required"),
        (
            {},
            "builtins.TypeError",
            "JSONRPC.jsonrpc() missing 3 required positional arguments: 'service', 'method', and 'args'",
        ),
        (
            {"service": "common", "method": "version"},
            "builtins.TypeError",
            "JSONRPC.jsonrpc() missing 1 required positional argument: 'args'",
        ),
    ],
)
def test_wrong_params_raise_what_python_raises(odoo: Any, params: Any, name: str, message: str) -> None:
    """`params` goes through dict() and becomes keyword arguments (recording protocol/jsonrpc-params-shapes)."""
    reply = odoo.post("/jsonrpc", params)
    assert _data(reply) == (name, message)
    assert reply["id"] == 1


def test_params_may_be_pairs_and_hold_more(odoo: Any) -> None:
    """A list of pairs is taken; what the route does not know is dropped."""
    reply = odoo.post("/jsonrpc", [["service", "common"], ["method", "version"], ["args", []], ["context", {}]])
    assert reply["result"].items() >= VERSION.items()


@pytest.mark.parametrize(
    ("service", "method", "args", "name", "message"),
    [
        ("nope", "version", [], "builtins.KeyError", "nope"),
        ("common", "nope", [], "builtins.Exception", "Method not found: nope"),
        ("common", None, [], "builtins.TypeError", 'can only concatenate str (not "NoneType") to str'),
        ("common", "version", [1], "builtins.TypeError", "exp_version() takes 0 positional arguments but 1 was given"),
        ("common", "authenticate", ["odoo", "a", "b", "c"], "builtins.TypeError", "'str' object is not a mapping"),
        ("common", "login", ["", "a", "b"], "builtins.AssertionError", "Missing database name"),
        ("db", "nope", [], "builtins.KeyError", "Method not found: nope"),
        ("db", "list_countries", [], "builtins.IndexError", "list index out of range"),
        ("db", "list_countries", ["wrong"], "odoo.exceptions.AccessDenied", "Access Denied"),
        ("db", "drop", [None, "odoo"], "odoo.exceptions.AccessDenied", "Access Denied"),
        (
            "object",
            "execute_kw",
            [],
            "builtins.ValueError",
            "not enough values to unpack (expected at least 5, got 0)",
        ),
        (
            "object",
            "nope",
            ["odoo", 2, "wrong", "res.partner", "read"],
            "builtins.NameError",
            "Method not available nope",
        ),
        (
            "object",
            "execute_kw",
            ["odoo", "x", "admin", "res.partner", "read", []],
            "builtins.ValueError",
            "invalid literal for int() with base 10: 'x'",
        ),
        (
            "object",
            "execute_kw",
            ["odoo", 2, "admin", "res.partner", "read", [], {}, 1],
            "builtins.ValueError",
            "too many values to unpack (expected 2)",
        ),
        (
            "object",
            "execute_kw",
            ["", 2, "admin", "res.partner", "read", []],
            "builtins.AssertionError",
            "Missing database name",
        ),
        (
            "object",
            "execute_kw",
            ["odoo", 2, "wrong", "res.partner", "read", []],
            "odoo.exceptions.AccessDenied",
            "Access Denied",
        ),
    ],
)
def test_services_refuse_in_odoos_words(
    odoo: Any, service: Any, method: Any, args: list[Any], name: str, message: str
) -> None:
    """Unknown services and methods and wrong arguments raise what they raise in a real Odoo."""
    assert _data(odoo.rpc(service, method, *args)) == (name, message)


def test_an_unknown_database_is_an_operational_error(odoo: Any) -> None:
    """A database that is not there is the database driver's error."""
    reply = odoo.rpc("object", "execute_kw", "nodb", 2, "admin", "res.partner", "read", [])
    assert reply["error"]["data"]["name"] == "psycopg2.OperationalError"


def test_execute_kw_becomes_a_call(odoo: Any) -> None:
    """Positional and named arguments reach the models as they were sent; kwargs may be missing or null."""
    odoo.dispatch.answers["read"] = [{"id": 1}]
    reply = odoo.rpc("object", "execute_kw", "odoo", "2", "admin", "res.partner", "read", [[1], ["name"]], None)
    assert reply == {"jsonrpc": "2.0", "id": 1, "result": [{"id": 1}]}
    (call,) = odoo.dispatch.calls
    assert (call.protocol, call.uid, call.args, call.kwargs) == ("jsonrpc", 2, [[1], ["name"]], {})


def test_execute_takes_its_arguments_one_by_one(odoo: Any) -> None:
    """`execute` has no keyword arguments."""
    odoo.rpc("object", "execute", "odoo", 2, "admin", "res.partner", "read", [1], ["name"])
    assert odoo.dispatch.calls[0].args == [[1], ["name"]]


def test_no_result_has_no_member(odoo: Any) -> None:
    """A method that returns None answers without `result` (recording protocol/result-kinds)."""
    assert odoo.rpc("object", "execute_kw", "odoo", 2, "admin", "res.partner", "f", []) == {"jsonrpc": "2.0", "id": 1}


def test_models_methods_are_not_called_over_http(odoo: Any) -> None:
    """Over /jsonrpc there is no HTTP session, not even with a cookie."""
    odoo.rpc("object", "execute_kw", "odoo", 2, "admin", "res.partner", "f", [])
    assert odoo.dispatch.sessions == [None]


@pytest.mark.parametrize("value", [b"\xff", "lone \ud800"])
def test_what_is_no_text_is_a_server_error(odoo: Any, value: Any) -> None:
    """Bytes and strings that are no UTF-8 in a result: HTTP 500 (recording protocol/bytes-and-dates-in-json)."""
    odoo.dispatch.answers["read"] = value
    args = ["odoo", 2, "admin", "res.partner", "read", []]
    message = {"params": {"service": "object", "method": "execute_kw", "args": args}}
    reply = odoo.client().post("/jsonrpc", json=message)
    assert (reply.status_code, reply.mimetype) == (500, "text/html")


def test_a_database_in_the_header_does_not_matter(odoo: Any) -> None:
    """The database stands in the arguments (recording protocol/object-db-differs-from-header)."""
    message = {"params": {"service": "common", "method": "version", "args": []}}
    assert odoo.client().post("/jsonrpc", json=message, headers={"X-Odoo-Database": "nodb"}).status_code == 200


ERRORS = [
    (AccessError("no"), 200),
    (MissingError("gone"), 300),
    (ValidationError("The operation cannot be completed: Missing required value for the field 'Name' (name)."), 304),
    (ValidationError("other"), 100),
    (UserError("no"), 100),
    (ValueError("no"), 100),
]


@pytest.mark.parametrize(("error", "code"), ERRORS)
def test_error_codes_are_a_matter_of_dialect(server: Any, error: Exception, code: int) -> None:
    """The guide numbers errors; a real Odoo 19 sends 0 for all of these. Nothing else differs."""
    replies = []
    for dialect in ("guide", "odoo"):
        odoo = server(dialect=dialect)
        odoo.dispatch.answers["read"] = error
        replies.append(odoo.rpc("object", "execute_kw", "odoo", 2, "admin", "res.partner", "read", [])["error"])
    assert [reply.pop("code") for reply in replies] == [code, 0]
    assert replies[0] == replies[1]


def test_the_guide_takes_a_key_in_place_of_the_password(server: Any) -> None:
    """With a bearer key the password may be empty; the uid must be the key's."""
    odoo = server(dialect="guide")
    odoo.dispatch.answers["read"] = True

    def call(uid: int, key: str) -> Any:
        params = {"service": "object", "method": "execute_kw", "args": ["odoo", uid, "", "res.partner", "read", []]}
        return odoo.post("/jsonrpc", params, Authorization=f"Bearer {key}")

    assert call(2, odoo.key)["result"] is True
    assert call(3, odoo.key)["error"]["code"] == 200
    assert call(2, "other")["error"]["code"] == 200


def test_a_real_odoo_looks_at_no_key(odoo: Any) -> None:
    """In the other dialect a bearer key on /jsonrpc is nothing."""
    params = {"service": "object", "method": "execute_kw", "args": ["odoo", 2, "", "res.partner", "read", []]}
    reply = odoo.post("/jsonrpc", params, Authorization=f"Bearer {odoo.key}")
    assert _data(reply)[0] == "odoo.exceptions.AccessDenied"


def test_tracebacks_show_no_paths(odoo: Any) -> None:
    """`debug` says what was raised, not where the server's files are."""
    debug = odoo.rpc("common", "nope")["error"]["data"]["debug"]
    assert debug == "Traceback (most recent call last):\nException: Method not found: nope\n"


def test_a_body_that_is_too_large_is_refused(server: Any) -> None:
    """More bytes than the settings allow: HTTP 413, whatever the headers say."""
    client = server(max_body=100).client()
    reply = client.post("/jsonrpc", data=b" " * 101, content_type="application/json")
    assert (reply.status_code, reply.headers["Connection"]) == (413, "close")
    wrong = {"CONTENT_LENGTH": "abc"}
    assert client.post("/jsonrpc", environ_overrides=wrong, content_type="application/json").status_code == 400
