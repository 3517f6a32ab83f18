"""Verifying a usage contract: each planted drift is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fauxdoo.harness.clients import Json2, JsonRpc, RemoteError, Target
from fauxdoo.harness.contract.asking import Asker
from fauxdoo.harness.contract.finding import Outcome
from fauxdoo.harness.contract.of_fake import usage_of
from fauxdoo.harness.contract.usage import Usage
from fauxdoo.harness.contract.verifying import verify_usage
from fauxdoo.mockserver import FakeOdoo

Ask = Callable[[FakeOdoo], Asker]


@pytest.fixture(scope="module")
def usage() -> Usage:
    """What a small shop connector uses: two protocols, an order with a line, a search, a confirmation."""
    with FakeOdoo(dialect="odoo") as odoo:
        target = Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)
        rpc, json2 = JsonRpc(target), Json2(target)
        partner = rpc.call("res.partner", "create", {"name": "Ada", "email": "ada@shop.example"})
        line = {"product_id": rpc.call("product.product", "create", {"name": "Bell"}), "product_uom_qty": 2}
        order = rpc.call("sale.order", "create", {"partner_id": partner, "order_line": [(0, 0, line)]})
        rpc.call("sale.order", "action_confirm", [order])
        domain = [["state", "=", "sale"], ["partner_id.country_id.code", "!=", "US"]]
        json2.call("sale.order", "search_read", domain=domain, fields=["name", "amount_total"], order="date_order")
        rpc.close()
        json2.close()
        return usage_of(odoo)


def _failures(usage: Usage, asker: Asker) -> dict[str, str]:
    findings = list(verify_usage(usage, asker))
    assert not [each for each in findings if each.outcome is Outcome.UNKNOWN]
    return {each.what: each.reason for each in findings if each.outcome is Outcome.FAILED}


def test_no_drift(usage: Usage, drifted: Any, ask: Ask) -> None:
    """A server as the one the calls were made to passes every check."""
    with drifted() as odoo:
        assert _failures(usage, ask(odoo)) == {}


def _without(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda facts: facts["fields"].pop(name)


def _field(name: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda facts: facts["fields"].setdefault(name, {"string": name}).update(changes)


DRIFTS: dict[str, tuple[str, Callable[[dict[str, Any]], Any], dict[str, str]]] = {
    "a field is gone": (
        "res.partner",
        _without("email"),
        {"res.partner.email": "the field does not exist"},
    ),
    "a field has another type": (
        "sale.order.line",
        _field("product_uom_qty", type="integer"),
        {"sale.order.line.product_uom_qty": "is of type integer, was float"},
    ),
    "a relation leads elsewhere": (
        "sale.order.line",
        _field("product_id", relation="product.template"),
        {"sale.order.line.product_id": "leads to product.template, was product.product"},
    ),
    "a selection lost a value": (
        "sale.order",
        _field("state", selection=[["draft", "Quotation"], ["done", "Done"]]),
        {"sale.order.state": "has no value sale"},
    ),
    "a field is required now": (
        "res.partner",
        _field("x_vat_class", type="char", required=True),
        {"res.partner.x_vat_class": "is required now, has no default, and is never given"},
    ),
    "a field cannot be sorted by": (
        "sale.order",
        _field("date_order", store=False, sortable=False, groupable=False),
        {"sale.order.date_order": "is not sortable"},
    ),
}


@pytest.mark.parametrize("drift", DRIFTS)
def test_each_drift_is_found(drift: str, usage: Usage, drifted: Any, ask: Ask) -> None:
    """The one thing that changed is named with its reason."""
    model, edit, found = DRIFTS[drift]
    with drifted(model, edit) as odoo:
        assert _failures(usage, ask(odoo)) == found


def test_missing_rights_are_found(usage: Usage, drifted: Any, ask: Ask) -> None:
    """A user who may no longer create what the integration creates."""
    with drifted() as odoo:
        rights = odoo.env["ir.model.access"].search(
            [("model_id.model", "=", "res.partner"), ("perm_create", "=", True)]
        )
        rights.write({"perm_create": False})
        assert _failures(usage, ask(odoo)) == {"res.partner right to create": "this user has it not"}


def test_a_missing_model_is_one_finding(usage: Usage, ask: Ask) -> None:
    """Nothing else is said of a model that is gone."""
    with FakeOdoo(dialect="odoo", modules=("stock",)) as odoo:
        failures = _failures(usage, ask(odoo))
    assert failures["sale.order"] == "the model cannot be used: the model 'sale.order' does not exist"
    assert not [what for what in failures if what.startswith("sale.order.date_order")]


def test_unknown_methods_are_found(usage: Usage, drifted: Any, ask: Ask) -> None:
    """A method that the server does not document is not there."""
    other = Usage.of_dict(usage.as_dict())
    other.models["sale.order"].methods["action_fly"] = set()
    with drifted() as odoo:
        assert _failures(other, ask(odoo)) == {"sale.order.action_fly()": "the method does not exist"}


def test_what_is_not_shown_is_unknown(usage: Usage, drifted: Any) -> None:
    """Without an API key the documentation of methods is closed: said so, not failed."""
    with drifted() as odoo:
        asker = Asker(Target(odoo.url, odoo.db, odoo.login, odoo.password))
        findings = list(verify_usage(usage, asker))
        asker.close()
    unknown = {each.what for each in findings if each.outcome is Outcome.UNKNOWN}
    assert "sale.order.action_confirm()" in unknown
    assert {each.what for each in findings if each.outcome is Outcome.FAILED} == {"protocol json2"}


def test_wrong_credentials(usage: Usage, odoo: FakeOdoo) -> None:
    """Are an error, not a finding."""
    with pytest.raises(RemoteError):
        list(verify_usage(usage, Asker(Target(odoo.url, odoo.db, api_key="wrong"))))


def test_nothing_is_written(usage: Usage, odoo: FakeOdoo, ask: Ask) -> None:
    """All a check calls are methods that read."""
    odoo.journal.clear()
    list(verify_usage(usage, ask(odoo)))
    called = {entry.method for entry in odoo.journal}
    assert called <= {"context_get", "default_get", "fields_get", "has_access"}
