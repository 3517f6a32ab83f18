"""The side panel of a list: the values of a field, with how many records each has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.groupby.domains import conjunction

__all__ = ["PanelBase"]

_Values = list[dict[str, Any]]


class PanelBase(models.BaseModel):
    """Part of all models."""

    _inherit = "base"

    @api.model
    def search_panel_select_range(self, field_name: str, **kwargs: Any) -> dict[str, Any]:
        """The values to choose one from, by `parent_field` where they are a tree. Raises UserError for other types."""
        field = self._panel_field(field_name, ("many2one", "selection"), "category")
        if field.type == "selection":
            return {"parent_field": False, "values": self._panel_selection(field, kwargs)}
        comodel = self.env[field.comodel_name]
        parent = comodel._parent_name if kwargs.get("hierarchize", True) else ""
        parent = parent if parent in comodel._fields else ""
        values = self._panel_records(field, kwargs, [parent] if parent else [])
        return self._panel_answer(values, kwargs, {"parent_field": parent or False})

    @api.model
    def search_panel_select_multi_range(self, field_name: str, **kwargs: Any) -> dict[str, Any]:
        """The values to choose several from, `group_by` a field of theirs. Raises UserError for other types."""
        field = self._panel_field(field_name, ("many2one", "many2many", "selection"), "filter")
        if field.type == "selection":
            return {"values": self._panel_selection(field, kwargs)}
        group = kwargs.get("group_by")
        values = self._panel_records(field, kwargs, [group] if group else [])
        for value in values if group else ():
            self._name_panel_group(value, field, group or "")
        return self._panel_answer(values, kwargs, {})

    def _panel_field(self, name: str, types: tuple[str, ...], use: str) -> Any:
        field = self._fields[name]
        if field.type not in types:
            raise UserError(f"Only types {', '.join(types)} are supported for {use} (found type {field.type})")
        return field

    def _panel_answer(self, values: _Values, kwargs: Mapping[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
        limit = kwargs.get("limit")
        if limit and len(values) >= limit:
            return {"error_msg": "Too many items to display."}
        return {**rest, "values": values}

    def _panel_counts(self, field: Any, kwargs: Mapping[str, Any]) -> dict[Any, int]:
        """How many records of the list have each value."""
        parts = (kwargs.get(key) or [] for key in ("search_domain", "category_domain", "filter_domain"))
        extra = kwargs.get("group_domain") or []
        domain = conjunction([*parts, *([] if isinstance(extra, dict) else [extra])])
        groups = self.formatted_read_group(domain, [field.name], ["__count"])
        keys = (group[field.name] for group in groups)
        return {
            key[0] if isinstance(key, (list, tuple)) else key: group["__count"]
            for key, group in zip(keys, groups, strict=True)
        }

    def _panel_selection(self, field: Any, kwargs: Mapping[str, Any]) -> _Values:
        counts = self._panel_counts(field, kwargs)
        result = []
        for key, label in self.fields_get([field.name], ["selection"])[field.name]["selection"]:
            if kwargs.get("expand") or counts.get(key):
                result.append(_counted({"id": key, "display_name": label}, counts.get(key, 0), kwargs))
        return result

    def _panel_records(self, field: Any, kwargs: Mapping[str, Any], names: list[str]) -> _Values:
        counts = self._panel_counts(field, kwargs)
        domain = list(kwargs.get("comodel_domain") or [])
        if not kwargs.get("expand"):
            domain = conjunction([domain, [["id", "in", [id for id in counts if id]]]])
        comodel = self.env[field.comodel_name].with_context(hierarchical_naming=False)
        found = comodel.search_read(domain, ["display_name", *names], limit=kwargs.get("limit"))
        return [_counted(dict(row), counts.get(row["id"], 0), kwargs) for row in found]

    def _name_panel_group(self, value: dict[str, Any], field: Any, name: str) -> None:
        """Say which group a value stands in, and how that is called."""
        group = value.pop(name, False)
        if isinstance(group, (list, tuple)):
            value["group_id"], value["group_name"] = group or (False, "Not Set")
            return
        selection = dict(getattr(self.env[field.comodel_name]._fields[name], "selection", None) or [])
        value["group_id"] = group
        value["group_name"] = "Not Set" if group is False else str(selection.get(group, group))


def _counted(value: dict[str, Any], count: int, kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {**value, "__count": count} if kwargs.get("enable_counters") else value
