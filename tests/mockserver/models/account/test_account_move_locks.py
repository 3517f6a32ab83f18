"""Closed periods of the books, of sales, purchases and taxes."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

REFUSED = "You cannot add/modify entries prior to and inclusive of: "


@pytest.fixture(autouse=True)
def _day(env: Environment) -> None:
    env.clock.freeze(datetime(2026, 5, 20, 12))


def _invoice(env: Environment, day: str, kind: str = "out_invoice", taxed: bool = True) -> Any:
    partner = env["res.partner"].create({"name": "Partner"})
    tax = env.ref("account.1_sale_tax_template" if kind.startswith("out") else "account.1_purchase_tax_template")
    line = {"name": "Line", "price_unit": 100.0, "tax_ids": [(6, 0, tax.ids if taxed else [])]}
    values = {"move_type": kind, "partner_id": partner.id, "invoice_date": day, "invoice_line_ids": [(0, 0, line)]}
    return env["account.move"].create(values)


def _close(env: Environment, **locks: str | bool) -> None:
    env.company.write(locks)


@pytest.mark.parametrize(
    ("lock", "label"),
    [
        ("fiscalyear_lock_date", "Global Lock Date"),
        ("sale_lock_date", "Sales Lock Date"),
        ("tax_lock_date", "Tax Return Lock Date"),
        ("hard_lock_date", "Hard Lock Date"),
    ],
)
def test_what_is_posted_in_a_closed_period_stays_as_it_is(env: Environment, lock: str, label: str) -> None:
    """Its state, its date, its money; what is not money can still be changed."""
    invoice = _invoice(env, "2026-03-10")
    invoice.action_post()
    _close(env, **{lock: "2026-03-31"})
    for change in (
        invoice.button_draft,
        lambda: invoice.write({"date": "2026-04-10"}),
        lambda: invoice.invoice_line_ids.write({"tax_ids": [(5,)]}),
    ):
        with pytest.raises(UserError) as refusal:
            change()
        assert str(refusal.value) == f"{REFUSED}{label} (03/31/2026)."
    invoice.write({"ref": "still possible"})


def test_locks_of_others_do_not_matter(env: Environment) -> None:
    """Those of purchases to sales, those of taxes to entries without."""
    invoice = _invoice(env, "2026-03-10", taxed=False)
    invoice.action_post()
    _close(env, purchase_lock_date="2026-03-31", tax_lock_date="2026-03-31")
    invoice.button_draft()
    assert invoice.state == "draft"


def test_several_locks_are_named(env: Environment) -> None:
    """In the order of their days."""
    invoice = _invoice(env, "2026-03-10")
    invoice.action_post()
    _close(env, fiscalyear_lock_date="2026-04-30", sale_lock_date="2026-03-31")
    with pytest.raises(UserError) as refusal:
        invoice.button_draft()
    assert str(refusal.value) == f"{REFUSED}Sales Lock Date (03/31/2026), Global Lock Date (04/30/2026)."


def test_nothing_comes_into_a_closed_period(env: Environment) -> None:
    """By a state that is simply set, rather than by posting."""
    invoice = _invoice(env, "2026-03-10")
    _close(env, fiscalyear_lock_date="2026-03-31")
    with pytest.raises(UserError, match="prior to and inclusive of"):
        invoice.write({"state": "posted"})


@pytest.mark.parametrize(
    ("kind", "earlier", "booked"),
    [
        ("out_invoice", False, date(2026, 4, 30)),
        ("out_invoice", True, date(2026, 5, 20)),
        ("in_invoice", False, date(2026, 4, 30)),
        ("entry", False, date(2026, 4, 30)),
    ],
)
def test_what_is_posted_late_is_booked_in_the_first_open_period(
    env: Environment, kind: str, earlier: bool, booked: date
) -> None:
    """At its end, which is today where the journal counts by year; the date of an invoice stays."""
    if earlier:
        _invoice(env, "2026-02-10").action_post()
    _close(env, fiscalyear_lock_date="2026-03-31")
    if kind == "entry":
        accounts = env["account.account"].search([("account_type", "in", ["income", "expense"])])
        items = [
            (0, 0, {"account_id": each.id, "debit": 5 * i, "credit": 5 - 5 * i}) for i, each in enumerate(accounts[:2])
        ]
        move = env["account.move"].create({"date": "2026-03-10", "line_ids": items})
    else:
        move = _invoice(env, "2026-03-10", kind)
    if kind != "in_invoice":  # the date of a bill is not in the period from the beginning
        assert move.tax_lock_date_message == (
            "The date is being set prior to: Global Lock Date (03/31/2026). "
            f"The Journal Entry will be accounted on {booked:%m/%d/%Y} upon posting."
        )
    move.action_post()
    assert (move.state, move.date) == ("posted", booked)
    assert move.tax_lock_date_message is False
    if kind != "entry":
        assert move.invoice_date == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("earlier", "refusal"), [(False, "cannot be removed"), ("2025-12-31", r"posterior \(or equal\) to the previous")]
)
def test_what_is_closed_for_good_is_not_opened(env: Environment, earlier: Any, refusal: str) -> None:
    _close(env, hard_lock_date="2026-01-31")
    _close(env, hard_lock_date="2026-02-28")
    assert env.company.user_hard_lock_date == date(2026, 2, 28)
    assert env.company.read(["user_sale_lock_date"])[0]["user_sale_lock_date"] == "0001-01-01"
    with pytest.raises(UserError, match=refusal):
        _close(env, hard_lock_date=earlier)
