"""Employees: a resource that works, and versions of what is agreed with it over time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError

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

    @api.compute("coach_id")
    @api.depends("parent_id")
    def _compute_coach_id(self) -> None:
        """The manager, where nobody else is."""
        for employee in self:
            employee.coach_id = employee.coach_id or employee.parent_id

    @api.compute("legal_name")
    @api.depends("name")
    def _compute_legal_name(self) -> None:
        for employee in self:
            employee.legal_name = employee.legal_name or employee.name

    @api.compute("work_email", "work_phone")
    @api.depends("work_contact_id", "work_contact_id.phone", "work_contact_id.email")
    def _compute_work_details(self) -> None:
        for employee in self:
            employee.work_email = employee.work_contact_id.email
            employee.work_phone = employee.work_contact_id.phone

    @api.inverse("work_email", "work_phone")
    def _inverse_work_details(self) -> None:
        """They are those of a contact, which is made where there is none."""
        for employee in self.sudo():
            details = {"email": employee.work_email, "phone": employee.work_phone}
            if employee.work_contact_id:
                employee.work_contact_id.write(details)
            else:
                own = {"name": employee.name, "company_id": employee.company_id.id, **details}
                employee.work_contact_id = self.env["res.partner"].sudo().create([own])

    @api.search("version_id")
    def _search_version_id(self, operator: str, value: Any) -> list[Any]:
        return [("current_version_id", operator, value)]

    def _is_public(self) -> bool:
        """Whether the user reads public profiles in place of employees."""
        return not self.env.su and not self.has_access("read")

    def read(self, fields: Iterable[str] | None = None, load: str | None = "_classic_read") -> list[dict[str, Any]]:
        """The values, for most users those of public profiles."""
        fields = None if fields is None else list(fields)
        if not self._is_public():
            return list(super().read(fields, load))
        profiles = self.env["hr.employee.public"].browse(self.ids)
        private = [f"“{name}”" for name in fields or () if name in self._fields and name not in profiles._fields]
        if private:
            raise AccessError(
                f"The fields {', '.join(private)}, which you are trying to read, are not available for employee "
                "public profiles."
            )
        return list(profiles.read(fields, load))

    @api.model
    def search(self, domain: Any, offset: int = 0, limit: int | None = None, order: str | None = None) -> Self:
        """The employees, for most users found by their public profiles."""
        if not self._is_public():
            found: Self = super().search(domain, offset, limit, order)
            return found
        return self.browse(self._profiles(domain).search(domain, offset, limit, order).ids)

    @api.model
    def search_read(
        self,
        domain: Any = None,
        fields: Iterable[str] | None = None,
        offset: Any = 0,
        limit: Any = None,
        order: str | None = None,
        **read_kwargs: Any,
    ) -> list[dict[str, Any]]:
        """The values of the employees found, for most users those of public profiles."""
        if not self._is_public():
            return list(super().search_read(domain, fields, offset, limit, order, **read_kwargs))
        return self.search(domain or [], offset, limit, order).read(fields, **read_kwargs)

    @api.model
    def search_count(self, domain: Any, limit: int | None = None) -> int:
        """How many employees, for most users found by their public profiles."""
        if not self._is_public():
            return int(super().search_count(domain, limit))
        return int(self._profiles(domain).search_count(domain, limit))

    def _profiles(self, domain: Any) -> Any:
        """The model of public profiles, unless the domain asks for what they do not tell."""
        profiles = self.env["hr.employee.public"]
        paths = [item[0] for item in domain if isinstance(item, list | tuple) and len(item) == 3]
        if any(str(path).partition(".")[0] not in profiles._fields for path in paths if isinstance(path, str)):
            raise AccessError("You do not have access to this document.")
        return profiles

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
        """Set values, those of the resource on it too; for those of the version it is read first."""
        if any((getattr(self._fields.get(name), "related", None) or "").startswith("version_id.") for name in vals):
            self._check_version_access()
        super().write(vals)
        theirs = {name: vals[name] for name in _OF_RESOURCE if name in vals}
        if theirs:
            self.sudo().resource_id.write(theirs)
        return True

    def _check_version_access(self) -> None:
        """Raise AccessError for who may not see versions (recorded in access/field-groups-read)."""
        version = self._fields["version_id"]
        if not self.env.su and not self.env.access.field_allowed(self, version):
            denial = self.env.access.field_denial(self, version, "read")
            raise AccessError(f"{denial}\n\nImplicitly accessed through '{self._description}' ({self._name}).")

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
