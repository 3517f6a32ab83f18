"""What a user's form does when a login is typed into it."""

from __future__ import annotations

import re

from fauxdoo.mockserver import api, models

__all__ = ["ResUsers"]

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.onchange("login")
    def _onchange_login(self) -> None:
        """A login that is an address is the user's address too."""
        if _ADDRESS.fullmatch(self.login or ""):
            self["email"] = self.login
