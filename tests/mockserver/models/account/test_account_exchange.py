"""Claims in another currency, settled at another rate than they were booked at (Odoo 19.0, `reconcile`)."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.fixture
def euro(env: Environment) -> Any:
    """0.8 for a dollar from January on, 0.9 from June."""
    euro = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    euro.active = True
    for day, rate in (("2024-01-01", 0.8), ("2024-06-01", 0.9)):
        env["res.currency.rate"].create({"currency_id": euro.id, "name": day, "rate": rate})
    return euro


@pytest.fixture
def invoice(env: Environment, euro: Any) -> Any:
    """100 euros, 125 dollars when it was posted."""
    line = (0, 0, {"name": "Line", "price_unit": 100.0, "tax_ids": []})
    customer = env["res.partner"].create({"name": "Customer"})
    values = {"move_type": "out_invoice", "partner_id": customer.id, "currency_id": euro.id}
    move = env["account.move"].create({**values, "invoice_date": "2024-03-05", "invoice_line_ids": [line]})
    move.action_post()
    return move


def _pay(env: Environment, invoice: Any, **values: Any) -> Any:
    context = {"active_model": "account.move", "active_ids": invoice.ids}
    wizard = env["account.payment.register"].with_context(**context).create({"payment_date": "2024-07-10", **values})
    wizard.action_create_payments()
    return invoice.reconciled_payment_ids


def _claim(invoice: Any) -> Any:
    return invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")


def test_a_loss_is_booked(env: Environment, invoice: Any) -> None:
    """100 euros are worth 111.11 dollars in July; what is missing is an entry, in euros nothing, of the month's end."""
    payment = _pay(env, invoice)
    assert (invoice.payment_state, invoice.amount_residual) == ("paid", 0.0)
    claim = _claim(invoice)
    partial, rest = claim.matched_credit_ids.sorted("id")
    exchange = partial.exchange_move_id
    assert (partial.amount, partial.debit_amount_currency, rest.amount) == (111.11, 100.0, 13.89)
    assert (exchange.name, str(exchange.date), exchange.state) == ("EXCH/2024/07/0001", "2024-07-31", "posted")
    settling, loss = exchange.line_ids.sorted("id")
    assert (settling.credit, settling.amount_currency, settling.account_id) == (13.89, 0.0, claim.account_id)
    assert (loss.debit, loss.account_id.name) == (13.89, "Foreign Exchange Loss")
    whole = claim.full_reconcile_id
    assert {line.full_reconcile_id for line in (settling, *payment.move_id.line_ids[1])} == {whole}
    assert (claim.matching_number, claim.amount_residual, claim.reconciled) == (str(whole.id), 0.0, True)


def test_a_loss_shows_on_the_invoice(env: Environment, invoice: Any) -> None:
    """Beside the payment, in the currency of the company."""
    _pay(env, invoice)
    paid, lost = invoice.read(["invoice_payments_widget"])[0]["invoice_payments_widget"]["content"]
    assert (paid["amount"], paid["currency_id"], paid["is_exchange"]) == (100.0, invoice.currency_id.id, False)
    assert (lost["amount"], lost["currency_id"], lost["is_exchange"]) == (13.89, env.company.currency_id.id, True)
    assert paid["amount_foreign_currency"] == "100.00\xa0€"


def test_a_gain_is_booked(env: Environment, invoice: Any, euro: Any) -> None:
    """What a customer pays when euros are dear."""
    env["res.currency.rate"].create({"currency_id": euro.id, "name": "2024-07-01", "rate": 0.5})
    _pay(env, invoice)
    exchange = _claim(invoice).matched_credit_ids.exchange_move_id
    settling, gain = exchange.line_ids.sorted("id")
    assert (settling.debit, gain.credit, gain.account_id.name) == (75.0, 75.0, "Foreign Exchange Gain")
    assert settling.reconciled


def test_a_part_keeps_the_rate_of_the_rest(env: Environment, invoice: Any) -> None:
    """Of half the euros half the dollars go, by the payment and as a difference."""
    _pay(env, invoice, amount=50.0)
    claim = _claim(invoice)
    assert (claim.amount_residual, claim.amount_residual_currency) == (62.5, 50.0)
    assert claim.matched_credit_ids.sorted("id").mapped("amount") == [55.56, 6.94]
    assert (invoice.payment_state, claim.matching_number[:1]) == ("partial", "P")


def test_dollars_settle_euros(env: Environment, invoice: Any) -> None:
    """At the rate of the day they are paid."""
    payment = _pay(env, invoice, currency_id=env.company.currency_id.id)
    assert payment.amount == 111.11
    assert (invoice.payment_state, invoice.amount_residual) == ("paid", 0.0)
    assert _claim(invoice).matched_credit_ids.sorted("id").mapped("amount") == [111.11, 13.89]


def test_no_difference_at_one_rate(env: Environment, invoice: Any) -> None:
    """Nothing is booked, not for parts that round either."""
    for amount in (33.33, 33.33, 33.34):
        _pay(env, invoice, amount=amount, payment_date="2024-03-20")
    claim = _claim(invoice)
    assert (claim.reconciled, claim.amount_residual) == (True, 0.0)
    assert not claim.matched_credit_ids.exchange_move_id


def test_what_is_unsettled_takes_the_difference_back(env: Environment, invoice: Any) -> None:
    """By an opposite entry; the claim is as open as before."""
    _pay(env, invoice)
    claim = _claim(invoice)
    exchange = claim.matched_credit_ids.exchange_move_id
    claim.remove_move_reconcile()
    assert (claim.amount_residual, claim.amount_residual_currency, claim.matching_number) == (125.0, 100.0, False)
    opposite = env["account.move"].search([("reversed_entry_id", "=", exchange.id)])
    assert (opposite.state, opposite.ref) == ("posted", f"Reversal of: {exchange.name}")
    assert exchange.line_ids.filtered(lambda line: line.account_id == claim.account_id).reconciled


def test_a_company_without_the_journal(env: Environment, invoice: Any) -> None:
    """Is told, and nothing is paid."""
    env.company.currency_exchange_journal_id = False
    with pytest.raises(UserError, match="You have to configure the 'Exchange Gain or Loss Journal'"):
        _pay(env, invoice)


def test_oldest_claims_first(env: Environment) -> None:
    """What is due first is settled first, whatever the order of the items."""
    lines = [(0, 0, {"account_id": 5, "debit": 60.0, "date_maturity": day}) for day in ("2024-06-01", "2024-05-01")]
    move = env["account.move"].create({"line_ids": [*lines, (0, 0, {"account_id": 26, "credit": 120.0})]})
    pay = [(0, 0, {"account_id": 5, "credit": 90.0}), (0, 0, {"account_id": 45, "debit": 90.0})]
    paying = env["account.move"].create({"line_ids": pay})
    (move | paying).action_post()
    (move.line_ids | paying.line_ids).filtered(lambda line: line.account_id.id == 5).reconcile()
    assert move.line_ids.sorted("id")[:2].mapped("amount_residual") == [30.0, 0.0]
