"""Journals and accounts that are given little."""

from __future__ import annotations

from fauxdoo.mockserver.orm.environment import Environment


def test_a_journal_of_money_is_ready_to_be_paid_through(env: Environment) -> None:
    """With a code of its own, the company's suspense account and payments by hand."""
    journals = env["account.journal"].create([{"name": name, "type": "bank"} for name in ("One", "Two")])
    assert len(set(journals.mapped("code"))) == 2
    assert all(code.startswith("BNK") for code in journals.mapped("code"))
    journal = journals[0]
    assert journal.inbound_payment_method_line_ids.payment_method_id.code == "manual"
    assert len(journal.outbound_payment_method_line_ids) == 1
    assert journal.suspense_account_id == journal.company_id.account_journal_suspense_account_id
    assert (journal.payment_sequence, journal.refund_sequence) == (True, False)


def test_a_journal_of_sales_numbers_refunds_apart(env: Environment) -> None:
    journal = env["account.journal"].create({"name": "Shop", "type": "sale", "code": "SHOP"})
    assert (journal.code, journal.refund_sequence, journal.payment_sequence) == ("SHOP", True, False)
    assert not journal.inbound_payment_method_line_ids


def test_an_account_is_of_the_kind_of_its_neighbour(env: Environment) -> None:
    """The one with the next smaller code; what is claimed or owed reconciles."""
    accounts = env["account.account"]
    receivable = accounts.search([("account_type", "=", "asset_receivable")], limit=1)
    account = accounts.create({"name": "More", "code": f"{receivable.code}1"})
    assert (account.account_type, account.reconcile) == ("asset_receivable", True)
    assert not accounts.create({"name": "Sales", "code": "999999", "account_type": "income"}).reconcile


def test_money_goes_to_the_vendors_bank(env: Environment) -> None:
    """A bill takes the first account of its vendor, a payment too."""
    vendor = env["res.partner"].create({"name": "Vendor"})
    bank = env["res.partner.bank"].create({"acc_number": "1", "partner_id": vendor.id})
    bill = env["account.move"].create({"move_type": "in_invoice", "partner_id": vendor.id})
    assert bill.partner_bank_id == bank
    kinds = {"payment_type": "outbound", "partner_type": "supplier"}
    assert env["account.payment"].create({"partner_id": vendor.id, "amount": 1.0, **kinds}).partner_bank_id == bank


def test_an_account_is_made_by_whom_the_rules_allow(env: Environment) -> None:
    """Its code is written once its companies are there, which the rules look at."""
    admin = env(user=env.ref("base.user_admin").id)
    account = admin["account.account"].create({"name": "More", "code": "123456", "account_type": "expense"})
    assert (account.code, account.company_ids) == ("123456", admin.company)


def test_accounts_are_found_by_code_or_name(env: Environment) -> None:
    accounts = env["account.account"]
    sales = accounts.search([("code", "=", "400000")])
    assert accounts.name_search("4000") == accounts.name_search("Product S") == [(sales.id, sales.display_name)]
    assert accounts.search([("display_name", "=", "400000")]) == sales
    assert accounts.search([("display_name", "=", sales.name)]) == sales
    assert sales not in accounts.search([("display_name", "not ilike", "4000")])
    assert sales not in accounts.search([("display_name", "!=", "400000")])
