"""`onchange`: what a form shows anew; nothing is saved."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import MissingError


@pytest.fixture
def order(env: Any) -> Any:
    """An order of one piece at 10 without taxes."""
    product = env["product.product"].create([{"name": "P", "list_price": 10, "taxes_id": [(6, 0, [])]}])
    partner = env["res.partner"].create([{"name": "Customer"}])
    line = (0, 0, {"product_id": product.id, "tax_ids": [(6, 0, [])]})
    return env["sale.order"].create([{"partner_id": partner.id, "order_line": [line]}])


def test_a_contact_takes_the_address_of_its_company(env: Any) -> None:
    """Only what changed comes back, many2one fields as the specification wants them."""
    company = env["res.partner"].create([{"name": "Co", "city": "Town", "country_id": env.ref("base.be").id}])
    spec = {"name": {}, "city": {}, "country_id": {"fields": {"code": {}}}, "street": {}}
    values = {"name": "N", "parent_id": company.id}
    answer = env["res.partner"].onchange(values, ["parent_id"], {**spec, "parent_id": {}})
    assert answer == {"value": {"city": "Town", "country_id": {"id": env.ref("base.be").id, "code": "BE"}}}


def test_a_new_form_gets_defaults(env: Any) -> None:
    """Without a changed field all fields of the specification come back."""
    answer = env["res.partner"].onchange({}, [], {"name": {}, "type": {}, "category_id": {}})
    assert answer == {"value": {"name": False, "type": "contact", "category_id": []}}


def test_a_changed_line_changes_the_total(order: Any) -> None:
    """Lines in memory are computed with the typed quantity; the saved order keeps its own."""
    spec = {"amount_total": {}, "order_line": {"fields": {"product_uom_qty": {}, "price_subtotal": {}}}}
    changed = {"order_line": [[1, order.order_line.id, {"product_uom_qty": 5}]]}
    assert order.onchange(changed, ["order_line"], spec) == {"value": {"amount_total": 50.0}}
    removed = {"order_line": [[2, order.order_line.id, 0]]}
    assert order.onchange(removed, ["order_line"], spec) == {"value": {"amount_total": 0.0}}
    assert order.amount_total == 10.0


def test_lines_have_to_be_in_the_specification(order: Any) -> None:
    """Odoo fails with a KeyError where it does not."""
    with pytest.raises(KeyError, match="order_line"):
        order.onchange({"order_line": []}, ["order_line"], {"amount_total": {}})


def test_unknown_fields_answer_nothing(env: Any) -> None:
    """A name that is no field, or a text in place of a list, is no error."""
    assert env["res.partner"].onchange({"name": "N"}, ["nope"], {"name": {}}) == {}
    assert env["res.partner"].onchange({"name": "N"}, "name", {"name": {}}) == {}


def test_missing_records(env: Any) -> None:
    """The record has to exist."""
    with pytest.raises(MissingError):
        env["res.partner"].browse(999999999).onchange({"name": "N"}, ["name"], {"name": {}})


def test_another_company_is_warned_about(env: Any) -> None:
    """A method may answer a warning."""
    first, second = env["res.partner"].create([{"name": "A"}, {"name": "B"}])
    contact = env["res.partner"].create([{"name": "C", "parent_id": first.id}])
    answer = contact.onchange({"parent_id": second.id}, ["parent_id"], {"parent_id": {}})
    assert answer["warning"]["type"] == "dialog"


def test_a_form_opens_with_the_lines_its_defaults_link(env: Any) -> None:
    """As commands that show them; what has no default is empty."""
    shown = {"taxes_id": {"fields": {"display_name": {}}}, "attribute_line_ids": {"fields": {}}}
    value = env["product.template"].onchange({}, [], shown)["value"]
    tax = env.company.account_sale_tax_id
    assert value["taxes_id"] == [(4, tax.id, {"id": tax.id, "display_name": tax.display_name})]
    assert value["attribute_line_ids"] == []


def test_what_is_given_is_not_computed_from_what_else_is_given(env: Any) -> None:
    """Whatever their order: `purchase_ok` follows `type`, both have defaults."""
    for names in (["type", "purchase_ok"], ["purchase_ok", "type"]):
        value = env["product.template"].onchange({}, [], {name: {} for name in names})["value"]
        assert value == {"type": "consu", "purchase_ok": True}
