"""Invoices that are paid in coins (Odoo 19.0, `account.cash.rounding`)."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def _rounding(env: Environment, **values: Any) -> Any:
    gain, loss = (
        env["account.account"].search([("name", "=", f"Foreign Exchange {kind}")]) for kind in ("Gain", "Loss")
    )
    given = {"name": "Five cents", "rounding": 0.05, "strategy": "add_invoice_line", "rounding_method": "HALF-UP"}
    given |= {"profit_account_id": gain.id, "loss_account_id": loss.id}
    return env["account.cash.rounding"].create({**given, **values})


def _invoice(env: Environment, rounding: Any, price: float, **values: Any) -> Any:
    line = (0, 0, {"name": "Line", "price_unit": price, **values})
    customer = env["res.partner"].create({"name": "Customer"})
    given = {"move_type": "out_invoice", "partner_id": customer.id, "invoice_cash_rounding_id": rounding.id}
    return env["account.move"].create({**given, "invoice_line_ids": [line]})


@pytest.mark.parametrize(
    ("price", "method", "total", "account"),
    [
        (10.03, "HALF-UP", 10.05, "Foreign Exchange Gain"),
        (10.02, "HALF-UP", 10.0, "Foreign Exchange Loss"),
        (10.01, "UP", 10.05, "Foreign Exchange Gain"),
        (10.04, "DOWN", 10.0, "Foreign Exchange Loss"),
    ],
)
def test_a_line_of_its_own(env: Environment, price: float, method: str, total: float, account: str) -> None:
    """It takes what is rounded, counts as untaxed, and is not among the lines of the invoice."""
    move = _invoice(env, _rounding(env, rounding_method=method), price, tax_ids=[])
    assert (move.amount_total, move.amount_untaxed, move.amount_residual) == (total, total, total)
    line = move.line_ids.filtered(lambda each: each.display_type == "rounding")
    assert (line.name, line.balance, line.account_id.name) == ("Five cents", round(price - total, 2), account)
    assert len(move.invoice_line_ids) == 1
    shown = move.tax_totals
    assert (shown["total_amount"], shown["cash_rounding_base_amount_currency"]) == (total, round(total - price, 2))


def test_nothing_to_round(env: Environment) -> None:
    """The line goes when the total is a multiple, or when nobody rounds any more."""
    move = _invoice(env, _rounding(env), 10.03, tax_ids=[])
    move.invoice_line_ids.price_unit = 10.05
    assert "rounding" not in move.line_ids.mapped("display_type")
    assert "cash_rounding_base_amount" not in move.tax_totals
    move.invoice_line_ids.price_unit = 10.03
    move.invoice_cash_rounding_id = False
    assert (move.amount_total, set(move.line_ids.mapped("display_type"))) == (10.03, {"product", "payment_term"})


def test_the_biggest_tax(env: Environment) -> None:
    """It takes what is rounded: 11.53 with 15 % become 11.55."""
    tax = env["account.tax"].search([("name", "=", "15%"), ("type_tax_use", "=", "sale")])
    move = _invoice(env, _rounding(env, strategy="biggest_tax"), 10.03, tax_ids=[(6, 0, tax.ids)])
    assert (move.amount_untaxed, move.amount_tax, move.amount_total) == (10.03, 1.52, 11.55)
    line = move.line_ids.filtered(lambda each: each.display_type == "rounding")
    assert (line.name, line.tax_line_id.name, line.balance) == ("15% (rounding)", "15%", -0.02)
    shown = move.tax_totals
    assert (shown["tax_amount"], shown["subtotals"][0]["tax_groups"][0]["tax_amount"]) == (1.52, 1.52)
    assert shown["total_amount_currency"] == 11.55


def test_no_tax_to_round(env: Environment) -> None:
    """Without taxes nothing is rounded that way."""
    move = _invoice(env, _rounding(env, strategy="biggest_tax"), 10.03, tax_ids=[])
    assert (move.amount_total, move.tax_totals["total_amount"]) == (10.03, 10.03)


def test_a_coin_is_worth_something(env: Environment) -> None:
    """Nothing and less than nothing is refused."""
    with pytest.raises(ValidationError, match="strictly positive rounding value"):
        _rounding(env, rounding=0.0)
