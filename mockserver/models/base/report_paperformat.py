"""report.paperformat and report.layout: models other records point at that the catalogue does not describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver import fields, models

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["ReportLayout", "ReportPaperformat"]


class ReportPaperformat(models.Model):
    """The size of paper of a report."""

    _name = "report.paperformat"
    _description = "Paper Format Config"

    name = fields.Char("Name", required=True)

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        return [{"id": 1, "name": "A4"}, {"id": 2, "name": "US Letter"}]


class ReportLayout(models.Model):
    """The look of a report."""

    _name = "report.layout"
    _description = "Report Layout"

    name = fields.Char("Name")
