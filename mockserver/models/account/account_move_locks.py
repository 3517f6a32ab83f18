"""Closed periods: what is posted in them stays as it is, and what is posted later falls into the first open one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.account_move_naming import BY_YEAR
from fauxdoo.mockserver.models.account.account_payment_term import end_of_month

__all__ = ["AccountMoveLineLocks", "AccountMoveLocks", "ResCompanyLocks"]

_NEVER = date.min
_KINDS = ("fiscalyear_lock_date", "sale_lock_date", "purchase_lock_date", "tax_lock_date", "hard_lock_date")
_OF_JOURNALS = {"sale": "sale_lock_date", "purchase": "purchase_lock_date"}
_TAXES = frozenset({"balance", "debit", "credit", "tax_line_id", "tax_ids", "tax_tag_ids"})
_MONEY = _TAXES | {"account_id", "journal_id", "amount_currency", "currency_id", "partner_id"}

Lock = tuple[date, str]
"""The last closed day, and the field of the company that says so."""


class ResCompanyLocks(models.Model):
    """Says which periods are closed."""

    _inherit = "res.company"

    @api.compute(*(f"user_{kind}" for kind in _KINDS))
    def _compute_user_lock_dates(self) -> None:
        """The latest of the company and those above it; exceptions for users are not looked at."""
        for company in self:
            above = (company | company.parent_ids).sudo()
            for kind in _KINDS:
                company[f"user_{kind}"] = max((each[kind] or _NEVER for each in above), default=_NEVER)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError where a period that is closed for good would be opened."""
        before = {company.id: company.hard_lock_date for company in self} if "hard_lock_date" in vals else {}
        super().write(vals)
        for company in self:
            closed = before.get(company.id)
            if closed and not company.hard_lock_date:
                raise UserError("The Hard Lock Date cannot be removed.")
            if closed and company.hard_lock_date < closed:
                raise UserError("A new Hard Lock Date must be posterior (or equal) to the previous one.")
        return True

    def _locks(self, day: date, kinds: Iterable[str]) -> list[Lock]:
        """The locks of these kinds that close a day, the earliest first."""
        found = [(self[f"user_{kind}"], kind) for kind in kinds]
        return sorted((last, kind) for last, kind in found if last and day <= last)

    def _lock_words(self, locks: Iterable[Lock]) -> str:
        return ", ".join(f"{self._fields[kind].string} ({last:%m/%d/%Y})" for last, kind in locks)


class AccountMoveLocks(models.Model):
    """Is not posted, changed or taken back in a closed period."""

    _inherit = "account.move"

    @api.compute("tax_lock_date_message")
    def _compute_tax_lock_date_message(self) -> None:
        for move in self:
            day = move.date or self.env.clock.today()
            locks = move._locks(day) if move.state == "draft" else []
            move.tax_lock_date_message = move._late_words(day, locks) if locks else False

    def _late_words(self, day: date, locks: list[Lock]) -> str:
        return (
            f"The date is being set prior to: {self.company_id._lock_words(locks)}. "
            f"The Journal Entry will be accounted on {self._accounting_date(day):%m/%d/%Y} upon posting."
        )

    def _post(self) -> None:
        for move in self.filtered("date"):
            if move._locks(move.date):
                move.write({"date": move._accounting_date(move.invoice_date or move.date)})
        super()._post()  # type: ignore[misc]

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError where a posted entry is in a closed period, or comes into one."""
        for move in self.filtered(lambda each: each.state == "posted"):
            changes = any(name in vals and str(vals[name]) != str(move[name]) for name in ("name", "date"))
            if changes or vals.get("state", "posted") != "posted":
                move._check_locks()
        super().write(vals)
        if "date" in vals or "state" in vals:
            self.filtered(lambda each: each.state == "posted")._check_locks()
        return True

    def _check_locks(self, fiscal: bool = True, taxes: bool = True) -> None:
        """Raise UserError where an entry is in a closed period: of the books, of its taxes."""
        for move in self:
            locks = move.company_id._locks(move.date, move._kinds_of_locks()) if fiscal else []
            if not locks and taxes and move._has_taxes():
                locks = move.company_id._locks(move.date, ["tax_lock_date", "hard_lock_date"])
            if locks:
                words = move.company_id._lock_words(locks)
                raise UserError(f"You cannot add/modify entries prior to and inclusive of: {words}.")

    def _kinds_of_locks(self) -> list[str]:
        own = _OF_JOURNALS.get(self.journal_id.type)
        return ["fiscalyear_lock_date", *([own] if own else []), "hard_lock_date"]

    def _locks(self, day: date) -> list[Lock]:
        """What keeps the entry from being booked on a day."""
        taxes = ["tax_lock_date"] if self._has_taxes() else []
        locks: list[Lock] = self.company_id._locks(day, [*self._kinds_of_locks(), *taxes])
        return locks

    def _has_taxes(self) -> bool:
        return any(line.tax_ids or line.tax_line_id or line.tax_tag_ids for line in self.line_ids)

    def _accounting_date(self, day: date) -> date:
        """The day to book on: the first that is open, and for all but sales one that keeps numbers in order.

        That is the end of the period the journal counts by, or today in the present one (recorded in purchase).
        """
        locks, today = self._locks(day), self.env.clock.today()
        if locks:
            day = locks[-1][0] + timedelta(days=1)
        domain = [("journal_id", "=", self.journal_id.id), ("name", "not in", [False, "/"]), ("id", "!=", self.id)]
        yearly = self.journal_id.type in BY_YEAR and bool(self.sudo().search_count(domain, limit=1))
        end = _end_of_year(day) if yearly else end_of_month(day)
        if self.is_sale_document(True):
            return min(today, end) if locks else day
        return end if today > end else max(day, today)


class AccountMoveLineLocks(models.Model):
    """An item of a posted entry in a closed period."""

    _inherit = "account.move.line"

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for those of money in a closed period."""
        posted = self.move_id.filtered(lambda move: move.state == "posted")
        if posted and not _MONEY.isdisjoint(vals):
            posted._check_locks(taxes=not _TAXES.isdisjoint(vals))
        super().write(vals)
        return True


def _end_of_year(day: date) -> date:
    return day.replace(month=12, day=31)
