"""What the widgets of an invoice show of its payments."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm.environment import Environment


def _posted(env: Environment, customer: Any, price: float) -> Any:
    line = (0, 0, {"name": "Line", "price_unit": price, "tax_ids": []})
    values = {"move_type": "out_invoice", "partner_id": customer.id, "invoice_line_ids": [line]}
    move = env["account.move"].create(values)
    move.action_post()
    return move


def test_a_payment_shows_on_its_invoice(env: Environment) -> None:
    """Part by part, with what it was paid by."""
    move = _posted(env, env["res.partner"].create({"name": "Customer"}), 100.0)
    assert move.read(["invoice_payments_widget"])[0]["invoice_payments_widget"] is False
    context = {"active_model": "account.move", "active_ids": move.ids}
    env["account.payment.register"].with_context(**context).create({"amount": 30.0}).action_create_payments()
    widget = move.read(["invoice_payments_widget"])[0]["invoice_payments_widget"]
    (part,) = widget["content"]
    assert (widget["title"], widget["outstanding"]) == ("Less Payment", False)
    assert (part["amount"], part["amount_company_currency"]) == (30.0, "$\xa030.00")
    assert part["account_payment_id"] == move.reconciled_payment_ids.id
    assert (part["payment_method_name"], part["is_refund"]) == ("Manual Payment", False)
    assert move.payment_count == 1
    assert move in env["account.move"].search([("reconciled_payment_ids", "in", move.reconciled_payment_ids.ids)])


def test_what_a_customer_has_paid_in_advance_is_offered(env: Environment) -> None:
    """Open items of the same customer and account, on posted invoices with something left to pay."""
    customer = env["res.partner"].create({"name": "Customer"})
    payment = env["account.payment"].create({"partner_id": customer.id, "amount": 50.0})
    payment.action_post()
    move = _posted(env, customer, 100.0)
    widget = move.read(["invoice_outstanding_credits_debits_widget"])[0]["invoice_outstanding_credits_debits_widget"]
    (item,) = widget["content"]
    assert (widget["title"], item["amount"]) == ("Outstanding credits", 50.0)
    move.js_assign_outstanding_line(item["id"])
    assert move.amount_residual == 50.0
    other = _posted(env, env["res.partner"].create({"name": "Other"}), 10.0)
    assert not other.invoice_has_outstanding


def test_figures_of_an_entry(env: Environment) -> None:
    """Journals that suit it, the country of its taxes, whether it was sent."""
    move = _posted(env, env["res.partner"].create({"name": "Customer"}), 10.0)
    assert (move.invoice_filter_type_domain, move.tax_country_code) == ("sale", "US")
    assert set(move.suitable_journal_ids.mapped("type")) == {"sale"}
    assert (move.move_sent_values, move.hide_post_button) == ("not_sent", True)
    assert move in env["account.move"].search([("move_sent_values", "=", "not_sent")])
    assert move not in env["account.move"].search([("move_sent_values", "=", "sent")])


def test_groups_and_balances_of_accounts(env: Environment) -> None:
    """The type says the group, posted entries the balance."""
    account = env["account.account"].search([("account_type", "=", "income")], limit=1)
    before = account.current_balance
    line = (0, 0, {"name": "Line", "price_unit": 40.0, "tax_ids": [], "account_id": account.id})
    customer = env["res.partner"].create({"name": "Customer"})
    env["account.move"].create(
        {"move_type": "out_invoice", "partner_id": customer.id, "invoice_line_ids": [line]}
    ).action_post()
    account.env.transaction.invalidate()
    assert (account.internal_group, account.include_initial_balance, account.used) == ("income", False, True)
    assert account.current_balance == before - 40.0
    assets = env["account.account"].search([("internal_group", "=", "asset")])
    assert assets
    assert set(assets.mapped("internal_group")) == {"asset"}
    assert account in env["account.account"].search([("include_initial_balance", "=", False), ("used", "=", True)])
