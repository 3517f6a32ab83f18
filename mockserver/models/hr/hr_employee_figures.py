"""Who works below whom, and how many."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["HrEmployeeFigures"]


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
