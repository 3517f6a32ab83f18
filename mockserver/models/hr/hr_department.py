"""Departments: a tree, named by its paths."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.operators import POSITIVE

__all__ = ["HrDepartment"]


class HrDepartment(models.Model):
    """The root of its branch is its master."""

    _inherit = "hr.department"

    @api.compute("complete_name")
    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self) -> None:
        for department in self:
            above = department.parent_id
            department.complete_name = f"{above.complete_name} / {department.name}" if above else department.name

    @api.search("complete_name")
    def _search_complete_name(self, operator: str, value: Any) -> list[Any]:
        """Departments are asked one by one. Raises NotImplementedError for what is no text, and most operators."""
        positive = POSITIVE.get(operator, operator)
        values = value if isinstance(value, (tuple, list)) else [value]
        if operator not in _ASKED or not all(isinstance(each, str) for each in values):
            raise NotImplementedError("Operation not Supported.")
        fits = _FITS[positive]
        departments = self.search([]).filtered(lambda each: any(fits(each.complete_name, text) for text in values))
        return [("id", "in" if positive == operator else "not in", departments.ids)]

    def _compute_display_name(self) -> None:
        """The path; the name alone with `hierarchical_naming` off."""
        full = self.env.context.get("hierarchical_naming", True)
        for department in self:
            department.display_name = department.complete_name if full else department.name

    @api.model
    def name_create(self, name: str) -> tuple[int, str]:
        """Make a department of this name."""
        department = self.create([{"name": name}])
        return department.id, department.display_name

    @api.compute("master_department_id")
    @api.depends("parent_path")
    def _compute_master_department_id(self) -> None:
        for department in self:
            root = (department.parent_path or "").partition("/")[0]
            department.master_department_id = int(root) if root else False

    def get_children_department_ids(self) -> list[int]:
        """Ids of these departments and of those below them."""
        return list(self.env["hr.department"].search([("id", "child_of", self.ids)]).ids)


def _fits_pattern(name: str, text: str) -> bool:
    pattern = re.escape(text).replace("%", ".*").replace("_", ".")
    return re.fullmatch(pattern, name, re.IGNORECASE) is not None


_FITS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda name, text: name == text,
    "in": lambda name, text: name == text,
    "ilike": lambda name, text: text.lower() in name.lower(),
    "=ilike": _fits_pattern,
}
_ASKED = ("=", "!=", "in", "not in", "ilike", "not ilike", "=ilike")
