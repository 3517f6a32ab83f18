"""A field whose groups the user is not in is refused on every path; documents keep what belongs to them."""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fauxdoo.harness.transports import requests
from fauxdoo.harness.transports import xmlrpc as transport
from fauxdoo.mockserver import FakeOdoo, User

KEY = "f" * 40
FIELD = "signup_type"
"""For administrators only: `base.group_erp_manager`."""
_GROUPS = ("base.group_user", "base.group_partner_manager", "base.group_allow_export")

PATHS: dict[str, Callable[[int], tuple[str, list[Any], dict[str, Any]]]] = {
    "read": lambda id: ("read", [[id], [FIELD]], {}),
    "search": lambda id: ("search", [[[FIELD, "=", "x"]]], {}),
    "order": lambda id: ("search", [[]], {"order": FIELD}),
    "search_read": lambda id: ("search_read", [[], [FIELD]], {}),
    "groupby": lambda id: ("formatted_read_group", [[], [FIELD], ["__count"]], {}),
    "aggregate": lambda id: ("formatted_read_group", [[], [], [f"{FIELD}:count"]], {}),
    "write": lambda id: ("write", [[id], {FIELD: "x"}], {}),
    "create": lambda id: ("create", [{"name": "x", FIELD: "x"}], {}),
    "copy": lambda id: ("copy", [[id], {FIELD: "x"}], {}),
    "export": lambda id: ("export_data", [[id], [FIELD]], {}),
    "export of lines": lambda id: ("export_data", [[id], [f"child_ids/{FIELD}"]], {}),
    "onchange": lambda id: ("onchange", [[id], {}, [], {FIELD: {}}], {}),
    "web_read": lambda id: ("web_read", [[id], {FIELD: {}}], {}),
    "web_save": lambda id: ("web_save", [[id], {FIELD: "x"}, {"id": {}}], {}),
    "lines": lambda id: ("write", [[id], {"child_ids": [(0, 0, {"name": "c", FIELD: "x"})]}], {}),
    "path": lambda id: ("search", [[[f"parent_id.{FIELD}", "=", "x"]]], {}),
}
REST: dict[str, Callable[[int], tuple[str, str, Any]]] = {
    "list": lambda id: ("GET", f'/api/res.partner?fields=["{FIELD}"]', None),
    "domain": lambda id: ("GET", f'/api/res.partner?domain=[["{FIELD}","=","x"]]', None),
    "order": lambda id: ("GET", f"/api/res.partner?order={FIELD}", None),
    "record": lambda id: ("GET", f'/api/res.partner/{id}?fields=["{FIELD}"]', None),
    "update": lambda id: ("PATCH", f"/api/res.partner/{id}", {FIELD: "x"}),
    "create": lambda id: ("POST", "/api/res.partner", {"name": "x", FIELD: "x"}),
}


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server with an employee, a seller and a customer."""
    users = (
        User("clerk", groups=_GROUPS, api_key=KEY),
        User("seller", groups=("sales_team.group_sale_salesman",)),
        User("customer", groups=("base.group_portal",)),
    )
    with FakeOdoo(users=users) as odoo:
        yield odoo


def _call(odoo: FakeOdoo, login: str, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
    proxy = transport.proxy(odoo, "object", allow_none=True)
    return proxy.execute_kw(odoo.db, odoo.as_user(login).uid, login, model, method, [*args], kwargs)


@pytest.mark.parametrize("path", PATHS)
def test_refused(odoo: FakeOdoo, path: str) -> None:
    """Whoever asks for the field, by whatever method, is told that he may not."""
    partner = odoo.env["res.partner"].create({"name": "Ada", FIELD: "secret", "child_ids": [(0, 0, {"name": "Bob"})]})
    method, args, kwargs = PATHS[path](partner.id)
    with pytest.raises(xmlrpc.client.Fault, match=FIELD) as caught:
        _call(odoo, "clerk", "res.partner", method, *args, **kwargs)
    assert (caught.value.faultCode, "secret" in caught.value.faultString) == (4, False)


@pytest.mark.parametrize("path", REST)
def test_refused_over_rest(odoo: FakeOdoo, path: str) -> None:
    """HTTP 403 with the guide's code for it."""
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    verb, address, body = REST[path](partner.id)
    headers = {"Authorization": f"Bearer {KEY}"}
    reply = requests.session(odoo).request(verb, f"http://odoo.invalid{address}", json=body, headers=headers)
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, 200)


def test_left_out(odoo: FakeOdoo) -> None:
    """What describes fields does not name this one; `load` says it in its messages."""
    assert FIELD not in _call(odoo, "clerk", "res.partner", "fields_get")
    assert FIELD not in _call(odoo, "clerk", "res.partner", "default_get", [FIELD])
    loaded = _call(odoo, "clerk", "res.partner", "load", ["name", FIELD], [["x", "y"]])
    assert (loaded["ids"], FIELD in loaded["messages"][0]["message"]) == (False, True)


@pytest.mark.parametrize("login", ["clerk", "seller", "customer"])
def test_documents_keep_what_belongs_to_them(odoo: FakeOdoo, login: str) -> None:
    """Messages, activities and files of an order are for those who may read it, and so is writing about it."""
    order = odoo.env["sale.order"].create({"partner_id": 1})
    message = order.message_post(body="top secret")
    order.activity_schedule("mail.mail_activity_data_todo", summary="top secret")
    file = odoo.env["ir.attachment"].create({"name": "a", "raw": b"x", "res_model": "sale.order", "res_id": order.id})
    domain = [["model", "=", "sale.order"], ["res_id", "=", order.id]]
    assert _call(odoo, login, "mail.message", "search_count", domain) == 0
    assert _call(odoo, login, "mail.message", "formatted_read_group", domain, ["res_id"], ["__count"]) == []
    refused: list[tuple[str, str, list[Any]]] = [
        ("mail.message", "read", [[message.id], ["body"]]),
        ("mail.message", "write", [[message.id], {"body": "x"}]),
        ("mail.message", "create", [{"model": "sale.order", "res_id": order.id, "body": "x"}]),
        ("ir.attachment", "read", [[file.id], ["name"]]),
        ("sale.order", "message_post", [[order.id]]),
        ("sale.order", "message_subscribe", [[order.id], [1]]),
        ("sale.order", "onchange", [[order.id], {}, [], {"name": {}}]),
    ]
    for model, method, args in refused:
        with pytest.raises(xmlrpc.client.Fault) as caught:
            _call(odoo, login, model, method, *args)
        assert caught.value.faultCode == 4, (model, method, caught.value.faultString)
    if login != "customer":
        mine = [["res_model", "=", "sale.order"], ["res_id", "=", order.id]]
        assert _call(odoo, login, "mail.activity", "search_count", mine) == 0


def test_ones_own(odoo: FakeOdoo) -> None:
    """Authors and those a message is for read it; an activity is seen by whom it is assigned to."""
    clerk = odoo.as_user("clerk")
    order = odoo.env["sale.order"].create({"partner_id": 1})
    message = order.message_post(body="for you", partner_ids=clerk.user.partner_id.ids)
    kind = odoo.env.ref("mail.mail_activity_data_todo").id
    model = odoo.env["ir.model"].search([("model", "=", "sale.order")]).id
    values = {"res_model_id": model, "res_id": order.id, "activity_type_id": kind, "user_id": clerk.uid}
    activity = odoo.env["mail.activity"].create(values)
    assert _call(odoo, "clerk", "mail.message", "read", [message.id], ["body"])[0]["body"] == "<p>for you</p>"
    assert _call(odoo, "clerk", "mail.activity", "search", [["id", "=", activity.id]]) == [activity.id]


def test_export_reads(odoo: FakeOdoo) -> None:
    """Records the user may not read are not exported, nor those that lines lead to."""
    employee = odoo.env["hr.employee"].create({"name": "Eve", "private_email": "secret@example.com"})
    order = odoo.env["sale.order"].create({"partner_id": 1})
    for model, ids, path in (
        ("hr.employee", employee.ids, "private_email"),
        ("res.partner", order.partner_id.ids, "sale_order_ids/name"),
    ):
        with pytest.raises(xmlrpc.client.Fault) as caught:
            _call(odoo, "clerk", model, "export_data", ids, [path])
        assert caught.value.faultCode == 4


def test_the_administrators_employee(odoo: FakeOdoo) -> None:
    """The employee of a fresh database is found by HR officers: its contract is of the company."""
    found = odoo.env["hr.employee"].search([("user_id", "=", 2)])
    assert found.name == "Administrator"
