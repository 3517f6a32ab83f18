"""`hierarchy_read`: the records around one another that a tree view shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["HierarchyBase"]


class HierarchyBase(models.BaseModel):
    """Part of all models."""

    _inherit = "base"

    @api.model
    def hierarchy_read(
        self,
        domain: Any,
        specification: Mapping[str, Any],
        parent_field: str,
        child_field: str | None = None,
        order: str | None = None,
    ) -> list[dict[str, Any]]:
        """The records of a domain; of a single one also its parent, siblings and children, itself with `__focus__`.

        Without `child_field` records name their children under `__child_ids__`.
        """
        found = self.search(domain, order=order)
        alone = len(found) == 1
        records = self._around(found, parent_field, order) if alone else found
        wanted = {parent_field: {"fields": {"display_name": {}}}, **specification}
        rows: list[dict[str, Any]] = records.web_read(wanted) if records else []
        parents = records - records.mapped(parent_field) if alone else records
        children = {} if child_field else self._children_of(parents, parent_field, order)
        for row in rows:
            if row["id"] in children:
                row["__child_ids__"] = children[row["id"]]
            if alone and row["id"] == found.id and found[parent_field]:
                row["__focus__"] = True
        return rows

    def _around(self, record: Any, parent_field: str, order: str | None) -> Any:
        near = record | record[parent_field]
        return near | self.search([(parent_field, "in", near.ids), ("id", "not in", near.ids)], order=order)

    def _children_of(self, parents: Any, parent_field: str, order: str | None) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for child in self.search([(parent_field, "in", parents.ids)], order=order):
            children.setdefault(child[parent_field].id, []).append(child.id)
        return children
