"""API keys of users: made by a wizard after an identity check, never by `create`."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError, ValidationError
from fauxdoo.mockserver.models.base.res_users_identitycheck import identity_checked
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.passwords import hash_secret

if TYPE_CHECKING:
    from fauxdoo.mockserver.stores.base import Kind

__all__ = ["INDEX_LENGTH", "ResUsers", "ResUsersApikeys", "ResUsersApikeysDescription"]

INDEX_LENGTH = 8
"""Characters of a key that stand in clear in its row, to find it by."""
_KEY_BYTES = 20
_FOREVER, _OWN_DATE = "0", "-1"


class ResUsersApikeys(models.Model):
    """A key's row: whose it is and when it ends; the key itself only as a hash, in columns without a field."""

    _inherit = "res.users.apikeys"
    _hidden_columns: ClassVar[Mapping[str, Kind]] = {"key": "text", "index": "text"}

    def _generate(self, scope: str | None, name: str, expiration_date: Any) -> str:
        """Make a key of the current user; answers it, it cannot be read again."""
        key = secrets.token_hex(_KEY_BYTES)
        values = {"name": name, "user_id": self.env.uid, "scope": scope, "expiration_date": expiration_date or False}
        row = self.sudo().create([values])
        self.env.flush()
        self.env.cr.execute(
            SQL(
                'UPDATE res_users_apikeys SET key = %s, "index" = %s WHERE id = %s',
                hash_secret(key),
                key[:INDEX_LENGTH],
                row.id,
            )
        )
        return key

    @identity_checked
    def remove(self) -> dict[str, Any]:
        """Delete keys: one's own, or any as administrator; answers the action that closes the dialog."""
        if not self.env.is_system() and any(key.user_id.id != self.env.uid for key in self.sudo()):
            raise AccessError("You can not remove API keys unless they're yours or you are a system user")
        self.sudo().unlink()
        return {"type": "ir.actions.act_window_close"}


class ResUsersApikeysDescription(models.TransientModel):
    """What a new key is for and how long it lasts; only system users may have longer than their groups allow."""

    _inherit = "res.users.apikeys.description"

    @api.compute("expiration_date")
    def _compute_expiration_date(self) -> None:
        for wizard in self:
            if wizard.duration == _FOREVER:
                wizard.expiration_date = False
            elif wizard.duration and wizard.duration != _OWN_DATE:
                wizard.expiration_date = self.env.clock.now() + timedelta(days=int(wizard.duration))
            else:
                wizard.expiration_date = wizard.expiration_date

    def _longest_days(self) -> float:
        """Days a key of the current user may last; infinite for a system user."""
        if self.env.is_system():
            return float("inf")
        return max(self.env.user.sudo().all_group_ids.mapped("api_key_duration"), default=0.0) or 1.0

    @api.model
    def fields_get(
        self, allfields: Collection[str] | None = None, attributes: Collection[str] | None = None
    ) -> dict[str, dict[str, Any]]:
        """As everywhere, with the durations the user may choose."""
        result: dict[str, dict[str, Any]] = super().fields_get(allfields, attributes)
        longest = self._longest_days()
        if longest != float("inf") and "selection" in result.get("duration", {}):
            pairs = result["duration"]["selection"]
            result["duration"]["selection"] = [
                pair for pair in pairs if pair[0] == _OWN_DATE or 0 < int(pair[0]) <= longest
            ]
        return result

    @api.constrains("expiration_date", "duration")
    def _check_expiration_date(self) -> None:
        longest = self._longest_days()
        if longest == float("inf"):
            return
        for wizard in self:
            if not wizard.expiration_date:
                raise ValidationError("The API key must have an expiration date")
            if wizard.expiration_date > self.env.clock.now() + timedelta(days=longest, minutes=1):
                raise ValidationError(f"You cannot exceed {longest} days.")

    @identity_checked
    def make_key(self) -> dict[str, Any]:
        """Make the key; answers the action that shows it once, in `context.default_key`."""
        self.check_access_make_key()
        self.ensure_one()
        key = self.env["res.users.apikeys"]._generate(None, self.name, self.expiration_date)
        self.sudo().unlink()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": "API Key Ready",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": key},
        }

    def check_access_make_key(self) -> None:
        """Raise AccessError for whoever is no internal user."""
        if not self.env.user._is_internal():
            raise AccessError("Only internal users can create API keys")


class ResUsers(models.Model):
    """The buttons of the preferences that ask for the password first."""

    _inherit = "res.users"

    def _is_internal(self) -> bool:
        """Whether the user belongs to the company rather than being a customer or a visitor."""
        return bool(self.has_group("base.group_user"))

    @identity_checked
    def api_key_wizard(self) -> dict[str, Any]:
        """The action that opens the form of a new key."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.description",
            "name": "New API Key",
            "target": "new",
            "views": [(False, "form")],
        }

    def preference_save(self) -> dict[str, Any]:
        """What the form of one's preferences ends with: the action that takes over language and time zone."""
        return {"type": "ir.actions.client", "tag": "reload_context"}

    @identity_checked
    def preference_change_password(self) -> dict[str, Any]:
        """The action that opens the form of one's own password."""
        return {
            "type": "ir.actions.act_window",
            "target": "new",
            "res_model": "change.password.own",
            "view_mode": "form",
        }
