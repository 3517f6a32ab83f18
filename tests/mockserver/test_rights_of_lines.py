"""Whatever access rights and rules: orders and their lines stay hidden, from the side of their customers too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fauxdoo.harness.clients import Client, JsonRpc, RemoteError, Target, WebSession, XmlRpc
from fauxdoo.harness.transports import requests
from fauxdoo.mockserver import FakeOdoo, User
from fauxdoo.mockserver.orm.environment import Environment

KEY = "0badcafe0badcafe0badcafe0badcafe0badcafe"
LETTERS = "abcd"
Rights = tuple[bool, bool, bool]
"""Of a model: read, write, unlink."""
RIGHTS = st.sampled_from([(False, False, False), (True, False, False), (True, True, False), (True, True, True)])
"""Who may write may read: a right to write alone lets one change what one does not find, in Odoo too."""
RULE = st.tuples(st.sets(st.sampled_from(LETTERS), min_size=1, max_size=3), st.booleans())
"""Of a rule: the orders it lets through, whether it is global."""

Asked = Callable[[int, int, str], tuple[str, str, list[Any], dict[str, Any]]]
"""Of an order, its customer and its letter: a model, a method, arguments."""
ASKED: dict[str, Asked] = {
    "read": lambda order, _partner, _letter: ("sale.order", "read", [[order], ["client_order_ref"]], {}),
    "search_read": lambda order, _partner, _letter: ("sale.order", "search_read", [[["id", "=", order]]], {}),
    "by line": lambda order, _partner, letter: (
        "sale.order",
        "search_read",
        [[["order_line.name", "=", f"Line {letter}"]], ["client_order_ref"]],
        {},
    ),
    "grouped": lambda order, _partner, _letter: (
        "sale.order",
        "formatted_read_group",
        [[["id", "=", order]], ["client_order_ref"], ["__count"]],
        {},
    ),
    "named": lambda _order, _partner, letter: ("sale.order", "name_search", [f"Order {letter}"], {}),
    "with lines": lambda order, _partner, _letter: (
        "sale.order",
        "web_read",
        [[order], {"order_line": {"fields": {"name": {}}}}],
        {},
    ),
    "exported": lambda order, _partner, _letter: ("sale.order", "export_data", [[order], ["order_line/name"]], {}),
    "lines": lambda order, _partner, _letter: ("sale.order.line", "search_read", [[["order_id", "=", order]]], {}),
    "from the customer": lambda _order, partner, _letter: (
        "res.partner",
        "web_read",
        [[partner], {"sale_order_ids": {"fields": {"client_order_ref": {}}}}],
        {},
    ),
    "found by the order": lambda _order, _partner, letter: (
        "res.partner",
        "search_read",
        [[["sale_order_ids.client_order_ref", "=", f"Ref {letter}"]], ["ref"]],
        {},
    ),
    "exported from the customer": lambda _order, partner, _letter: (
        "res.partner",
        "export_data",
        [[partner], ["sale_order_ids/client_order_ref"]],
        {},
    ),
    "typed in": lambda order, _partner, _letter: (
        "sale.order",
        "onchange",
        [[order], {}, [], {"client_order_ref": {}}],
        {},
    ),
    "written": lambda order, _partner, _letter: ("sale.order", "write", [[order], {"client_order_ref": "changed"}], {}),
    "written from the customer": lambda order, partner, _letter: (
        "res.partner",
        "write",
        [[partner], {"sale_order_ids": [(1, order, {"client_order_ref": "changed"})]}],
        {},
    ),
    "deleted from the customer": lambda order, partner, _letter: (
        "res.partner",
        "write",
        [[partner], {"sale_order_ids": [(2, order, 0)]}],
        {},
    ),
    "deleted": lambda order, _partner, _letter: ("sale.order", "unlink", [[order]], {}),
}


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server with a user who may change contacts and has no right on orders yet."""
    groups = ("base.group_user", "base.group_partner_manager", "base.group_allow_export")
    with FakeOdoo(users=(User("u", groups=groups, api_key=KEY),), modules=("sale",)) as odoo:
        yield odoo


def _grant(env: Environment, model: str, rights: Rights) -> None:
    read, write, unlink = rights
    env["ir.model.access"].create(
        [
            {
                "name": model,
                "model_id": env["ir.model"].search([("model", "=", model)]).id,
                "group_id": env.ref("base.group_user").id,
                "perm_read": read,
                "perm_write": write,
                "perm_unlink": unlink,
                "perm_create": False,
            }
        ]
    )


def _set_up(env: Environment, rights: Rights, rules: list[tuple[set[str], bool]], other: str) -> dict[str, Any]:
    """Orders by letter; as superuser."""
    for model in ("sale.order", "sale.order.line"):
        _grant(env, model, rights)
    model = env["ir.model"].search([("model", "=", "sale.order")]).id
    for letters, is_global in rules:
        domain = repr([("client_order_ref", "in", [f"Ref {letter}" for letter in sorted(letters)])])
        groups = [] if is_global else [(6, 0, [env.ref("base.group_user").id])]
        env["ir.rule"].create([{"name": "R", "model_id": model, "domain_force": domain, "groups": groups}])
    company = env["res.company"].create([{"name": "Other"}])
    product = env["product.product"].create([{"name": "Bell"}])
    orders = {}
    for letter in LETTERS:
        line = {"product_id": product.id, "name": f"Line {letter}"}
        partner = env["res.partner"].create([{"name": f"P{letter}", "ref": f"Ref {letter}"}])
        values = {
            "name": f"Order {letter}",
            "partner_id": partner.id,
            "client_order_ref": f"Ref {letter}",
            "company_id": company.id if letter == other else 1,
        }
        orders[letter] = env["sale.order"].create([{**values, "order_line": [(0, 0, line)]}])
    return orders


def _visible(letter: str, rights: Rights, rules: list[tuple[set[str], bool]], other: str) -> bool:
    """By Python alone: the right, every global rule, one of the group's rules, and the company."""
    everybody = [letter in letters for letters, is_global in rules if is_global]
    grouped = [letter in letters for letters, is_global in rules if not is_global]
    return rights[0] and letter != other and all(everybody) and (not grouped or any(grouped))


def _ask(client: Client, asked: tuple[str, str, list[Any], dict[str, Any]]) -> str:
    """The answer as text, that of a refusal included."""
    model, method, args, kwargs = asked
    try:
        return repr(client.call(model, method, *args, **kwargs))
    except RemoteError as error:
        return str(error)


def _over_rest(odoo: FakeOdoo, order: int, partner: int) -> str:
    session, headers = requests.session(odoo), {"Authorization": f"Bearer {KEY}"}
    asked = (
        ("GET", f"sale.order/{order}", None),
        ("GET", f'sale.order?domain=[["id","=",{order}]]', None),
        ("GET", f'res.partner/{partner}?fields=["sale_order_ids"]', None),
        ("PATCH", f"sale.order/{order}", {"client_order_ref": "changed"}),
        ("POST", f"sale.order/{order}/action_cancel", {}),
        ("DELETE", f"sale.order/{order}", None),
    )
    return "".join(
        session.request(verb, f"http://odoo.invalid/api/{path}", json=body, headers=headers).text
        for verb, path, body in asked
    )


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rights=RIGHTS, rules=st.lists(RULE, max_size=3), other=st.sampled_from(["", *LETTERS]))
def test_hidden_orders_stay_hidden(
    odoo: FakeOdoo, rights: Rights, rules: list[tuple[set[str], bool]], other: str
) -> None:
    """What a naive evaluator hides is named by no answer and changed by no call, over any protocol."""
    odoo.reset()
    database = odoo.databases[odoo.db]
    with database.transaction(su=True) as env:
        made = _set_up(env, rights, rules, other)
        orders = {letter: (order.id, order.partner_id.id) for letter, order in made.items()}
    hidden = {letter for letter in LETTERS if not _visible(letter, rights, rules, other)}
    assert {letter for letter in LETTERS if not odoo.why("sale.order", orders[letter][0], user="u").found} == hidden
    target = Target(odoo.url, odoo.db, "u", "u", KEY)
    clients = [JsonRpc(target), XmlRpc(target), WebSession(target)]
    for letter in sorted(hidden):
        order, partner = orders[letter]
        secret = (f"Line {letter}", f"'client_order_ref': 'Ref {letter}'", f"'Ref {letter}'", f"'Order {letter}'")
        for client in clients:
            for path, asked in ASKED.items():
                answer = _ask(client, asked(order, partner, letter))
                known = [text for text in secret if text in answer]
                assert not known, (client.name, path, answer)
        assert f"Ref {letter}" not in _over_rest(odoo, order, partner)
    for client in clients:
        client.close()
    with database.transaction(su=True) as env:
        kept = env["sale.order"].browse([orders[letter][0] for letter in sorted(hidden)])
        assert kept.exists() == kept
        assert kept.mapped("client_order_ref") == [f"Ref {letter}" for letter in sorted(hidden)]
        assert {order.state for order in kept} <= {"draft"}
