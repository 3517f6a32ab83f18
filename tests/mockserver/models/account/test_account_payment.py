"""Payments, alone and for invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment


def _posted(env: Environment, price: float) -> Any:
    partner = env["res.partner"].create({"name": "Customer"})
    line = (0, 0, {"name": "Line", "price_unit": price, "tax_ids": []})
    values = {"move_type": "out_invoice", "partner_id": partner.id, "invoice_line_ids": [line]}
    move = env["account.move"].create(values)
    move.action_post()
    return move


def _wizard(env: Environment, moves: Any, **values: Any) -> Any:
    context = {"active_model": "account.move", "active_ids": moves.ids}
    return env["account.payment.register"].with_context(**context).create(values)


def test_a_registered_payment_settles_the_invoice(env: Environment) -> None:
    """The whole amount makes the invoice paid, and the payment with it."""
    move = _posted(env, 100.0)
    _wizard(env, move).action_create_payments()
    assert (move.payment_state, move.amount_residual) == ("paid", 0.0)
    assert move.matched_payment_ids.state == "paid"


def test_a_smaller_payment_leaves_the_rest_open(env: Environment) -> None:
    """Residual is total less payments."""
    move = _posted(env, 100.0)
    _wizard(env, move, amount=30.0).action_create_payments()
    assert (move.payment_state, move.amount_residual) == ("partial", 70.0)
    _wizard(env, move).action_create_payments()
    assert (move.payment_state, move.amount_residual) == ("paid", 0.0)


def test_nothing_left_to_pay_is_refused(env: Environment) -> None:
    """A paid invoice takes no further payment."""
    move = _posted(env, 100.0)
    _wizard(env, move).action_create_payments()
    with pytest.raises(UserError, match="nothing left to pay"):
        _wizard(env, move)


def test_a_direct_payment_gets_an_entry_when_posted(env: Environment) -> None:
    """Draft, in process with an entry and a number, paid once validated."""
    payment = env["account.payment"].create({"amount": 5.0})
    assert (payment.state, payment.name) == ("draft", False)
    payment.action_post()
    assert (payment.state, payment.move_id.state) == ("in_process", "posted")
    assert payment.name.startswith("PBNK1/")
    payment.action_validate()
    assert payment.state == "paid"


def test_modifying_reverses_an_invoice_and_makes_a_draft(env: Environment) -> None:
    """The refund settles the invoice; a draft that looks like it is there to be corrected."""
    move = _posted(env, 100.0)
    context = {"active_model": "account.move", "active_ids": move.ids}
    wizard = env["account.move.reversal"].with_context(**context).create({})
    action = wizard.modify_moves()
    assert move.payment_state == "reversed"
    draft = env["account.move"].browse(action["res_id"])
    assert (draft.state, draft.move_type, draft.amount_total) == ("draft", "out_invoice", 100.0)


def test_refunding_makes_a_draft_refund(env: Environment) -> None:
    """A refund of the same amount, still to be posted; the invoice stays open."""
    move = _posted(env, 100.0)
    context = {"active_model": "account.move", "active_ids": move.ids}
    action = env["account.move.reversal"].with_context(**context).create({}).refund_moves()
    refund = env["account.move"].browse(action["res_id"])
    assert (refund.move_type, refund.state, refund.amount_total) == ("out_refund", "draft", 100.0)
    assert move.payment_state == "not_paid"
    assert refund.reversed_entry_id == move


def test_a_payment_in_process_has_an_entry(env: Environment) -> None:
    """However it came there; the items are due on its day and named after the way to pay."""
    payment = env["account.payment"].create({"amount": 5.0, "memo": "INV/7", "date": "2024-05-20"})
    payment.action_validate()
    assert (payment.state, payment.move_id.state) == ("paid", "posted")
    assert set(payment.move_id.line_ids.mapped("name")) == {"Manual Payment: INV/7"}
    assert {str(day) for day in payment.move_id.line_ids.mapped("date_maturity")} == {"2024-05-20"}


def test_a_draft_again_keeps_its_entry(env: Environment) -> None:
    """Another amount changes the items, and what they settled is open again; the number stays."""
    move = _posted(env, 100.0)
    _wizard(env, move, amount=30.0).action_create_payments()
    payment = move.matched_payment_ids
    name, entry = payment.name, payment.move_id
    payment.action_draft()
    assert move.amount_residual == 70.0
    payment.amount = 40.0
    assert move.amount_residual == 100.0
    payment.action_post()
    assert (payment.name, payment.move_id) == (name, entry)
    assert sorted(entry.line_ids.mapped("balance")) == [-40.0, 40.0]


def test_a_posted_payment_can_be_deleted(env: Environment) -> None:
    """Its entry goes too, and the invoice is open again."""
    move = _posted(env, 100.0)
    _wizard(env, move).action_create_payments()
    payment = move.matched_payment_ids
    entry = payment.move_id
    payment.unlink()
    assert not entry.exists()
    assert (move.payment_state, move.amount_residual) == ("not_paid", 100.0)
