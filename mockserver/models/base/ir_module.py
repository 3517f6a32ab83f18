"""Modules: what is installed, as the catalogue knows it; nothing can be installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver import api, models

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["IrModuleModule"]

_SITE = "https://www.odoo.com"


class IrModuleModule(models.Model):
    """One record per module the server knows."""

    _inherit = "ir.module.module"
    _sql_messages = {"ir_module_module_name_uniq": "The name of the module must be unique!"}

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """A record per module of the catalogue."""
        return [_record(name, facts) for name, facts in registry.catalogue.modules.items()]

    def get_module_info(self) -> dict[str, Any]:
        """Nothing, whatever it is asked with (recorded in meta/ir-module)."""
        return {}

    def button_immediate_install(self) -> dict[str, Any]:
        """Nothing, for modules that are installed. Others are there by `Settings(modules=…)`, not by this."""
        return self._nothing_to_do()

    def button_immediate_upgrade(self) -> dict[str, Any]:
        """Nothing, for modules that are installed."""
        return self._nothing_to_do()

    def _nothing_to_do(self) -> dict[str, Any]:
        """An action that starts the web client again, as after an installation."""
        self.check_access("write")
        missing = self.filtered(lambda module: module.state != "installed").mapped("name")
        if missing:
            raise NotImplementedError(f"not simulated by Fauxdoo: installing {', '.join(missing)}")
        return {"type": "ir.actions.act_url", "target": "self", "url": "/odoo"}

    @api.compute("installed_version")
    def _compute_installed_version(self) -> None:
        for module in self:
            facts = self.env.registry.catalogue.modules.get(module.name, {})
            module.installed_version = facts.get("version") or "19.0.1.0"


def _record(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    installed = facts["state"] == "installed"
    return {
        "id": facts["id"],
        "name": name,
        "shortdesc": facts["name"],
        "summary": facts.get("summary") or facts["name"],
        "state": facts["state"],
        "application": facts["application"],
        "auto_install": bool(facts["auto_install"]),
        "category_id": facts.get("category_id"),
        "latest_version": (facts.get("version") or "19.0.1.0") if installed else None,
        "author": facts.get("author") or "Odoo S.A.",
        "license": facts.get("license") or "LGPL-3",
        "website": facts.get("website") or _SITE,
        "sequence": 100,
    }
