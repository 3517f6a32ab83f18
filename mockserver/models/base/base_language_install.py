"""base.language.install: the wizard that activates languages."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["BaseLanguageInstall"]


class BaseLanguageInstall(models.TransientModel):
    """Activates the languages chosen; texts without a translation show their source."""

    _inherit = "base.language.install"

    def lang_install(self) -> dict[str, Any]:
        """Activate the languages; answers an action that tells so, for a single one the offer to switch to it."""
        self.ensure_one()
        self.lang_ids.write({"active": True})
        if len(self.lang_ids) == 1:
            action = {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id}
            view = self.env.ref("base.language_install_view_form_lang_switch", raise_if_not_found=False)
            return {**action, "view_mode": "form", "target": "new", "views": [[view.id if view else False, "form"]]}
        return {**self.lang_ids._told_installed(), "context": {**self.env.context, "active_ids": self.ids}}

    def reload(self) -> dict[str, Any]:
        """The action that loads the client anew."""
        return {"type": "ir.actions.client", "tag": "reload"}

    def switch_lang(self) -> dict[str, Any]:
        """Let the user speak the first of the languages."""
        self.env.user.lang = self.first_lang_id.code
        return self.reload()

    @api.compute("first_lang_id")
    def _compute_first_lang_id(self) -> None:
        for wizard in self:
            wizard.first_lang_id = wizard.lang_ids[:1]
