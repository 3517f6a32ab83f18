"""Whatever the rules: no method over any protocol returns or changes what `search` as that user does not find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fauxdoo.harness.clients import Client, Json2, JsonRpc, RemoteError, Target, WebSession, XmlRpc
from fauxdoo.mockserver import FakeOdoo, User
from fauxdoo.mockserver.orm.environment import Environment

MODEL = "crm.tag"
KEY = "feedfacefeedfacefeedfacefeedfacefeedface"
COLOURS = range(4)
Rules = list[tuple[str, list[int], bool]]
RULE = st.tuples(
    st.sampled_from(["=", "!=", "<", ">=", "in", "not in"]),
    st.lists(st.sampled_from(COLOURS), min_size=1, max_size=2),
    st.booleans(),
)
"""Of a rule on the colour: operator, operands, whether it is global."""
SHAPES: dict[str, Callable[[list[int]], tuple[list[Any], dict[str, Any]]]] = {
    "read": lambda ids: ([ids, ["name"]], {}),
    "search_read": lambda ids: ([[["id", "in", ids]], ["name"]], {}),
    "name_search": lambda ids: (["Tag"], {}),
    "web_search_read": lambda ids: ([[["id", "in", ids]], {"name": {}}], {}),
    "web_read": lambda ids: ([ids, {"name": {}}], {}),
    "export_data": lambda ids: ([ids, ["name"]], {}),
    "formatted_read_group": lambda ids: ([[["id", "in", ids]], ["name"], ["__count"]], {}),
    "copy": lambda ids: ([ids], {}),
    "write": lambda ids: ([ids, {"name": "changed"}], {}),
    "unlink": lambda ids: ([ids], {}),
}
"""By method, the arguments with which a client would ask for these records."""
NAMED: dict[str, Callable[[list[int]], dict[str, Any]]] = {
    "read": lambda ids: {"ids": ids, "fields": ["name"]},
    "search_read": lambda ids: {"domain": [["id", "in", ids]], "fields": ["name"]},
    "write": lambda ids: {"ids": ids, "vals": {"name": "changed"}},
    "unlink": lambda ids: {"ids": ids},
}
"""The same for JSON-2, whose arguments have names."""


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server with an ordinary user who may do everything with tags but what rules forbid."""
    user = User("u", groups=("sales_team.group_sale_manager",), api_key=KEY)
    with FakeOdoo(users=(user,), modules=("crm",), dialect="odoo") as odoo:
        yield odoo


def _allowed(colour: int, operator: str, operands: list[int]) -> bool:
    """What a rule says of a colour, by Python alone."""
    first = operands[0]
    answers = {
        "=": colour == first,
        "!=": colour != first,
        "<": colour < first,
        ">=": colour >= first,
        "in": colour in operands,
        "not in": colour not in operands,
    }
    return answers[operator]


def _visible(colour: int, rules: Rules) -> bool:
    """Global rules all bind; of the rules of the user's groups one is enough, where there are any."""
    everybody = [_allowed(colour, operator, operands) for operator, operands, is_global in rules if is_global]
    grouped = [_allowed(colour, operator, operands) for operator, operands, is_global in rules if not is_global]
    return all(everybody) and (not grouped or any(grouped))


def _set_up(env: Environment, rules: Rules) -> dict[int, int]:
    """Tags of every colour, by id, and rules on them; as superuser, for rules bind the administrator too."""
    model = env["ir.model"].search([("model", "=", MODEL)]).id
    group = env.ref("base.group_user").id
    for number, (operator, operands, is_global) in enumerate(rules):
        value: Any = operands if "in" in operator else operands[0]
        groups = [] if is_global else [(6, 0, [group])]
        domain = repr([("color", operator, value)])
        env["ir.rule"].create([{"name": f"Rule {number}", "model_id": model, "domain_force": domain, "groups": groups}])
    tags = env[MODEL].create([{"name": f"Tag {colour}", "color": colour} for colour in COLOURS])
    return dict(zip(tags.ids, COLOURS, strict=True))


def _clients(odoo: FakeOdoo) -> list[Client]:
    target = Target(odoo.url, odoo.db, "u", "u", KEY)
    return [JsonRpc(target), XmlRpc(target), WebSession(target), Json2(target)]


def _try(client: Client, method: str, ids: list[int]) -> str:
    """The answer as text, that of a refusal included."""
    if isinstance(client, Json2) and method not in NAMED:
        return ""
    args, kwargs = ([], NAMED[method](ids)) if isinstance(client, Json2) else SHAPES[method](ids)
    try:
        return repr(client.call(MODEL, method, *args, **kwargs))
    except RemoteError as error:
        return str(error)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=st.lists(RULE, max_size=3))
def test_nothing_hidden_is_returned_or_changed(odoo: FakeOdoo, rules: Rules) -> None:
    """Search finds what a naive evaluator expects; no method names, changes, deletes or copies anything else."""
    odoo.reset()
    database = odoo.databases[odoo.db]
    with database.transaction(su=True) as env:
        colours = _set_up(env, rules)
    found = odoo.as_user("u")[MODEL].search([("id", "in", list(colours))]).ids
    assert sorted(found) == [tag for tag, colour in colours.items() if _visible(colour, rules)]
    assert all(odoo.why(MODEL, tag, user="u").found == (tag in found) for tag in colours)
    hidden = {tag: f"Tag {colour}" for tag, colour in colours.items() if tag not in found}
    for client in _clients(odoo):
        for method, ids in product(SHAPES, (list(colours), *([tag] for tag in hidden))):
            answer = _try(client, method, ids)
            assert not any(name in answer for name in hidden.values()), (client.name, method, answer)
        client.close()
    with database.transaction(su=True) as env:
        names = env[MODEL].search([]).mapped("name")
        assert {tag: env[MODEL].browse(tag).name for tag in hidden} == hidden
    assert not {f"{name} (copy)" for name in hidden.values()} & set(names)
