"""What a user's form does when a login is typed into it."""

from __future__ import annotations

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models import emails

__all__ = ["ResUsers"]


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.onchange("login")
    def on_change_login(self) -> None:
        """A login that is an address is the user's address too."""
        if self.login and emails.normalized(self.login) == self.login.lower():
            self["email"] = self.login
