"""Employees."""

from fauxdoo.mockserver.models.hr import (
    hr_department,
    hr_employee,
    hr_employee_figures,
    hr_employee_public,
    hr_version,
)

__all__ = [
    "hr_department",
    "hr_employee",
    "hr_employee_figures",
    "hr_employee_public",
    "hr_version",
]
