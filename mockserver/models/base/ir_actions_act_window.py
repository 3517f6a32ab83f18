"""Window actions: what a client opens after a call."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["IrActionsActWindow", "IrActionsActions"]

_SHOWN = (
    "name",
    "display_name",
    "type",
    "binding_model_id",
    "binding_type",
    "binding_view_types",
    "domain",
    "context",
    "res_id",
    "res_model",
    "target",
    "view_mode",
    "limit",
    "group_ids",
    "embedded_action_ids",
    "filter",
    "cache",
)


class IrActionsActions(models.Model):
    """Actions of all kinds."""

    _inherit = "ir.actions.actions"

    @api.model
    def _for_xml_id(self, xmlid: str) -> dict[str, Any]:
        """The action of an xmlid as a client gets it; raises ValueError without one."""
        action = self.env.ref(xmlid)
        return {**action.sudo()._as_dict(), "xml_id": xmlid}


class IrActionsActWindow(models.Model):
    """A list, a form … of a model."""

    _inherit = "ir.actions.act_window"

    def _as_dict(self) -> dict[str, Any]:
        """The action as a client gets it. Views are no records here: their ids are those of the action."""
        values: dict[str, Any] = self.read(list(_SHOWN))[0]
        modes = (self.view_mode or "list,form").split(",")
        return {
            **values,
            "type": self._name,
            "binding_type": self.binding_type or "action",
            "binding_view_types": self.binding_view_types or "list,form",
            "path": (self.path or self.name or "").lower().replace(" ", "-"),
            "help": self.help or "",
            "mobile_view_mode": self.mobile_view_mode or "kanban",
            "view_id": [self.id, f"{self.res_model}.{modes[0]}"],
            "search_view_id": [self.id, f"{self.res_model}.search"],
            "views": [[False, mode] for mode in modes],
        }
