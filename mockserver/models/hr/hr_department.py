"""Departments: a tree, named by its paths."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["HrDepartment"]


class HrDepartment(models.Model):
    """The root of its branch is its master."""

    _inherit = "hr.department"

    @api.compute("master_department_id")
    @api.depends("parent_path")
    def _compute_master_department_id(self) -> None:
        for department in self:
            root = (department.parent_path or "").partition("/")[0]
            department.master_department_id = int(root) if root else False

    def get_children_department_ids(self) -> list[int]:
        """Ids of these departments and of those below them."""
        return list(self.env["hr.department"].search([("id", "child_of", self.ids)]).ids)
