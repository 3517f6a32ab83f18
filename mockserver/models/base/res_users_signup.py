"""Users: links by which they set a password (the e-mails are not sent), second factors, what they may do."""

from __future__ import annotations

import secrets
from base64 import b32encode
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.base.res_users_identitycheck import identity_checked

__all__ = ["ResPartner", "ResUsers"]


class ResPartner(models.Model):
    """What a contact's link is for."""

    _inherit = "res.partner"

    def signup_prepare(self, signup_type: str = "signup") -> bool:
        """Let the contacts sign up, or set their passwords anew."""
        self.write({"signup_type": signup_type})
        return True

    def signup_cancel(self) -> bool:
        """Take the links back."""
        return bool(self.write({"signup_type": None}))


class ResUsers(models.Model):
    """Who has lost the password gets a link, if there is an address to send it to."""

    _inherit = "res.users"

    def action_reset_password(self) -> dict[str, Any]:
        """Prepare the links. Raises UserError for archived users, and for those without an e-mail address."""
        inviting = self.env.context.get("create_user") == 1
        if any(not user.active for user in self):
            raise UserError("You cannot perform this action on an archived user.")
        self.partner_id.signup_prepare(signup_type="signup" if inviting else "reset")
        for user in self:
            if not user.email:
                raise UserError(f"Cannot send email: user {user.name} has no email address.")
        message = f"A {'signup' if inviting else 'reset password'} link was sent by email"
        params = {"title": "Notification", "message": message, "sticky": False}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    def reset_password(self, login: str) -> dict[str, Any]:
        """The same for the user with a login or an e-mail address. Raises Exception unless there is just one."""
        users = self.search([("login", "=", login)]) or self.search([("email", "=", login)])
        if not users:
            raise Exception("No account found for this login")
        if len(users) > 1:
            raise Exception("Multiple accounts found for this login")
        action: dict[str, Any] = users.action_reset_password()
        return action

    @identity_checked
    def action_totp_enable_wizard(self) -> dict[str, Any]:
        """The form that shows a new secret. Raises UserError unless it is for oneself and for the first time."""
        if self.env.user != self:
            raise UserError("Two-factor authentication can only be enabled for yourself")
        if self.totp_enabled:
            raise UserError("Two-factor authentication already enabled")
        wizard = self.env["auth_totp.wizard"].create([{"user_id": self.id, "secret": _new_secret()}])
        return {
            "type": "ir.actions.act_window",
            "target": "new",
            "res_model": "auth_totp.wizard",
            "name": "Two-Factor Authentication Activation",
            "res_id": wizard.id,
            "views": [(False, "form")],
            "context": dict(self.env.context),
        }

    @identity_checked
    def action_totp_disable(self) -> dict[str, Any] | bool:
        """Forget the secrets of users: one's own, for administrators anybody's; False for all others."""
        if self != self.env.user and not self.env.is_admin():
            return False
        names = ", ".join(self.mapped("name"))
        message = f"Two-factor authentication disabled for the following user(s): {names}"
        params = {"type": "warning", "message": message, "next": {"type": "ir.actions.act_window_close"}}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    @identity_checked
    def action_revoke_all_devices(self) -> dict[str, Any]:
        """The action that loads the client anew; there are no other devices."""
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_change_password_wizard(self) -> dict[str, Any]:
        """The form in which an administrator sets passwords."""
        action = {"type": "ir.actions.act_window", "target": "new"}
        return {**action, "res_model": "change.password.wizard", "view_mode": "form"}

    def action_show_groups(self) -> dict[str, Any]:
        """The list of the user's groups."""
        return self._listing("Groups", self.all_group_ids)

    def action_show_accesses(self) -> dict[str, Any]:
        """The list of the user's rights."""
        return self._listing("Access Rights", self.all_group_ids.model_access)

    def action_show_rules(self) -> dict[str, Any]:
        """The list of the rules for the user."""
        return self._listing("Record Rules", self.all_group_ids.rule_groups)

    def _listing(self, name: str, records: Any) -> dict[str, Any]:
        self.ensure_one()
        return {
            "name": name,
            "view_mode": "list,form",
            "res_model": records._name,
            "type": "ir.actions.act_window",
            "context": {"create": False, "delete": False},
            "domain": [("id", "in", records.ids)],
            "target": "current",
        }


def _new_secret() -> str:
    """160 random bits in base 32, in groups of four."""
    text = b32encode(secrets.token_bytes(20)).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))
