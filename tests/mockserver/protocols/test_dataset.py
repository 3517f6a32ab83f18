"""`call_kw` and `call_button`: model methods for the user of a session."""

from __future__ import annotations

from typing import Any

import pytest

ADMIN = {"db": "odoo", "login": "admin", "password": "admin"}


@pytest.fixture
def client(odoo: Any) -> Any:
    """A caller who is logged in."""
    client = odoo.client()
    odoo.post("/web/session/authenticate", ADMIN, client)
    return client


def _params(**changes: Any) -> dict[str, Any]:
    return {"model": "res.partner", "method": "f", "args": [[1]], "kwargs": {}, **changes}


@pytest.mark.parametrize("suffix", ["", "/res.partner/f", "/any/thing", "/"])
def test_the_path_does_not_matter(odoo: Any, client: Any, suffix: str) -> None:
    """Model and method stand in the parameters."""
    odoo.dispatch.answers["f"] = [1]
    assert odoo.post("/web/dataset/call_kw" + suffix, _params(), client)["result"] == [1]
    (call,) = odoo.dispatch.calls
    assert (call.protocol, call.database, call.uid, call.args) == ("call_kw", "odoo", 2, [[1]])


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (True, False),
        (None, False),
        ([1], False),
        ({"type": "ir.actions.act_window_close"}, {"type": "ir.actions.act_window_close"}),
    ],
)
def test_a_button_answers_actions_only(odoo: Any, client: Any, answer: Any, result: Any) -> None:
    """Whatever is no action is false (recording protocol/call-button)."""
    odoo.dispatch.answers["f"] = answer
    assert odoo.post("/web/dataset/call_button", _params(), client)["result"] == result


@pytest.mark.parametrize("model", ["no.such", "", None])
def test_an_unknown_model_is_not_found(odoo: Any, model: Any) -> None:
    """Code 404 and no id, session or not (recording protocol/call-kw-unknown)."""
    reply = odoo.post("/web/dataset/call_kw", _params(model=model))
    assert (reply["id"], reply["error"]["code"], reply["error"]["message"]) == (None, 404, "404: Not Found")
    data = reply["error"]["data"]
    assert (data["name"], data["arguments"]) == ("werkzeug.exceptions.NotFound", [])
    assert data["message"].startswith("404 Not Found: The requested URL was not found on the server.")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("{", "json.decoder.JSONDecodeError"),
        ("{}", "builtins.KeyError"),
        ("[]", "builtins.TypeError"),
        ('{"params": {"model": "res.partner", "method": null}}', "builtins.TypeError"),
        ('{"params": {"model": ["res.partner"], "method": "f"}}', "builtins.TypeError"),
    ],
)
def test_what_is_looked_at_before_the_session(odoo: Any, body: str, name: str) -> None:
    """Model and method are looked for in the raw body; what fails there has no id."""
    reply = odoo.client().post("/web/dataset/call_kw", data=body, content_type="application/json").json
    assert (reply["id"], reply["error"]["data"]["name"]) == (None, name)


def test_without_a_session(odoo: Any) -> None:
    """The session is over, code 100."""
    reply = odoo.post("/web/dataset/call_kw", _params())
    assert reply["error"]["data"]["name"] == "odoo.http.SessionExpiredException"


def test_missing_arguments(odoo: Any, client: Any) -> None:
    """The TypeError of Odoo's own controller."""
    reply = odoo.post("/web/dataset/call_kw", {"model": "res.partner", "method": "f"}, client)
    message = "DataSet.call_kw() missing 2 required positional arguments: 'args' and 'kwargs'"
    assert (reply["id"], reply["error"]["data"]["message"]) == (1, message)


def test_methods_see_the_session(odoo: Any, client: Any) -> None:
    """What one call notes in it, the next one finds; `/jsonrpc` has none."""

    def note(call: Any) -> Any:
        odoo.dispatch.sessions[-1]["seen"] = True

    odoo.dispatch.answers["f"] = note
    odoo.post("/web/dataset/call_kw", _params(), client)
    odoo.post("/web/dataset/call_kw", _params(), client)
    assert odoo.dispatch.sessions == [{"uid": 2, "seen": True}] * 2


def test_the_guide_takes_a_key(server: Any) -> None:
    """With a bearer key no session is needed; a real Odoo wants one."""
    for dialect, works in (("guide", True), ("odoo", False)):
        odoo = server(dialect=dialect)
        odoo.dispatch.answers["f"] = 1
        reply = odoo.post("/web/dataset/call_kw", _params(), Authorization=f"Bearer {odoo.key}")
        assert ("result" in reply) is works


def test_what_is_gone(odoo: Any) -> None:
    """Routes of older versions are not found."""
    for path in ("search_read", "call"):
        assert odoo.client().post(f"/web/dataset/{path}", json={}).status_code == 404
