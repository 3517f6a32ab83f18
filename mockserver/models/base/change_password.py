"""The wizards that set passwords: the administrator's for others, everybody's own."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.base.res_users_identitycheck import identity_checked

__all__ = ["ChangePasswordOwn", "ChangePasswordUser", "ChangePasswordWizard"]


class ChangePasswordWizard(models.TransientModel):
    """Lines of users with their new passwords."""

    _inherit = "change.password.wizard"

    @api.default("user_ids")
    def _default_user_ids(self) -> list[Any]:
        """A line for each of the users that are chosen in their list."""
        context = self.env.context
        ids = (context.get("active_ids") or []) if context.get("active_model") == "res.users" else []
        users = self.env["res.users"].browse(ids)
        return [(0, 0, {"user_id": user.id, "user_login": user.login}) for user in users]

    def change_password_button(self) -> dict[str, Any]:
        """Set the passwords; answers the action that closes the dialog."""
        self.ensure_one()
        self.user_ids._set_passwords()
        return {"type": "ir.actions.act_window_close"}


class ChangePasswordUser(models.TransientModel):
    """A user and a new password, which is forgotten once it is set."""

    _inherit = "change.password.user"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Any:
        """Make lines; the login is the user's."""
        users = self.env["res.users"]
        return super().create(
            [{"user_login": users.browse(vals.get("user_id") or []).login, **vals} for vals in vals_list]
        )

    def _set_passwords(self) -> None:
        for line in self:
            if line.new_passwd:
                line.user_id._change_password(line.new_passwd)
        self.write({"new_passwd": False})


class ChangePasswordOwn(models.TransientModel):
    """One's own new password, typed twice."""

    _inherit = "change.password.own"

    @api.constrains("new_password", "confirm_password")
    def _check_password_confirmation(self) -> None:
        if any(wizard.confirm_password != wizard.new_password for wizard in self):
            raise ValidationError("The new password and its confirmation must be identical.")

    @identity_checked
    def change_password(self) -> dict[str, Any]:
        """Set the password and forget it; answers the action that reloads the client."""
        if not self.new_password:
            raise UserError("Setting empty passwords is not allowed for security reasons!")
        self.env.user._change_password(self.new_password)
        self.sudo().unlink()
        return {"type": "ir.actions.client", "tag": "reload_context"}
