"""Replay: references and tokens are filled in, differences are told step by step."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.wrappers import Response

from fauxdoo.harness.clients import Target
from fauxdoo.harness.performer import Performer
from fauxdoo.harness.verifier import ServerNotReached, verify

CREATE = {"do": "call", "model": "res.partner", "method": "create", "args": [{"name": "A {{uniq}}"}], "save": "p"}
READ = {"do": "call", "model": "res.partner", "method": "read", "args": [[{"$ref": "p"}], ["name"]]}
ROW = [{"id": {"$id": 1}, "name": "A {{uniq}}"}]
CASE = {
    "case": "crud/create",
    "steps": [{**CREATE, "expect": {"result": {"$id": 1}}}, {**READ, "expect": {"result": ROW}}],
}


class _Partners:
    """Enough of an Odoo for one case."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, request: Any) -> Response:
        return Response(json.dumps({"id": 1, "result": self._result(request)}), content_type="application/json")

    def _result(self, request: Any) -> Any:
        arguments = request.json["params"]["args"] if request.path == "/jsonrpc" else []
        if "create" in arguments:
            self.names.append(arguments[5][0]["name"])
            return 20000
        if "read" in arguments:
            return [{"id": arguments[5][0][0], "name": self.names[-1]}]
        return 2


@pytest.fixture
def target(stub: Any) -> Target:
    """The stub as an Odoo with partners."""
    stub.answer = _Partners()
    return Target(stub.url, "odoo")


def test_matching_case(target: Target) -> None:
    """A case that matches counts all its steps."""
    report = verify(target, [CASE])
    assert report.ok
    assert (report.areas["crud"].steps_ok, report.areas["crud"].steps) == (2, 2)
    assert (report.total.cases_ok, report.total.cases) == (1, 1)


def test_difference(target: Target) -> None:
    """A step that differs tells what was wanted and what came, and spoils its case only."""
    wrong = {"case": "crud/wrong", "steps": [{**CREATE, "expect": {"result": False}}]}
    report = verify(target, [CASE, wrong])
    (difference,) = report.differences
    assert (difference.case, difference.index) == ("crud/wrong", 0)
    assert (difference.want, difference.got) == ({"result": False}, {"result": 20000})
    assert "crud/wrong step 0" in str(difference)
    assert (report.total.steps_ok, report.total.steps, report.total.cases_ok) == (2, 3, 1)


@pytest.mark.parametrize(("strict", "ok"), [(False, True), (True, False)])
def test_error_code_is_a_matter_of_dialect(stub: Any, strict: bool, ok: bool) -> None:
    """The number of an error is compared on demand only."""
    error = {"code": 100, "message": "Odoo Server Error", "data": {"name": "x.UserError", "message": "No."}}
    stub.answer = lambda request: Response(json.dumps({"error": error}), content_type="application/json")
    want = {"error": {"code": 0, "name": "x.UserError", "message": "No."}}
    case = {"case": "error/user", "steps": [{**CREATE, "expect": want}]}
    assert verify(Target(stub.url, "odoo"), [case], strict_code=strict).ok is ok


def test_pages_are_compared_by_status(stub: Any) -> None:
    """Of an HTML page status and type count, not the words."""
    stub.answer = lambda request: Response("<h1>not found</h1>", 404, content_type="text/html")
    want = {"status": 404, "type": "text/html", "text": "<html>"}
    case = {"case": "web/page", "steps": [{"do": "http", "method": "GET", "path": "/x", "expect": want}]}
    assert verify(Target(stub.url, "odoo"), [case]).ok


def test_reference_to_nothing_is_broken(target: Target) -> None:
    """A step that refers to a result that never came is a difference, and the case goes on."""
    performer = Performer(target)
    _, outcomes = performer.perform({"case": "x/y", "steps": [READ, CREATE]})
    assert outcomes[0] == {"broken": "it refers to a result that never came"}
    assert outcomes[1] == {"result": 20000}


def test_xmlid(target: Target, stub: Any) -> None:
    """An xmlid is looked up in ir.model.data and stands for -1 where it is unknown."""
    partners = stub.answer

    def answer(request: Any) -> Response:
        if "ir.model.data" in request.get_data(as_text=True):
            found = [{"id": 1, "res_id": 233}] if b'"us"' in request.get_data() else []
            return Response(json.dumps({"result": found}), content_type="application/json")
        response: Response = partners(request)
        return response

    stub.answer = answer
    step = {**CREATE, "args": [{"name": "A", "country_id": {"$xmlid": "base.us"}, "other": {"$xmlid": "base.no"}}]}
    Performer(target).perform({"case": "x/y", "steps": [step]})
    assert stub.requests[-1].json["params"]["args"][5] == [{"name": "A", "country_id": 233, "other": -1}]


def test_named_sessions_keep_their_cookies(stub: Any) -> None:
    """Steps with the same session name share cookies, others do not."""

    def answer(request: Any) -> Response:
        response = Response("ok")
        response.set_cookie("seen", "1")
        return response

    stub.answer = answer
    steps = [{"do": "http", "path": "/", **name} for name in ({"session": "a"}, {"session": "a"}, {"session": "b"}, {})]
    Performer(Target(stub.url, "odoo")).perform({"case": "x/y", "steps": steps})
    assert [bool(request.cookies) for request in stub.requests] == [False, True, False, False]


def test_server_not_reached() -> None:
    """Nothing at the URL is an error of its own, not a difference."""
    with pytest.raises(ServerNotReached):
        verify(Target("http://127.0.0.1:9", "odoo"), [CASE])
