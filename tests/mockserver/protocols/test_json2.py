"""JSON-2: keys, named arguments, HTTP status codes."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import (
    AccessDenied,
    AccessError,
    MissingError,
    NotFound,
    Unprocessable,
    UserError,
    ValidationError,
)

NO_KEY = "User not authenticated, use an API Key with a Bearer Authorization header."
BROWSER = {
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
    "Sec-Fetch-User": "?1",
}


def _post(odoo: Any, path: str = "res.partner/f", **options: Any) -> Any:
    headers = {"Authorization": f"bearer {odoo.key}", **options.pop("headers", {})}
    if "data" not in options:
        options.setdefault("json", {})
    return options.pop("client", odoo.client()).post(f"/json/2/{path}", headers=headers, **options)


def test_named_arguments_become_a_call(odoo: Any) -> None:
    """`ids` and `context` stand beside the method's own arguments; the result is the body."""
    odoo.dispatch.answers["f"] = [1, {"a": None}]
    reply = _post(odoo, json={"ids": [3], "context": [["lang", "en_US"]], "fields": ["name"]})
    assert (reply.status_code, reply.mimetype, reply.json) == (200, "application/json", [1, {"a": None}])
    (call,) = odoo.dispatch.calls
    assert (call.protocol, call.uid, call.ids) == ("json2", 2, [3])
    assert call.kwargs == {"context": {"lang": "en_US"}, "fields": ["name"]}


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", "5"])
def test_anything_but_an_object_is_no_arguments(odoo: Any, body: str) -> None:
    """The body may be missing or be something else (recording protocol/json2-no-body-api-model)."""
    assert _post(odoo, data=body, content_type="application/json").json is None
    assert (odoo.dispatch.calls[0].ids, odoo.dispatch.calls[0].kwargs) == ([], {})


@pytest.mark.parametrize(
    ("authorization", "message"),
    [
        ("", NO_KEY),
        ("bearer", NO_KEY),
        ("bearer ", NO_KEY),
        ("Basic YWRtaW46YWRtaW4=", NO_KEY),
        ("token KEY", NO_KEY),
        ("bearer other", "Invalid apikey"),
        ("bearer KEY x", "Invalid apikey"),
        ('bearer "KEY"', "Invalid apikey"),
    ],
)
def test_without_a_good_key(odoo: Any, authorization: str, message: str) -> None:
    """HTTP 401 that names the scheme, before the model is looked at."""
    reply = _post(odoo, "no.model/f", headers={"Authorization": authorization.replace("KEY", odoo.key)})
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].strip() == "Bearer"
    assert reply.json["name"] == "werkzeug.exceptions.Unauthorized"
    assert (reply.json["message"], reply.json["arguments"]) == (message, [message, 401])


@pytest.mark.parametrize("scheme", ["bearer ", "Bearer ", "BEARER   ", "bearer\t"])
def test_the_scheme_may_be_written_in_many_ways(odoo: Any, scheme: str) -> None:
    """Case and white space do not matter."""
    assert _post(odoo, headers={"Authorization": scheme + odoo.key}).status_code == 200


ERRORS = [
    (ValueError("no"), 500, ["no"]),
    (UserError("no"), 422, ["no"]),
    (ValidationError("no"), 422, ["no"]),
    (AccessError("no"), 403, ["no"]),
    (AccessDenied(), 403, ["Access Denied"]),
    (MissingError("gone"), 404, ["gone"]),
    (NotFound("The method 'm.f' does not exist"), 404, ["The method 'm.f' does not exist", 404]),
    (Unprocessable("cannot call m.f with ids"), 422, ["cannot call m.f with ids", 422]),
]


@pytest.mark.parametrize(("error", "status", "arguments"), ERRORS)
def test_errors_have_a_status(odoo: Any, error: Exception, status: int, arguments: list[Any]) -> None:
    """The body is what JSON-RPC has as `error.data` (recording protocol/json2-exception-statuses)."""
    odoo.dispatch.answers["f"] = error
    reply = _post(odoo)
    assert (reply.status_code, reply.json["message"], reply.json["arguments"]) == (status, arguments[0], arguments)
    assert reply.json.keys() == {"name", "message", "arguments", "context", "debug"}


def test_unknown_model(odoo: Any) -> None:
    """HTTP 404 that names it, decoded."""
    reply = _post(odoo, "r%C3%A9s/f")
    assert (reply.status_code, reply.json["message"]) == (404, "the model 'rés' does not exist")


def test_malformed_json(odoo: Any) -> None:
    """HTTP 400 with the words of Python's parser."""
    reply = _post(odoo, data="{", content_type="application/json")
    assert reply.status_code == 400
    assert reply.json["message"] == (
        "could not parse the body as json: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"
    )


def test_content_type(odoo: Any) -> None:
    """Only JSON with a body, anything without one."""
    assert _post(odoo, data="x", content_type="text/plain").status_code == 415
    assert _post(odoo, data="", content_type="text/plain").status_code == 200


@pytest.mark.parametrize("verb", ["GET", "PUT", "PATCH", "DELETE"])
def test_other_verbs_and_paths(odoo: Any, verb: str) -> None:
    """HTTP 404 with a hint, as JSON."""
    client = odoo.client()
    for reply in (client.open("/json/2/res.partner/f", method=verb), client.post("/json/2/res.partner", json={})):
        assert reply.status_code == 404
        assert reply.json["message"] == "Did you mean POST /json/2/<model>/<method>?"


def test_an_argument_named_self(odoo: Any) -> None:
    """It would be the controller's own."""
    message = "WebJson2Controller.web_json_2_rpc() got multiple values for argument 'self'"
    assert _post(odoo, json={"self": 1}).json["message"] == message


def test_a_wrong_context_raises_what_dict_raises(odoo: Any) -> None:
    """It goes through dict()."""
    assert _post(odoo, json={"context": 5}).json["message"] == "'int' object is not iterable"


def test_databases(odoo: Any) -> None:
    """The header names one, else the key does; an unknown one is a page not found."""
    odoo.add_database("other")
    assert _post(odoo, headers={"X-Odoo-Database": "other"}).status_code == 200
    assert odoo.dispatch.calls[0].database == "other"
    reply = _post(odoo, headers={"X-Odoo-Database": "nodb"})
    assert (reply.status_code, reply.mimetype) == (404, "text/html")


def test_a_session_needs_a_browser(odoo: Any) -> None:
    """Without a key a session counts only where a user went to the address (recording json2-session-…)."""
    client = odoo.client()
    odoo.post("/web/session/authenticate", {"db": "odoo", "login": "admin", "password": "admin"}, client)
    nothing = {"Authorization": ""}
    reply = _post(odoo, client=client, headers=nothing)
    message = 'Missing "Authorization" or Sec-headers for interactive usage.'
    assert (reply.status_code, reply.json["message"]) == (401, message)
    assert _post(odoo, client=client, headers={**nothing, **BROWSER}).status_code == 200
    assert _post(odoo, client=client, headers={**nothing, **BROWSER, "Sec-Fetch-Site": "cross-site"}).status_code == 401


def test_a_session_of_another_user(odoo: Any) -> None:
    """Key and session must agree."""
    client = odoo.client()
    odoo.post("/web/session/authenticate", {"db": "odoo", "login": "admin", "password": "admin"}, client)
    (session,) = odoo.sessions._by_id.values()
    session.uid, odoo.auth.tokens[5] = 5, session.token
    reply = _post(odoo, client=client)
    assert (reply.status_code, reply.json["message"]) == (403, "Session user does not match the used apikey.")


def test_nothing_is_kept(odoo: Any) -> None:
    """No cookie; what a method notes in the session is gone with the call."""
    reply = _post(odoo)
    assert "Set-Cookie" not in reply.headers
    assert odoo.dispatch.sessions == [{"uid": 2}]
    assert len(odoo.sessions) == 0
