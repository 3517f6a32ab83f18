"""Invoices: the lines that follow, numbers, what is paid."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


def _invoice(env: Environment, **values: Any) -> Any:
    partner = env["res.partner"].create({"name": "Azure"})
    line = {"name": "Chairs", "quantity": 2, "price_unit": 50.0, "tax_ids": [(6, 0, [1])]}
    given = {"move_type": "out_invoice", "partner_id": partner.id, "invoice_date": "2024-05-10"}
    return env["account.move"].create({**given, "invoice_line_ids": [(0, 0, line)], **values})


def test_an_invoice_gets_tax_and_term_lines(env: Environment) -> None:
    """The product's line brings a line for the tax and one for what the customer owes; they balance."""
    move = _invoice(env)
    assert {line.display_type: line.balance for line in move.line_ids} == {
        "product": -100.0,
        "tax": -15.0,
        "payment_term": 115.0,
    }
    assert (move.amount_untaxed, move.amount_tax, move.amount_total, move.amount_residual) == (100, 15, 115, 115)


def test_lines_follow_a_change(env: Environment) -> None:
    """Another price changes the tax and what is owed."""
    move = _invoice(env)
    move.invoice_line_ids.write({"price_unit": 10.0})
    assert (move.amount_total, len(move.line_ids)) == (23.0, 3)


def test_numbers_count_per_journal_and_year(env: Environment) -> None:
    """Only posting gives a number; the next invoice of the year has the next one."""
    first, second = _invoice(env), _invoice(env)
    assert first.name is False
    assert first.action_post() is False
    second.action_post()
    assert [first.name, second.name] == ["INV/2024/00001", "INV/2024/00002"]


def test_a_posted_invoice_keeps_its_values(env: Environment) -> None:
    """Lines and partner of a posted invoice stay, it cannot be deleted or posted again."""
    move = _invoice(env)
    move.action_post()
    with pytest.raises(UserError, match="readonly fields on a posted move: partner_id"):
        move.write({"partner_id": 1})
    with pytest.raises(UserError, match="can't delete a posted"):
        move.unlink()
    with pytest.raises(UserError, match="must be in draft"):
        move.action_post()


def test_an_entry_must_balance(env: Environment) -> None:
    """Debit without the same credit is refused."""
    lines = [(0, 0, {"account_id": 32, "debit": 50.0}), (0, 0, {"account_id": 26, "credit": 40.0})]
    with pytest.raises(UserError, match="not balanced"):
        env["account.move"].create({"date": "2024-03-05", "line_ids": lines})


def test_reconciling_pays(env: Environment) -> None:
    """An entry that takes the receivable back settles the invoice."""
    move = _invoice(env)
    move.action_post()
    lines = [(0, 0, {"account_id": 5, "credit": 115.0}), (0, 0, {"account_id": 45, "debit": 115.0})]
    paying = env["account.move"].create({"date": "2024-05-15", "line_ids": lines})
    paying.action_post()
    (move.line_ids | paying.line_ids).filtered(lambda line: line.account_id.id == 5).reconcile()
    assert (move.payment_state, move.amount_residual) == ("paid", 0.0)
