"""`onchange`: what a form shows anew; nothing is saved."""

from __future__ import annotations

from datetime import datetime
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


def test_a_line_in_the_form_of_an_order_that_is_not_saved(env: Any) -> None:
    """The order's own values come as a dictionary, and what the line follows is taken from them."""
    product = env["product.product"].create([{"name": "P", "list_price": 10, "taxes_id": [(6, 0, [])]}])
    partner = env["res.partner"].create([{"name": "Customer"}])
    values = {"product_id": product.id, "product_uom_qty": 3, "order_id": {"partner_id": partner.id}}
    spec = {"name": {}, "price_unit": {}, "price_subtotal": {}, "order_partner_id": {}}
    answer = env["sale.order.line"].onchange(values, ["product_id"], spec)
    assert answer == {"value": {"name": "P", "price_unit": 10.0, "price_subtotal": 30.0}}


def test_counts_of_what_belongs_to_a_new_record(env: Any) -> None:
    """A record that is not saved is found by no search: nothing belongs to it."""
    spec = {"sale_order_count": {}, "opportunity_count": {}, "meeting_count": {}, "account_move_count": {}}
    answer = env["res.partner"].onchange({}, [], spec)
    assert answer == {"value": dict.fromkeys(spec, 0)}


@pytest.mark.parametrize(
    ("model", "values", "expected"),
    [
        ("res.users", {"login": "a@b.example"}, {"email": "a@b.example"}),
        ("res.users", {"login": "a"}, {}),
        ("res.bank", {"state": "base.state_us_5"}, {"country": "base.us"}),
        ("res.bank", {"country": "base.be", "state": "base.state_us_5"}, {"state": None}),
        ("res.company", {"country_id": "base.be"}, {"currency_id": "base.EUR"}),
        ("res.company", {"state_id": "base.state_us_5"}, {"country_id": "base.us"}),
    ],
)
def test_what_a_value_brings_along(env: Any, model: str, values: Any, expected: Any) -> None:
    """The first value is the one that was typed."""

    def plain(vals: dict[str, Any]) -> dict[str, Any]:
        known = {key: env.ref(value).id for key, value in vals.items() if value and value.startswith("base.")}
        return {**{key: value or False for key, value in vals.items()}, **known}

    changed, *_others = given = plain(values)
    spec = {name: {} for name in (*values, *expected)}
    answer = env[model].onchange(given, [changed], spec)["value"]
    wanted = plain(expected)
    assert {name: answer.get(name) for name in wanted} == wanted


def test_an_internal_reference_that_is_taken(env: Any) -> None:
    """The form warns, unless it is the product's own."""
    product = env["product.template"].create([{"name": "P", "default_code": "P-1"}])
    expected = {"type": "dialog", "title": "Note:", "message": "The Internal Reference 'P-1' already exists."}
    for model in ("product.template", "product.product"):
        answer = env[model].onchange({"default_code": "P-1"}, ["default_code"], {"default_code": {}})
        assert answer == {"value": {}, "warning": expected}
    assert product.onchange({"default_code": "P-1"}, ["default_code"], {"default_code": {}}) == {"value": {}}


def test_the_product_of_a_purchase_line(env: Any) -> None:
    """It brings the vendor's name for it, unit, price and least quantity."""
    vendor = env["res.partner"].create([{"name": "Vendor"}])
    seller = {"partner_id": vendor.id, "min_qty": 5, "price": 2.5, "product_code": "V"}
    product = env["product.product"].create([{"name": "P", "seller_ids": [(0, 0, seller)]}])
    values = {"product_id": product.id, "order_id": {"partner_id": vendor.id}}
    spec = {"name": {}, "price_unit": {}, "product_qty": {}, "product_uom_id": {}}
    answer = env["purchase.order.line"].onchange(values, ["product_id"], spec)
    unit = product.uom_id.id
    assert answer == {"value": {"name": "[V] P", "price_unit": 2.5, "product_qty": 5.0, "product_uom_id": unit}}


def test_the_type_of_an_activity(env: Any) -> None:
    """It brings the summary, and the day by which such things are done."""
    kind = env.ref("mail.mail_activity_data_call")
    kind.write({"delay_count": 2, "delay_unit": "months"})
    env.clock.freeze(datetime(2026, 12, 31, 10))
    spec = {"summary": {}, "date_deadline": {}}
    answer = env["mail.activity"].onchange({"activity_type_id": kind.id}, ["activity_type_id"], spec)
    assert answer["value"] == {"summary": "Call", "date_deadline": "2027-02-28"}


def test_a_dictionary_as_the_value_of_a_link(env: Any) -> None:
    """Written, it is nothing: the record that it describes is not saved."""
    partner = env["res.partner"].create([{"name": "P", "country_id": env.ref("base.be").id}])
    partner.write({"country_id": {"id": env.ref("base.fr").id}})
    env.flush()
    env.transaction.invalidate()
    assert not partner.country_id
