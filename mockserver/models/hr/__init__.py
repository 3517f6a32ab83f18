"""Employees."""

from fauxdoo.mockserver.models.hr import hr_employee

__all__ = ["hr_employee"]
