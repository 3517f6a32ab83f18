"""Currencies: rounding, rates, how amounts are written."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize(("amount", "rounded"), [(2.675, 2.68), (-1.005, -1.01), (0.004, 0.0), (10.0, 10.0)])
def test_amounts_round_half_away_from_zero(env: Environment, amount: float, rounded: float) -> None:
    """To the smallest coin."""
    assert env.ref("base.USD").round(amount) == rounded


def test_amounts_compare_when_rounded(env: Environment) -> None:
    """Less than half a coin is nothing."""
    dollar = env.ref("base.USD")
    assert dollar.is_zero(0.004)
    assert [dollar.compare_amounts(1.001, other) for other in (1.0, 2.0, 0.5)] == [0, -1, 1]


def test_amounts_are_written_with_the_symbol(env: Environment) -> None:
    """Before or after, with a space that does not break."""
    assert env.ref("base.USD").format(1234.5) == "$\N{NO-BREAK SPACE}1,234.50"


def test_rates_hold_from_their_day(env: Environment) -> None:
    """The rate of a day is the last one before it."""
    euro = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    rates = [
        {"name": day, "rate": rate, "currency_id": euro.id} for day, rate in (("2030-01-01", 0.5), ("2030-02-01", 0.25))
    ]
    env["res.currency.rate"].create(rates)
    assert euro.with_context(date="2030-01-15").rate == 0.5
    assert euro.with_context(date="2030-03-01").rate == 0.25
    assert env.ref("base.USD")._convert(10, euro, day="2030-01-15") == 5.0


def test_the_currency_of_a_company_stays_active(env: Environment) -> None:
    """As long as the company has it."""
    with pytest.raises(UserError, match="This currency is set on a company"):
        env.ref("base.USD").write({"active": False})


def test_a_second_currency_is_for_everybody(env: Environment) -> None:
    """The group of those who work with several comes and goes."""
    users, several = env.ref("base.group_user"), env.ref("base.group_multi_currency")
    euro = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    assert several not in users.implied_ids
    euro.active = True
    assert several in users.implied_ids
    euro.active = False
    assert several not in users.implied_ids


def test_a_rate_is_said_in_one_way(env: Environment) -> None:
    """The technical rate comes before the company's, this before its inverse."""
    euro = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    given = {"currency_id": euro.id, "rate": 0.5, "company_rate": 4, "inverse_company_rate": 8}
    rate = env["res.currency.rate"].create([given])
    assert (rate.rate, rate.company_rate, rate.inverse_company_rate) == (0.5, 0.5, 2.0)
    rate.write({"company_rate": 0.25, "inverse_company_rate": 8})
    assert (rate.rate, rate.inverse_company_rate) == (0.25, 4.0)
