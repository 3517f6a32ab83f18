"""The tax engine: what a price carries, and how lines round together."""

from __future__ import annotations

from typing import Any

import pytest

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
