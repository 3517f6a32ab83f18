"""Employees: a resource that works, and versions of what is agreed with it over time."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from fauxdoo.mockserver import api, models

__all__ = ["HrEmployee"]

_OF_RESOURCE = ("name", "company_id", "user_id", "tz", "active")


class HrEmployee(models.Model):
    """An employee has a resource from the start and at least one version, whose fields it shows as its own."""

    _inherit = "hr.employee"

    @api.compute("current_version_id")
    @api.depends("version_ids.date_version")
    def _compute_current_version_id(self) -> None:
        """The latest version that has begun, or else the first one."""
        today = self.env.transaction.now.date()
        for employee in self:
            versions = employee.sudo().version_ids.sorted(
                lambda version: (version.date_version or date.min, version.id)
            )
            begun = versions.filtered(lambda version: (version.date_version or date.min) <= today)
            employee.current_version_id = (begun[-1:] or versions[:1]).id

    @api.compute("version_id")
    @api.depends("current_version_id")
    def _compute_version_id(self) -> None:
        for employee in self:
            employee.version_id = employee.current_version_id

    @api.search("version_id")
    def _search_version_id(self, operator: str, value: Any) -> list[Any]:
        return [("current_version_id", operator, value)]

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make employees with their resources and first versions."""
        self.check_access("create")
        prepared = [self._with_parts(vals) for vals in vals_list]
        employees = super(HrEmployee, self.sudo()).create(prepared)  # the rules look at the version: they come after it
        for employee, vals in zip(employees, prepared, strict=True):
            employee.env["hr.version"].browse(vals["version_id"]).employee_id = employee
        made: Self = employees.sudo(self.env.su)
        made.check_access("create")
        return made

    def _with_parts(self, vals: dict[str, Any]) -> dict[str, Any]:
        """The values with a version, and with a resource unless they name one."""
        rest = dict(vals)
        if not rest.get("version_id"):
            rest["version_id"] = self.env["hr.version"].create([self._take_inherited(rest, "version_id")]).id
        if not rest.get("resource_id"):
            resource = {"company_id": self.env.company.id, "name": False}
            resource |= {name: rest[name] for name in _OF_RESOURCE if name in rest}
            rest["resource_id"] = self.env["resource.resource"].create([resource]).id
        return rest

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, those of the resource on it too."""
        super().write(vals)
        theirs = {name: vals[name] for name in _OF_RESOURCE if name in vals}
        if theirs:
            self.sudo().resource_id.write(theirs)
        return True

    def copy_data(self, default: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """A copy gets a resource of its own."""
        copied = super().copy_data(default)
        kept = default or {}
        for employee, vals in zip(self, copied, strict=True):
            if "resource_id" not in kept:
                vals.pop("resource_id", None)
            vals.setdefault("name", employee.name)
        return copied

    def unlink(self) -> bool:
        """Delete employees with their versions and resources."""
        versions, resources = self.sudo().version_ids, self.sudo().resource_id
        super().unlink()
        versions.unlink()
        resources.unlink()
        return True
