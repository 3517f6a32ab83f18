"""Invoices and entries, from draft to posted and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError

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


def test_a_posted_refund_settles_its_invoice(env: Environment) -> None:
    """The wizard leaves a draft; posting it reverses the invoice."""
    move = _invoice(env, 100.0)
    move.action_post()
    context = {"active_model": "account.move", "active_ids": move.ids}
    wizard = env["account.move.reversal"].with_context(**context).create({"date": "2024-06-01"})
    assert (wizard.residual, wizard.move_type, wizard.currency_id.name) == (move.amount_total, "out_invoice", "USD")
    refund = env["account.move"].browse(wizard.refund_moves()["res_id"])
    assert (str(refund.invoice_date_due), move.payment_state) == ("2024-06-01", "not_paid")
    refund.action_post()
    assert (move.payment_state, refund.payment_state) == ("reversed", "paid")


def test_a_document_belongs_into_a_journal_of_its_kind(env: Environment) -> None:
    """Invoices and bills do; and nobody moves an entry that has a number."""
    with pytest.raises(ValidationError, match="sale document in a non sale journal"):
        _invoice(env, 100.0, journal_id=env.ref("account.1_purchase").id)
    move = _invoice(env, 100.0)
    move.action_post()
    with pytest.raises(UserError, match="if it has been posted once"):
        move.journal_id = env.ref("account.1_purchase").id


def test_nothing_is_made_posted(env: Environment) -> None:
    """It has to be a draft first."""
    with pytest.raises(UserError, match="already in the posted state"):
        _invoice(env, 100.0, state="posted")


def test_the_type_of_a_draft_can_be_switched(env: Environment) -> None:
    """A negative amount turns positive; not once it was posted."""
    move = _invoice(env, 100.0)
    move.invoice_line_ids.price_unit = -10.0
    move.action_switch_move_type()
    assert (move.move_type, move.invoice_line_ids.quantity, move.amount_untaxed) == ("out_refund", -1.0, 10.0)
    move.action_post()
    with pytest.raises(ValidationError, match="set in stone"):
        move.action_switch_move_type()


def test_lines_that_an_invoice_makes_are_not_deleted(env: Environment) -> None:
    """Neither taxes nor what is due."""
    move = _invoice(env, 100.0)
    for kind, words in (("tax", "tax report"), ("payment_term", "payment terms")):
        line = move.line_ids.filtered(lambda each, kind=kind: each.display_type == kind)
        with pytest.raises(ValidationError, match=words):
            line.unlink()


def test_what_is_due_is_named_after_the_references(env: Environment) -> None:
    """The entry's own and the one to be quoted; of a bill the vendor's."""
    move = _invoice(env, 100.0)
    move.action_post()
    due = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
    assert due.name == move.name
    move.ref = "PO-1"
    assert due.name == f"PO-1 - {move.name}"
    assert due.display_name == f"{move.name} (PO-1)"


def test_an_entry_on_a_partners_account_counts_for_it(env: Environment) -> None:
    """A customer is who owes, by an invoice or not."""
    partner = env["res.partner"].create({"name": "Debtor"})
    receivable, income = (env.ref(f"account.1_{name}").id for name in ("receivable", "income"))
    lines = [{"account_id": receivable, "partner_id": partner.id, "debit": 5.0}, {"account_id": income, "credit": 5.0}]
    env["account.move"].create({"line_ids": [(0, 0, line) for line in lines]}).action_post()
    assert partner.customer_rank == 1
