"""The settings: what their fields stand for, read when they are opened and set when they are executed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError, NotSimulated

__all__ = ["ResConfigSettings"]

_DEFAULTS = {
    "default_invoice_policy": ("product.template", "invoice_policy"),
    "default_picking_policy": ("sale.order", "picking_policy"),
}
"""Fields that stand for the default of another one."""

_PARAMETERS = {
    "auth_signup_reset_password": "auth_signup.reset_password",
    "auth_signup_uninvited": "auth_signup.invitation_scope",
    "automatic_invoice": "sale.automatic_invoice",
    "product_volume_volume_in_cubic_feet": "product.volume_in_cubic_feet",
    "product_weight_in_lbs": "product.weight_in_lbs",
    "show_effect": "base_setup.show_effect",
    "use_invoice_terms": "account.use_invoice_terms",
}
"""Fields that stand for a parameter of the system, as far as they are publicly known: the catalogue has none."""

_OTHER_NAMES = {"group_sale_delivery_address": "group_delivery_invoice_address"}


class ResConfigSettings(models.TransientModel):
    """Fields `group_…` give everybody a group, `default_…` set a default, `module_…` say what is installed.

    Those of a company are written to it at once, others when the settings are executed.
    """

    _inherit = "res.config.settings"

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """The settings as they are."""
        fields = list(fields)
        values: dict[str, Any] = super().default_get(fields)
        return {**values, **{name: value for name, value in self._current() if name in fields}}

    def _current(self) -> Iterator[tuple[str, Any]]:
        for name, group in self._groups().items():
            given = group in self.env.ref("base.group_user").sudo().all_implied_ids
            yield name, str(int(given)) if self._fields[name].type == "selection" else given
        yield from self._apps()
        for name, (model, field) in _DEFAULTS.items():
            if name in self._fields:
                given = self.env[model].default_get([field])
                if field in given:
                    yield name, given[field]
        parameters = self.env["ir.config_parameter"].sudo()
        for name, key in _PARAMETERS.items():
            text = parameters.get_param(key) if name in self._fields else False
            if text:
                yield name, text == "True" if self._fields[name].type == "boolean" else text

    def _apps(self) -> Iterator[tuple[str, bool]]:
        """Fields that stand for an app, and whether it is installed."""
        installed = self.env["ir.module.module"].sudo().search([("state", "=", "installed")]).mapped("name")
        for name in self._fields:
            if name.startswith("module_") and not self._fields[name].related:
                yield name, name.removeprefix("module_") in installed

    def _groups(self) -> dict[str, Any]:
        """By field, the group it stands for: the one of its name, in some apps without the app's."""
        named = {
            row["xmlid"].partition(".")[2]: row["id"]
            for row in self.env.registry.base_records("res.groups")
            if row.get("xmlid")
        }
        groups, found = self.env["res.groups"].sudo(), {}
        for name in self._fields:
            wanted = (name, _OTHER_NAMES.get(name, ""), name.replace("group_stock_", "group_", 1))
            ids = [named[each] for each in wanted if each in named]
            if name.startswith("group_") and ids:
                found[name] = groups.browse(ids[0])
        return found

    def set_values(self) -> None:
        """Set what differs from the settings as they are."""
        groups = self._groups()
        named = [name for name in (*groups, *_DEFAULTS, *_PARAMETERS) if name in self._fields]
        current = self.sudo().default_get(named)
        changed = {name: self[name] for name in named if self[name] != current.get(name, False)}
        everybody = self.env.ref("base.group_user").sudo()
        for name, group in groups.items():
            if name in changed:
                given = changed[name] not in (False, "0")
                everybody.write({"implied_ids": [(4 if given else 3, group.id)]})
        for name, (model, field) in _DEFAULTS.items():
            if name in changed:
                self.env["ir.default"].sudo().set(model, field, changed[name])
        for name, key in _PARAMETERS.items():
            if name in changed:
                self.env["ir.config_parameter"].sudo().set_param(key, changed[name])

    def execute(self) -> dict[str, Any]:
        """Set what was changed. The action that loads the client anew; NotSimulated where apps would come or go."""
        self.ensure_one()
        if not self.env.is_admin():
            raise AccessError("Only administrators can change the settings")
        for name, installed in self._apps():
            if bool(self[name]) != installed:
                button = "button_immediate_uninstall" if installed else "button_immediate_install"
                raise NotSimulated("ir.module.module", button)
        self.set_values()
        return {"type": "ir.actions.client", "tag": "reload"}
