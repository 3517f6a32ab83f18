"""The tax engine: what a price carries, and how lines round together."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.models.account.taxes import tax_line, totals
from fauxdoo.mockserver.orm.environment import Environment


def _taxes(env: Environment, *specs: dict[str, Any]) -> Any:
    return env["account.tax"].create(
        [{"name": f"Tax {position}", "sequence": position, **spec} for position, spec in enumerate(specs)]
    )


INCLUDED = {"price_include_override": "tax_included"}


@pytest.mark.parametrize(
    ("specs", "base", "amounts"),
    [
        ([{"amount": 15}], 100.0, [15.0]),
        ([{"amount": 5}, {"amount": 20}], 100.0, [5.0, 20.0]),
        ([{"amount": 10, "include_base_amount": True}, {"amount": 10}], 100.0, [10.0, 11.0]),
        ([{"amount": 10, **INCLUDED}], 90.909, [9.091]),
        ([{"amount": 10, **INCLUDED}, {"amount": 15, **INCLUDED}], 80.0, [8.0, 12.0]),
        ([{"amount": 3, "amount_type": "fixed"}], 100.0, [6.0]),
        ([{"amount": 20, "amount_type": "division"}], 100.0, [25.0]),
        ([{"amount": 20, "amount_type": "division", **INCLUDED}], 80.0, [20.0]),
    ],
)
def test_taxes_of_a_price(env: Environment, specs: list[Any], base: float, amounts: list[float]) -> None:
    """Two pieces of 50 carry what their taxes' kinds, order and inclusion make of them."""
    line = tax_line(_taxes(env, *specs), 50.0, 2)
    assert line.base == pytest.approx(base, abs=0.001)
    assert [amount for _tax, _base, amount in line.taxes] == pytest.approx(amounts, abs=0.001)


def test_a_group_stands_for_its_members(env: Environment) -> None:
    """A group of taxes is worked out as its members."""
    members = _taxes(env, {"amount": 5}, {"amount": 7})
    group = env["account.tax"].create({"name": "Both", "amount_type": "group", "children_tax_ids": members.ids})
    assert tax_line(group, 100.0).total == pytest.approx(112.0)


@pytest.mark.parametrize(("method", "untaxed"), [("round_globally", 31.0), ("round_per_line", 31.01)])
def test_rounding_of_sums(env: Environment, method: str, untaxed: float) -> None:
    """Lines of 1.005, 7.777 and 22.221 sum up before or after they are rounded."""
    tax = _taxes(env, {"amount": 15})
    lines = [tax_line(tax, price) for price in (1.005, 7.777, 22.221)]
    sums = totals(lines, env.company.currency_id, method)
    assert sums.untaxed == pytest.approx(untaxed)
    assert sums.total == pytest.approx(sums.untaxed + sums.tax)


def test_compute_all_answers_details(env: Environment) -> None:
    """The public method tells totals and each tax."""
    answer = _taxes(env, {"amount": 15}).compute_all(100.0)
    assert (answer["total_excluded"], answer["total_included"]) == (100.0, 115.0)
    assert [(each["name"], each["amount"], each["base"]) for each in answer["taxes"]] == [("Tax 0", 15.0, 100.0)]


def test_totals_of_documents_by_groups_of_taxes(env: Environment) -> None:
    """An order and its invoice show the same; an entry of the books has none."""
    group = env["account.tax.group"].create({"name": "Levy", "sequence": 99})
    levy = env["account.tax"].create({"name": "Levy", "amount": 5.0, "tax_group_id": group.id})
    own = env.company.account_sale_tax_id
    customer = env["res.partner"].create({"name": "Customer"})
    product = env["product.product"].create({"name": "Work", "type": "service"})
    lines = [
        {"product_id": product.id, "price_unit": 100.0, "tax_ids": [(6, 0, (own | levy).ids)]},
        {"product_id": product.id, "price_unit": 50.0, "tax_ids": [(6, 0, own.ids)]},
    ]
    order = env["sale.order"].create({"partner_id": customer.id, "order_line": [(0, 0, line) for line in lines]})
    shown = order.read(["tax_totals"])[0]["tax_totals"]
    assert (shown["base_amount_currency"], shown["tax_amount"], shown["total_amount"]) == (150.0, 27.5, 177.5)
    (subtotal,) = shown["subtotals"]
    groups = [(each["group_name"], each["base_amount"], each["tax_amount"]) for each in subtotal["tax_groups"]]
    assert groups == [(own.tax_group_id.name, 150.0, 22.5), ("Levy", 100.0, 5.0)]
    assert (shown["has_tax_groups"], shown["same_tax_base"]) == (True, False)
    order.action_confirm()
    move = order._create_invoices()
    assert move.read(["tax_totals"])[0]["tax_totals"] == {**shown, "display_in_company_currency": False}
    assert move.amount_total == shown["total_amount_currency"]
    assert env["account.move"].create({"move_type": "entry"}).read(["tax_totals"])[0]["tax_totals"] is False


def test_totals_in_two_currencies(env: Environment) -> None:
    euro = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    euro.active = True
    env["res.currency.rate"].create({"currency_id": euro.id, "name": "2024-01-01", "rate": 0.5})
    vendor = env["res.partner"].create({"name": "Vendor"})
    product = env["product.product"].create({"name": "Desk"})
    line = {"product_id": product.id, "product_qty": 1, "price_unit": 10.0, "tax_ids": []}
    order = env["purchase.order"].create(
        {"partner_id": vendor.id, "currency_id": euro.id, "order_line": [(0, 0, line)]}
    )
    shown = order.tax_totals
    assert (shown["total_amount_currency"], shown["total_amount"]) == (10.0, 20.0)
    assert (shown["has_tax_groups"], shown["subtotals"][0]["tax_groups"]) == (False, [])


def test_names_of_taxes_are_their_own(env: Environment) -> None:
    """Among the active ones of a kind."""
    first = _taxes(env, {"name": "T"})
    with pytest.raises(ValidationError, match="Tax names must be unique!\n- T in My Company"):
        _taxes(env, {"name": "T"})
    env["account.tax"].browse(env["account.tax"].search([("name", "=", "T"), ("id", "!=", first.id)]).ids).unlink()
    first.active = False
    assert _taxes(env, {"name": "T"})
