"""base.language.install: the wizard that activates languages."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import models

__all__ = ["BaseLanguageInstall"]


class BaseLanguageInstall(models.TransientModel):
    """Activates the languages chosen; texts without a translation show their source."""

    _inherit = "base.language.install"

    def lang_install(self) -> dict[str, Any]:
        """Activate the languages; answers the action that reloads the client."""
        self.lang_ids.write({"active": True})
        return {"type": "ir.actions.client", "tag": "reload"}
