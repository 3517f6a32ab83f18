"""Small figures that forms and lists of contacts and users show."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from fauxdoo.mockserver import api, models

__all__ = ["ResPartnerFigures", "ResUsersFigures"]


class ResPartnerFigures(models.Model):
    """Labels by country, counts of what belongs to a contact."""

    _inherit = "res.partner"

    @api.compute("vat_label", "company_registry_label")
    def _compute_labels(self) -> None:
        for partner in self:
            partner.vat_label = self.env.company.country_id.vat_label or "Tax ID"
            partner.company_registry_label = "Company ID"

    @api.compute("tz_offset")
    def _compute_tz_offset(self) -> None:
        for partner in self:
            partner.tz_offset = _offset(self.env, partner.tz)

    @api.compute("currency_id")
    def _compute_currency_id(self) -> None:
        for partner in self:
            partner.currency_id = (partner.company_id.sudo() or self.env.company).currency_id

    @api.compute("fiscal_country_codes")
    def _compute_fiscal_country_codes(self) -> None:
        for partner in self:
            companies = partner.company_id or self.env.companies
            partner.fiscal_country_codes = ",".join(companies.sudo().account_fiscal_country_id.mapped("code"))

    @api.compute("im_status")
    def _compute_im_status(self) -> None:
        """Nobody is online: presence is told by browsers only."""
        robot = self.env.ref("base.partner_root")
        for partner in self:
            here = "offline" if partner.sudo().user_ids else "im_partner"
            partner.im_status = "bot" if partner == robot else here

    @api.compute("bank_account_count")
    def _compute_bank_account_count(self) -> None:
        for partner in self:
            partner.bank_account_count = len(partner.sudo().bank_ids)

    @api.compute("payment_token_count")
    def _compute_payment_token_count(self) -> None:
        for partner in self:
            partner.payment_token_count = len(partner.sudo().payment_token_ids)

    @api.compute("account_move_count")
    def _compute_account_move_count(self) -> None:
        moves = self.env["account.move"].sudo()
        for partner in self:
            domain = [("partner_id", "child_of", partner.id), ("move_type", "in", moves.get_invoice_types(True))]
            partner.account_move_count = moves.search_count(domain)

    @api.compute("task_count")
    def _compute_task_count(self) -> None:
        tasks = self.env["project.task"].sudo()
        for partner in self:
            domain = [("partner_id", "child_of", partner.id), ("project_id", "!=", False)]
            partner.task_count = tasks.search_count(domain)

    @api.compute("meeting_count")
    def _compute_meeting_count(self) -> None:
        events = self.env["calendar.event"].sudo()
        for partner in self:
            partner.meeting_count = events.search_count([("partner_ids", "child_of", partner.id)])

    @api.compute("employees_count")
    def _compute_employees_count(self) -> None:
        for partner in self:
            known = partner.sudo().employee_ids.filtered(lambda each: each.company_id in self.env.companies)
            partner.employees_count = len(known)


class ResUsersFigures(models.Model):
    """Who a user is to the apps that ask."""

    _inherit = "res.users"

    @api.compute("tz_offset")
    def _compute_tz_offset(self) -> None:
        for user in self:
            user.tz_offset = _offset(self.env, user.tz)

    @api.compute("is_system", "is_hr_user")
    def _compute_is_system(self) -> None:
        for user in self:
            user.is_system = self.env.user._has_group("base.group_system")
            user.is_hr_user = self.env.user._has_group("hr.group_hr_user")

    @api.compute("employee_id", "employee_count")
    def _compute_employee_id(self) -> None:
        employees = self.env["hr.employee"].sudo()
        for user in self:
            own = employees.search([("user_id", "=", user.id), ("company_id", "=", self.env.company.id)], limit=1)
            user.employee_id = own.id
            user.employee_count = len(user.sudo().with_context(active_test=False).employee_ids)

    @api.search("employee_id")
    def _search_employee_id(self, operator: str, value: Any) -> list[Any]:
        return [("employee_ids", operator, value)]

    @api.compute("crm_team_ids")
    def _compute_crm_team_ids(self) -> None:
        for user in self:
            user.crm_team_ids = user.sudo().crm_team_member_ids.crm_team_id.ids

    @api.compute("sale_team_id")
    @api.depends("crm_team_member_ids.crm_team_id", "crm_team_member_ids.active")
    def _compute_sale_team_id(self) -> None:
        for user in self:
            user.sale_team_id = user.sudo().crm_team_member_ids.sorted("id")[:1].crm_team_id

    @api.search("crm_team_ids")
    def _search_crm_team_ids(self, operator: str, value: Any) -> list[Any]:
        return [("crm_team_member_ids.crm_team_id", operator, value)]

    @api.compute("im_status")
    def _compute_im_status(self) -> None:
        """Nobody is online: presence is told by browsers only."""
        for user in self:
            user.im_status = "offline"


def _offset(env: Any, zone: str | bool) -> str:
    """`+0200`, of a time zone now; GMT without one."""
    now = env.clock.now().replace(tzinfo=UTC)
    return str(now.astimezone(ZoneInfo(str(zone or "GMT"))).strftime("%z"))
