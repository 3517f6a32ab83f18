"""Invoices and entries, from draft to posted and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment


def _invoice(env: Environment, *prices: float, **values: Any) -> Any:
    partner = env["res.partner"].create({"name": "Customer"})
    taxes = [(6, 0, [env.ref("account.1_sale_tax_template").id])]
    lines = [(0, 0, {"name": "Line", "price_unit": price, "tax_ids": taxes}) for price in prices]
    base = {"move_type": "out_invoice", "partner_id": partner.id, "invoice_date": "2024-05-10"}
    return env["account.move"].create({**base, "invoice_line_ids": lines, **values})


def test_an_invoice_gets_lines_for_its_taxes_and_for_what_is_due(env: Environment) -> None:
    """The lines of products come first, then the tax, then what is due; together they balance."""
    move = _invoice(env, 100.0)
    lines = move.line_ids.sorted("id")
    assert lines.mapped("display_type") == ["product", "tax", "payment_term"]
    assert lines.mapped("balance") == [-100.0, -15.0, 115.0]


def test_dynamic_lines_follow_changes(env: Environment) -> None:
    """A changed price changes the tax and what is due, on the same lines."""
    move = _invoice(env, 100.0)
    before = move.line_ids.sorted("id").ids
    move.write({"invoice_line_ids": [(1, move.invoice_line_ids.id, {"price_unit": 200.0})]})
    assert move.line_ids.sorted("id").ids == before
    assert move.line_ids.sorted("id").mapped("balance") == [-200.0, -30.0, 230.0]


def test_posting_gives_a_number_of_the_journal_and_year(env: Environment) -> None:
    """Numbers count by year; a draft has none."""
    first, second = _invoice(env, 10.0), _invoice(env, 10.0)
    assert first.name is False
    (first | second).action_post()
    assert first.name.startswith("INV/2024/")
    assert second.sequence_number == first.sequence_number + 1
    assert first.payment_reference == first.name


def test_a_posted_move_refuses_changes_of_lines(env: Environment) -> None:
    """What was posted is only changed after it was reset to draft."""
    move = _invoice(env, 10.0)
    move.action_post()
    with pytest.raises(UserError, match="invoice_line_ids"):
        move.write({"invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 1})]})
    with pytest.raises(UserError, match="delete a posted"):
        move.unlink()
    move.button_draft()
    assert move.state == "draft"
    assert move.name


def test_an_entry_that_does_not_balance_is_refused(env: Environment) -> None:
    """Debit and credit are equal."""
    accounts = env["account.account"].search([("account_type", "in", ("income", "expense"))], limit=2)
    sides = [("debit", 50.0), ("credit", 40.0)]
    lines = [(0, 0, {"account_id": a.id, side: value}) for a, (side, value) in zip(accounts, sides, strict=True)]
    with pytest.raises(UserError, match="not balanced"):
        env["account.move"].create({"line_ids": lines})


def test_nothing_cannot_be_posted(env: Environment) -> None:
    """An entry without lines stays a draft."""
    with pytest.raises(UserError, match="magicians"):
        env["account.move"].create({}).action_post()


def test_a_bill_needs_its_date(env: Environment) -> None:
    """Customers' invoices are dated today, vendors' bills must say their date."""
    with pytest.raises(UserError, match="Bill/Refund date is required"):
        _invoice(env, 10.0, move_type="in_invoice", invoice_date=False).action_post()


def test_sums_round_globally(env: Environment) -> None:
    """The cents that rounding the sum takes are taken off the largest line."""
    partner = env["res.partner"].create({"name": "Customer"})
    rows = [(3, 0.335, 0.0), (7, 1.111, 0.0), (1, 33.33, 33.33)]
    lines = [(0, 0, {"name": "x", "quantity": q, "price_unit": p, "discount": d, "tax_ids": []}) for q, p, d in rows]
    move = env["account.move"].create({"move_type": "out_invoice", "partner_id": partner.id, "invoice_line_ids": lines})
    assert move.amount_untaxed == 31.0
    assert move.invoice_line_ids.sorted("id").mapped("balance") == [-1.01, -7.78, -22.21]
