"""What is agreed with an employee from a date on."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["HrVersion"]


class HrVersion(models.Model):
    """A version is of the company of its employee."""

    _inherit = "hr.version"

    @api.compute("job_title")
    @api.depends("job_id.name")
    def _compute_job_title(self) -> None:
        for version in self:
            custom = version.is_custom_job_title or not version.job_id
            version.job_title = version.job_title if custom else version.job_id.name

    @api.compute("company_id")
    @api.depends("employee_id.company_id")
    def _compute_company_id(self) -> None:
        for version in self:
            version.company_id = version.employee_id.company_id or version.company_id or self.env.company
