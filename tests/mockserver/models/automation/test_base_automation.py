"""Automation rules: what sets them off, what they see, what they send."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.errors import UserError, ValidationError

Rule = Callable[..., Any]


@pytest.fixture
def rule(env: Any) -> Rule:
    """Makes a rule of res.partner with one action."""

    def make(trigger: str, action: dict[str, Any], **values: Any) -> Any:
        model = env.ref("base.model_res_partner").id
        given = {"name": "Rule", "model_id": model, "trigger": trigger, **values}
        return env["base.automation"].create(
            {**given, "action_server_ids": [(0, 0, {"name": "Act", "model_id": model, **action})]}
        )

    return make


def code(text: str) -> dict[str, Any]:
    """An action that runs Python."""
    return {"state": "code", "code": text}


class TestTriggers:
    """When a rule runs."""

    def test_on_create(self, env: Any, rule: Rule) -> None:
        """It runs once per new record that the domain selects."""
        rule("on_create", code("record.write({'ref': 'auto'})"), filter_domain="[('name', 'like', 'In')]")
        inside, outside = env["res.partner"].create([{"name": "In"}, {"name": "Out"}])
        assert (inside.ref, outside.ref) == ("auto", False)

    def test_on_write_compares_before_and_after(self, env: Any, rule: Rule) -> None:
        """Both domains must hold, one before the change and one after it."""
        domains = {"filter_pre_domain": "[('city', '=', 'a')]", "filter_domain": "[('city', '=', 'b')]"}
        rule("on_write", code("record.write({'ref': 'moved'})"), **domains)
        partner = env["res.partner"].create({"name": "P", "city": "b"})
        partner.city = "a"
        assert not partner.ref
        partner.city = "b"
        assert partner.ref == "moved"

    def test_watched_fields_must_change(self, env: Any, rule: Rule) -> None:
        """A rule with trigger fields needs a real change of one of them."""
        watched = {"trigger_field_ids": [(6, 0, [env.ref("base.field_res_partner__city").id])]}
        rule("on_write", code("record.write({'ref': (record.ref or '') + '.'})"), **watched)
        partner = env["res.partner"].create({"name": "P", "city": "a"})
        partner.write({"city": "a"})
        partner.write({"phone": "1"})
        assert not partner.ref
        partner.write({"city": "b"})
        assert partner.ref == "."

    def test_a_rule_does_not_set_itself_off(self, env: Any, rule: Rule) -> None:
        """What its own action writes does not count."""
        rule("on_create_or_write", code("record.write({'city': (record.city or '') + '.'})"))
        assert env["res.partner"].create({"name": "P"}).city == "."

    def test_on_unlink_the_record_is_still_there(self, env: Any, rule: Rule) -> None:
        """The action can read what is about to go."""
        rule("on_unlink", code("env['res.partner'].create({'name': 'was ' + record.name})"))
        env["res.partner"].create({"name": "P"}).unlink()
        assert env["res.partner"].search_count([("name", "=", "was P")]) == 1

    def test_an_archived_rule_rests(self, env: Any, rule: Rule) -> None:
        """Archiving a rule switches it off at once."""
        rule("on_create", code("record.write({'ref': 'auto'})")).active = False
        assert not env["res.partner"].create({"name": "P"}).ref

    def test_an_error_refuses_the_change(self, env: Any, rule: Rule) -> None:
        """What the action raises reaches the caller."""
        rule("on_create", code("raise UserError('refused')"))
        with pytest.raises(UserError, match="refused"):
            env["res.partner"].create({"name": "P"})

    def test_on_change_takes_part_in_a_form(self, env: Any, rule: Rule) -> None:
        """The action sees what is typed, and may set values and warn."""
        watched = {"on_change_field_ids": [(6, 0, [env.ref("base.field_res_partner__city").id])]}
        text = "action = {'value': {'ref': 'typed ' + record.city}, 'warning': {'title': 'T', 'message': 'M'}}"
        rule("on_change", code(text), filter_domain="[('name', '=', 'P')]", **watched)
        answer = env["res.partner"].onchange({"name": "P", "city": "Ghent"}, ["city"], {"city": {}, "ref": {}})
        assert answer == {
            "value": {"ref": "typed Ghent"},
            "warning": {"title": "T", "message": "M", "type": "dialog"},
        }
        other = env["res.partner"].onchange({"name": "Q", "city": "Ghent"}, ["city"], {"city": {}, "ref": {}})
        assert other == {"value": {}}


class TestChecks:
    """Rules that make no sense."""

    @pytest.mark.parametrize(
        ("trigger", "action", "message"),
        [
            ("on_change", {"state": "object_write", "update_path": "ref", "value": "x"}, "On live update"),
            ("on_unlink", {"state": "next_activity", "activity_summary": "x"}, "no more records"),
        ],
    )
    def test_trigger_and_action_must_fit(self, rule: Rule, trigger: str, action: dict[str, Any], message: str) -> None:
        """Some kinds of action cannot follow some triggers."""
        with pytest.raises(ValidationError, match=message):
            rule(trigger, action)


class _Receiver(BaseHTTPRequestHandler):
    received: list[dict[str, Any]]

    def do_POST(self) -> None:
        self.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Where webhooks arrive: its URL, and the payloads."""
    received: list[dict[str, Any]] = []
    handler = type("Handler", (_Receiver,), {"received": received})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", received
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def odoo() -> Iterator[FakeOdoo]:
    """A server that listens."""
    with FakeOdoo() as fake:
        yield fake


def automation(odoo: FakeOdoo, trigger: str, action: dict[str, Any], **values: Any) -> None:
    """A rule of res.partner on a running server."""
    model = odoo.env.ref("base.model_res_partner").id
    given = {"name": "Rule", "model_id": model, "trigger": trigger, **values}
    actions = [(0, 0, {"name": "Act", "model_id": model, **action})]
    odoo.env["base.automation"].create({**given, "action_server_ids": actions})


def test_a_webhook_is_sent_after_the_commit(odoo: FakeOdoo, receiver: tuple[str, list[dict[str, Any]]]) -> None:
    """One POST per record with the chosen fields; nothing for work that is undone."""
    url, received = receiver
    fields = [odoo.env.ref(f"base.field_res_partner__{name}").id for name in ("name", "country_id")]
    automation(odoo, "on_create", {"state": "webhook", "webhook_url": url, "webhook_field_ids": [(6, 0, fields)]})
    with pytest.raises(ValueError, match="Invalid field"), odoo.transaction():
        odoo.env["res.partner"].create([{"name": "Undone"}, {"nope": 1}])
    partner = odoo.env["res.partner"].create({"name": "Ada", "country_id": odoo.env.ref("base.be").id})
    (payload,) = received
    action = payload.pop("_action")
    assert action.startswith("Act(#")
    assert payload == {"_id": partner.id, "_model": "res.partner", "country_id": 20, "id": partner.id, "name": "Ada"}


def test_a_receiver_that_is_down_does_not_matter(odoo: FakeOdoo) -> None:
    """A webhook that cannot be delivered is logged, the change stands."""
    automation(odoo, "on_create", {"state": "webhook", "webhook_url": "http://127.0.0.1:9/"})
    assert odoo.env["res.partner"].create({"name": "Ada"}).name == "Ada"


def hook(odoo: FakeOdoo, uuid: str, payload: dict[str, Any]) -> int:
    """POST to an inbound webhook; answers the status."""
    request = Request(f"{odoo.url}/web/hook/{uuid}", json.dumps(payload).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=10) as response:
            return int(response.status)
    except HTTPError as error:
        return error.code


def test_an_inbound_webhook_runs_the_actions(odoo: FakeOdoo) -> None:
    """200 for a record that is found, 500 where something fails, 404 for an unknown address."""
    automation(odoo, "on_webhook", code("record.write({'ref': 'hooked'})"), webhook_uuid="u1")
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    assert hook(odoo, "u1", {"_model": "res.partner", "_id": partner.id}) == 200
    assert partner.ref == "hooked"
    assert hook(odoo, "u1", {"_model": "res.partner", "_id": 999999}) == 500
    assert hook(odoo, "nobody", {}) == 404


def test_an_inbound_webhook_takes_what_it_is_sent(odoo: FakeOdoo) -> None:
    """JSON of any kind, else the address and a form; the code of the actions knows it too."""
    finder = {"record_getter": "model.search([('name', '=', 'Ada')])"}
    automation(odoo, "on_webhook", code("record.write({'ref': payload['note']})"), webhook_uuid="u1", **finder)
    automation(odoo, "on_webhook", code("record.write({'ref': 'nothing'})"), webhook_uuid="u2", **finder)
    partner = odoo.env["res.partner"].create({"name": "Ada"})

    def send(path: str, body: bytes | None, kind: str = "application/x-www-form-urlencoded") -> str:
        partner.ref = False
        with urlopen(Request(odoo.url + path, body, {"Content-Type": kind}), timeout=10) as response:
            assert response.status == 200
        return str(partner.ref)

    assert send("/web/hook/u1?note=asked", None) == "asked"
    assert send("/web/hook/u1", b"note=form") == "form"
    assert send("/web/hook/u1", b'{"note": "json"}', "text/plain") == "json"
    assert send("/web/hook/u2", b"{", "application/json") == "nothing"


def test_an_inbound_webhook_asks_for_no_trigger(odoo: FakeOdoo) -> None:
    """Every rule has an address."""
    automation(odoo, "on_unlink", code("record.write({'ref': 'hooked'})"), webhook_uuid="u1")
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    assert hook(odoo, "u1", {"_model": "res.partner", "_id": partner.id}) == 200
    assert partner.ref == "hooked"
