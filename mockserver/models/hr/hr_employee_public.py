"""What every user may know of employees."""

from __future__ import annotations

from collections.abc import Mapping

from fauxdoo.mockserver import models
from fauxdoo.mockserver.orm.sql import SQL

__all__ = ["HrEmployeePublic"]


class HrEmployeePublic(models.Model):
    """The employees with their present versions, under the same ids."""

    _inherit = "hr.employee.public"

    @property
    def _table_query(self) -> SQL:
        for name in ("hr.employee", "hr.version"):
            self.env.registry.ensure(self.env, name)
        sources = [("e", self.env.registry["hr.employee"]._fields), ("v", self.env.registry["hr.version"]._fields)]
        columns = ["e.id AS employee_id"]
        for field in self._fields.values():
            if field.is_column and field.name != "employee_id":
                source = next((alias for alias, fields in sources if _holds(fields, field.name)), None)
                columns.append(f'{source}."{field.name}"' if source else f'NULL AS "{field.name}"')
        text = "SELECT {} FROM hr_employee e LEFT JOIN hr_version v ON v.id = e.current_version_id"
        return SQL.raw(text.format(", ".join(columns)))


def _holds(fields: Mapping[str, object], name: str) -> bool:
    return bool(getattr(fields.get(name), "is_column", False))
