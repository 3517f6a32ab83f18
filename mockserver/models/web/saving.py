"""What forms and lists save: one record, several, and the order of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["SavingBase"]

_Values = list[dict[str, Any]]


class SavingBase(models.BaseModel):
    """Part of all models."""

    _inherit = "base"

    def web_save(
        self, vals: Mapping[str, Any], specification: Mapping[str, Any], next_id: int | None = None
    ) -> _Values:
        """Write the records, or create one where there is none; what `web_read` gives of them, or of record `next_id`.

        Binary fields come as sizes.
        """
        records = self
        if self:
            self.write(dict(vals))
        else:
            records = self.create([dict(vals)])
        if next_id:
            records = self.browse(next_id)
        saved: _Values = records.with_context(bin_size=True).web_read(specification)
        return saved

    def web_save_multi(self, vals_list: Iterable[Mapping[str, Any]], specification: Mapping[str, Any]) -> _Values:
        """Write other values on each record; raises ValueError unless there are as many values as records."""
        values = list(vals_list)
        if len(values) != len(self):
            raise ValueError("Each record must have a corresponding vals entry.")
        for record, vals in zip(self, values, strict=True):
            record.write(dict(vals))
        saved: _Values = self.with_context(bin_size=True).web_read(specification)
        return saved

    def web_resequence(
        self, specification: Mapping[str, Any], field_name: str = "sequence", offset: int = 0
    ) -> _Values:
        """Number the records in their order from `offset` on; nothing happens without such a field."""
        if field_name not in self._fields:
            return []
        for position, record in enumerate(self):
            record.write({field_name: position + offset})
        numbered: _Values = self.web_read(specification)
        return numbered

    def web_override_translations(self, values: Mapping[str, Any]) -> None:
        """Set texts in every active language."""
        for code in sorted(self.env.active_languages):
            self.with_context(lang=code).write(dict(values))

    @api.model
    def get_empty_list_help(self, help_message: str) -> str:
        """The text of an empty list, as given."""
        return help_message

    @api.model
    def get_import_templates(self) -> list[Any]:
        """Files to begin an import with: none."""
        return []

    @api.model
    def view_header_get(self, view_id: Any, view_type: str) -> bool:
        """The title of a view: the usual one."""
        return False
