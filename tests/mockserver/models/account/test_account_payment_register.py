"""Paying invoices by the wizard: what it proposes, and where differences go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment


def _invoice(env: Environment, partner: Any = None, *, post: bool = True, **values: Any) -> Any:
    partner = partner or env["res.partner"].create({"name": "Customer"})
    line = (0, 0, {"name": "Line", "price_unit": 100.0, "tax_ids": values.pop("tax_ids", [])})
    own = {"move_type": "out_invoice", "partner_id": partner.id, "invoice_date": "2024-05-10", **values}
    move = env["account.move"].create({**own, "invoice_line_ids": [line]})
    if post:
        move.action_post()
    return move


def _wizard(moves: Any, **values: Any) -> Any:
    context = {"active_model": "account.move", "active_ids": moves.ids}
    return moves.env["account.payment.register"].with_context(**context).create(values)


def test_a_difference_is_written_off(env: Environment) -> None:
    """The invoice is settled by less, the rest goes to the account that is chosen."""
    move = _invoice(env)
    account = env.ref("account.1_expense")
    handling = {"payment_difference_handling": "reconcile", "writeoff_account_id": account.id}
    wizard = _wizard(move, amount=90.0, writeoff_label="Rounding", **handling)
    assert (wizard.payment_difference, wizard.installments_mode) == (10.0, "full")
    wizard.action_create_payments()
    assert (move.payment_state, move.amount_residual) == ("paid", 0.0)
    rest = move.matched_payment_ids.move_id.line_ids.filtered(lambda line: line.account_id == account)
    assert (rest.name, rest.balance) == ("Rounding", 10.0)


def test_what_is_due_by_then_is_proposed(env: Environment) -> None:
    """Of several instalments those that are late, else the next."""
    parts = [
        {"value": "percent", "value_amount": 30, "nb_days": 0},
        {"value": "percent", "value_amount": 70, "nb_days": 60},
    ]
    term = env["account.payment.term"].create({"name": "In two", "line_ids": [(0, 0, part) for part in parts]})
    move = _invoice(env, invoice_payment_term_id=term.id)
    late = _wizard(move, payment_date="2024-05-20")
    assert (late.amount, late.installments_mode, late.payment_difference) == (30.0, "overdue", 0.0)
    assert _wizard(move, payment_date="2024-05-01").installments_mode == "next"
    assert _wizard(move, payment_date="2024-08-01").amount == 100.0
    labels = move.line_ids.filtered(lambda line: line.display_type == "payment_term").mapped("name")
    assert labels == [f"{move.name} installment #1", f"{move.name} installment #2"]


def test_an_early_payment_saves(env: Environment) -> None:
    """Until the last day of the discount, of the tax too."""
    values = {"name": "2/10", "early_discount": True, "discount_percentage": 2.0, "discount_days": 10}
    term = env["account.payment.term"].create(values)
    move = _invoice(env, invoice_payment_term_id=term.id, tax_ids=[env.ref("account.1_sale_tax_template").id])
    assert _wizard(move, payment_date="2024-05-21").amount == 115.0
    wizard = _wizard(move, payment_date="2024-05-20")
    assert (wizard.amount, wizard.payment_difference_handling) == (112.7, "reconcile")
    wizard.action_create_payments()
    assert move.payment_state == "paid"
    balances = move.matched_payment_ids.move_id.line_ids.sorted("id").mapped("balance")
    assert balances == [112.7, -115.0, 2.0, 0.3]


def test_drafts_can_be_paid_entries_cannot(env: Environment) -> None:
    """A draft is settled before it is posted, but for the button that wants posted ones."""
    draft = _invoice(env, post=False)
    with pytest.raises(UserError, match="only register payment for posted"):
        draft.action_register_payment()
    _wizard(draft).action_create_payments()
    assert (draft.state, draft.amount_residual) == ("draft", 0.0)
    lines = [{"account_id": env.ref(f"account.1_{name}").id} for name in ("income", "expense")]
    lines[0]["debit"] = lines[1]["credit"] = 5.0
    entry = env["account.move"].create({"line_ids": [(0, 0, line) for line in lines]})
    entry.action_post()
    with pytest.raises(UserError, match="miscellaneous entries"):
        entry.action_register_payment()


def test_several_invoices_are_paid_one_by_one(env: Environment) -> None:
    """Unless they are grouped; the memo of one is its reference, that of a group a number."""
    first = _invoice(env)
    second = _invoice(env, first.partner_id)
    wizard = _wizard(first | second)
    assert (wizard.group_payment, wizard.can_group_payments) == (False, True)
    assert wizard.communication.startswith("GROUP/")
    wizard.action_create_payments()
    assert [move.matched_payment_ids.memo for move in (first, second)] == [first.name, second.name]
