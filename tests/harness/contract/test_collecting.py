"""Collecting a usage contract: which argument of which method names which fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fauxdoo.harness.clients import Json2, JsonRpc, RemoteError, Target, WebSession, XmlRpc
from fauxdoo.harness.contract.of_fake import usage_of
from fauxdoo.harness.contract.usage import Usage
from fauxdoo.mockserver import FakeOdoo


@pytest.fixture
def rpc(odoo: FakeOdoo) -> Iterator[JsonRpc]:
    """A client of the server."""
    client = JsonRpc(Target(odoo.url, odoo.db, odoo.login, odoo.password))
    yield client
    client.close()


def _uses(usage: Usage) -> dict[str, set[str]]:
    models = usage.models.items()
    return {f"{model}.{name}": use.uses for model, each in models for name, use in each.fields.items()}


CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any], dict[str, set[str]]]] = {
    "search_read": (
        ([["name", "=", "x"]],),
        {"fields": ["email"], "order": "city desc, id"},
        {
            "res.partner.name": {"filter"},
            "res.partner.email": {"read"},
            "res.partner.city": {"sort"},
            "res.partner.id": {"sort"},
        },
    ),
    "search_count": (
        (["|", ["parent_id.country_id.code", "=", "US"], ["child_ids", "any", [["city", "=", "x"]]]],),
        {},
        {
            "res.partner.parent_id": {"filter"},
            "res.partner.country_id": {"filter"},
            "res.country.code": {"filter"},
            "res.partner.child_ids": {"filter"},
            "res.partner.city": {"filter"},
        },
    ),
    "read": (([1], ["vat"]), {}, {"res.partner.vat": {"read"}}),
    "create": (
        ([{"name": "x", "child_ids": [(0, 0, {"name": "y", "email": "z"})]}],),
        {},
        {
            "res.partner.name": {"write"},
            "res.partner.child_ids": {"write"},
            "res.partner.email": {"write"},
        },
    ),
    "write": (([1], {"city": "x"}), {}, {"res.partner.city": {"write"}}),
    "formatted_read_group": (
        ([],),
        {"groupby": ["country_id", "create_date:month"], "aggregates": ["__count", "color:sum"]},
        {
            "res.partner.country_id": {"group"},
            "res.partner.create_date": {"group"},
            "res.partner.color": {"read"},
        },
    ),
    "web_read": (
        ([1],),
        {"specification": {"name": {}, "country_id": {"fields": {"code": {}}}}},
        {"res.partner.name": {"read"}, "res.partner.country_id": {"read"}, "res.country.code": {"read"}},
    ),
    "export_data": (
        ([1], ["name", "country_id/code"]),
        {},
        {"res.partner.name": {"read"}, "res.partner.country_id": {"read"}, "res.country.code": {"read"}},
    ),
}


@pytest.mark.parametrize("method", CALLS)
def test_fields_of_a_call(method: str, odoo: FakeOdoo, rpc: JsonRpc) -> None:
    """Every field that the arguments name, with how it is used."""
    args, kwargs, found = CALLS[method]
    rpc.call("res.partner", method, *args, **kwargs)
    assert _uses(usage_of(odoo)) == found


def test_read_without_fields_uses_all(odoo: FakeOdoo, rpc: JsonRpc) -> None:
    """Whoever reads everything depends on everything."""
    rpc.call("res.country", "read", [233])
    assert {"res.country.code", "res.country.name", "res.country.state_ids"} <= _uses(usage_of(odoo)).keys()


def test_values_of_selections(odoo: FakeOdoo, rpc: JsonRpc) -> None:
    """Those written and those searched for."""
    rpc.call("res.partner", "create", {"name": "x", "type": "invoice"})
    rpc.call("res.partner", "search", [["type", "in", ["delivery", "other"]]])
    use = usage_of(odoo).models["res.partner"].fields["type"]
    assert (use.values, use.operators) == ({"invoice", "delivery", "other"}, {"in"})


def test_errors_and_rights(odoo: FakeOdoo, rpc: JsonRpc) -> None:
    """An error stands with its method; only what succeeded needs rights."""
    with pytest.raises(RemoteError):
        rpc.call("res.partner", "unlink", [424242])
    rpc.call("res.partner", "search", [])
    use = usage_of(odoo).models["res.partner"]
    assert use.methods == {"unlink": {"MissingError"}, "search": set()}
    assert use.rights == {"read"}


def test_protocols(odoo: FakeOdoo) -> None:
    """All that were spoken; what the test itself did in Python is not the integration's."""
    target = Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)
    for client in (JsonRpc(target), XmlRpc(target), WebSession(target)):
        client.call("res.partner", "search_count", [])
        client.close()
    Json2(target).call("res.partner", "search_count", domain=[])
    odoo.env["res.users"].search([])
    usage = usage_of(odoo)
    assert usage.protocols == {"jsonrpc", "xmlrpc", "call_kw", "json2"}
    assert usage.models.keys() == {"res.partner"}


@pytest.mark.parametrize("domain", [[1], "x", [["name"]], [[None, "=", 1]], [["nope", "=", 1]], {"a": 1}])
def test_nonsense_is_no_use(domain: Any, odoo: FakeOdoo, rpc: JsonRpc) -> None:
    """Arguments that the server refused name nothing."""
    rpc.outcome("res.partner", "search", [domain], {})
    assert _uses(usage_of(odoo)) == {}
