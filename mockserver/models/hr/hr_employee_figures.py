"""Who works below whom, and how many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["HrEmployeeFigures"]

_NEW = timedelta(days=90)
"""How long an employee is new."""


class HrEmployeeFigures(models.Model):
    """Counts of an employee's reports, bank accounts and versions."""

    _inherit = "hr.employee"

    @api.compute("child_count", "child_all_count", "subordinate_ids")
    def _compute_subordinates(self) -> None:
        for employee in self:
            below = employee._below()
            employee.child_count, employee.child_all_count = len(employee.child_ids), len(below)
            employee.subordinate_ids = below.ids

    def _below(self) -> Any:
        """Those who report to this one, and to them, each once."""
        found, level = self.browse(), self.child_ids - self
        while level:
            found |= level
            level = level.child_ids - found - self
        return found

    @api.compute("newly_hired")
    def _compute_newly_hired(self) -> None:
        """Of the last 90 days."""
        since = self.env.transaction.now - _NEW
        for employee in self:
            employee.newly_hired = bool(employee.create_date) and employee.create_date > since

    @api.search("newly_hired")
    def _search_newly_hired(self, operator: str, value: Any) -> list[Any]:
        since = self.env.transaction.now - _NEW
        employees = self.sudo().search([("create_date", ">", since)])
        return [("id", "in" if asks_yes(operator, value) else "not in", employees.ids)]

    @api.search("is_subordinate")
    def _search_is_subordinate(self, operator: str, value: Any) -> list[Any]:
        mine = self.env.user.employee_id.sudo().subordinate_ids
        return [("id", "in" if asks_yes(operator, value) else "not in", mine.ids)]

    @api.compute("is_subordinate")
    def _compute_is_subordinate(self) -> None:
        mine = self.env.user.employee_id.sudo().subordinate_ids
        for employee in self:
            employee.is_subordinate = employee.id in mine.ids

    @api.compute("versions_count")
    def _compute_versions_count(self) -> None:
        for employee in self:
            employee.versions_count = len(employee.sudo().version_ids)

    @api.compute("primary_bank_account_id", "has_multiple_bank_accounts")
    def _compute_bank_accounts(self) -> None:
        for employee in self:
            employee.primary_bank_account_id = employee.sudo().bank_account_ids[:1].id
            employee.has_multiple_bank_accounts = len(employee.sudo().bank_account_ids) > 1

    @api.compute("related_partners_count")
    def _compute_related_partners_count(self) -> None:
        for employee in self:
            employee.related_partners_count = len(employee.sudo().work_contact_id | employee.sudo().user_id.partner_id)
