"""Employees."""

from fauxdoo.mockserver.models.hr import hr_employee, hr_employee_public

__all__ = ["hr_employee", "hr_employee_public"]
