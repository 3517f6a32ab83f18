"""Users: their groups, companies, own preferences, and what a login must not do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessDenied, AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.passwords import hash_secret, verify_secret

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Kind

__all__ = ["ResUsers"]

SELF_WRITEABLE = frozenset(
    {
        *("signature", "action_id", "company_id", "email", "name", "image_1920", "lang", "tz", "phone", "tour_enabled"),
        *("notification_type", "out_of_office_from", "out_of_office_to", "out_of_office_message", "odoobot_state"),
        *("calendar_default_privacy", "manual_im_status", "is_out_of_office", "property_warehouse_id"),
        *("private_street", "private_street2", "private_city", "private_zip", "private_email", "private_phone"),
        *("monday_location_id", "tuesday_location_id", "wednesday_location_id", "thursday_location_id"),
        *("friday_location_id", "saturday_location_id", "sunday_location_id"),
    }
)
SELF_READABLE = SELF_WRITEABLE | {
    *("login", "display_name", "id", "company_ids", "group_ids", "all_group_ids", "share", "partner_id", "active"),
    *("tz_offset", "image_1024", "image_512", "image_256", "image_128", "avatar_128", "avatar_1024", "avatar_256"),
    *("avatar_512", "avatar_1920", "write_date", "create_date", "has_group", "api_key_ids", "res_users_settings_id"),
    *("res_users_settings_ids", "role", "password", "new_password", "login_date", "state", "totp_enabled", "user_ids"),
}
SUPERUSER, ADMIN = 1, 2
WATCHED = frozenset({"group_ids", "company_ids", "company_id", "active", "partner_id"})
"""Fields on which rights depend."""
CREDENTIALS = frozenset({"login", "password", "active"})
"""Fields on which sessions and verified passwords depend."""


_VITAL = "is not allowed. Deleting this profile will compromise critical functionalities."
_NEEDED = (
    (
        "base.user_root",
        "You can not remove the admin user as it is used internally for resources created by Odoo "
        "(updates, module installation, ...)",
    ),
    (
        "base.user_admin",
        "You cannot delete the admin user because it is utilized in various places (such as security "
        "configurations,...). Instead, archive it.",
    ),
    ("base.template_portal_user_id", f"Deleting the template users {_VITAL}"),
    ("base.public_user", f"Deleting the public user {_VITAL}"),
)
"""Users who cannot be deleted, and what is said then."""


class ResUsers(models.Model):
    _inherit = "res.users"
    _sql_messages = {
        "res_users_login_key": "You can not have two users with the same login!",
        "res_users_notification_type": "Only internal user can receive notifications in Odoo",
    }
    _hidden_columns: ClassVar[Mapping[str, Kind]] = {"password": "text"}

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """The users of a fresh database, with their signatures; the administrator's password is "admin"."""
        names = {partner["id"]: partner["name"] for partner in registry.base_records("res.partner")}
        users = [
            {"signature": f"<div>{names[user['partner_id']]}</div>", **user} for user in super()._base_records(registry)
        ]
        return [{**user, "password": hash_secret("admin")} if user["id"] == ADMIN else user for user in users]

    # ---------------------------------------------------------------- groups

    @api.compute("all_group_ids")
    def _compute_all_group_ids(self) -> None:
        for user in self:
            user.all_group_ids = user.group_ids.all_implied_ids

    @api.search("all_group_ids")
    def _search_all_group_ids(self, operator: str, value: Any) -> Any:
        return [("group_ids.all_implied_ids", operator, value)]

    @api.compute("share")
    def _compute_share(self) -> None:
        internal = self.env.ref("base.group_user")
        for user in self:
            user.share = internal not in user.all_group_ids

    @api.compute("role")
    def _compute_role(self) -> None:
        for user in self:
            system, internal = user._has_group("base.group_system"), user._has_group("base.group_user")
            user.role = "group_system" if system else "group_user" if internal else False

    def _has_group(self, xmlid: str) -> bool:
        """Whether the user, whoever asks, is in the group; groups of a user being changed are read from the user."""
        group = self.env.ref(xmlid, raise_if_not_found=False) if "." in xmlid else None
        return group is not None and group in self.sudo().all_group_ids

    def has_group(self, group_ext_id: str) -> bool:
        """Whether the user is in the group; raises ValueError unless it is one user.

        Others than internal users may only ask about themselves. Always false for `base.group_no_one`, the debug mode.
        """
        self.ensure_one()
        if not (self.env.su or self.id == self.env.uid or self.env.user._has_group("base.group_user")):
            raise AccessError("You can ony call user.has_group() with your current user.")
        return bool(self.env.access.in_group(self.env, self.id, group_ext_id))

    def has_groups(self, group_spec: str) -> bool:
        """Whether the user is in one of "a.b,c.d" and in none of those after an exclamation mark."""
        self.ensure_one()
        return bool(self.env.access.in_groups(self.env, self.id, group_spec))

    def _check_disjoint_groups(self, before: Mapping[int, list[int]]) -> None:
        """A user is internal, portal or public; the error names the kinds in the order they came."""
        kinds = [self.env.ref(f"base.group_{name}").id for name in ("user", "portal", "public")]
        for user in self:
            found = user.group_ids.all_implied_ids.filtered(lambda group: group.id in kinds)
            if len(found) > 1:
                known = before.get(user.id, [])
                ordered = found.sorted(lambda group: (group.id not in known, group.id))  # noqa: B023
                names = ", ".join(f"'{group.display_name}'" for group in ordered)
                raise ValidationError(f"User '{user.name}' cannot be at the same time in exclusive groups {names}.")

    @api.constrains("group_ids")
    def _check_at_least_one_administrator(self) -> None:
        if not self.env.ref("base.group_system").sudo().user_ids.filtered("active"):
            raise ValidationError("You must have at least an administrator user.")

    def _follow_companies(self) -> None:
        """Users of several companies are in the group that shows companies."""
        group = self.env.ref("base.group_multi_company", raise_if_not_found=False)
        for user in self.sudo() if group else ():
            several = len(user.company_ids) > 1
            if several != (group in user.group_ids):
                user.group_ids = user.group_ids | group if several else user.group_ids - group

    @api.constrains("company_id", "company_ids", "active")
    def _check_company(self) -> None:
        for user in self.filtered("active"):
            if user.company_id not in user.company_ids:
                allowed = ", ".join(user.company_ids.mapped("name"))
                raise ValidationError(
                    f"Company {user.company_id.name} is not in the allowed companies for user {user.name} ({allowed})."
                )

    # ---------------------------------------------------------------- values

    @api.compute("password", "new_password")
    def _compute_password(self) -> None:
        for user in self:
            user.password = user.new_password = ""

    @api.inverse("password")
    def _inverse_password(self) -> None:
        for user in self:
            user._set_password(user.password)

    @api.inverse("new_password")
    def _inverse_new_password(self) -> None:
        """Only the wizard of the web client sets passwords so; over RPC nothing happens (auth/admin-sets-password)."""

    @api.compute("signature")
    def _compute_signature(self) -> None:
        for user in self:
            user.signature = user.signature or f"<div>{user.name}</div>"

    @api.compute("state")
    def _compute_state(self) -> None:
        for user in self:
            user.state = "active" if user.login_date else "new"

    @api.search("state")
    def _search_state(self, operator: str, value: Any) -> Any:
        """Users who have logged in are active, all others new."""
        if operator != "in":
            return NotImplemented
        states = set(value) & {"active", "new"}
        return [("log_ids", "!=" if "active" in states else "=", False)] if len(states) == 1 else bool(states)

    @api.compute("companies_count")
    def _compute_companies_count(self) -> None:
        for user in self:
            user.companies_count = self.env["res.company"].sudo().search_count([])

    @api.compute("groups_count", "accesses_count", "rules_count")
    def _compute_counts(self) -> None:
        for user in self:
            groups = user.sudo().all_group_ids
            user.groups_count = len(groups)
            user.accesses_count = len(groups.mapped("model_access"))
            user.rules_count = len(groups.mapped("rule_groups"))

    @api.compute("res_users_settings_id")
    def _compute_res_users_settings_id(self) -> None:
        for user in self:
            user.res_users_settings_id = user.res_users_settings_ids[:1]

    @api.search("res_users_settings_id")
    def _search_res_users_settings_id(self, operator: str, value: Any) -> Any:
        return [("res_users_settings_ids", operator, value)]

    @api.model
    def context_get(self) -> dict[str, Any]:
        """Language, time zone and id of the user, as clients put them into the context."""
        user = self.env.user
        lang = user.lang if user.lang in self.env.active_languages else "en_US"
        return {"lang": lang, "tz": user.tz or False, "uid": self.env.uid}

    @api.model
    def get_company_currency_id(self) -> int:
        """Id of the currency of the current company."""
        return int(self.env.company.currency_id.id)

    def _compute_display_name(self) -> None:
        for user in self:
            user.display_name = user.sudo().name or ""

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        """By login or name; an exact login comes first in `name_search`."""
        negative = operator.startswith("not") or operator in ("!=", "<>")
        return ["&" if negative else "|", ("login", operator, value), ("name", operator, value)]

    @api.model
    def name_search(
        self, name: str = "", domain: Any = None, operator: str = "ilike", limit: int | None = 100
    ) -> list[tuple[int, str]]:
        """Users by login or name; only the one with exactly this login if there is one (crud/name-search-others)."""
        if name and operator in ("=", "ilike"):
            exact = self.search([("login", "=", name), *(domain or [])])
            if exact:
                return [(user.id, user.display_name) for user in exact]
        found: list[tuple[int, str]] = super().name_search(name, domain, operator, limit)
        return found

    # ---------------------------------------------------------------- reading and saving one's own record

    def read(self, fields: Iterable[str] | None = None, load: str | None = "_classic_read") -> list[dict[str, Any]]:
        """As everywhere; of one's own record the self-readable fields need no right."""
        names = list(fields or ())
        if names and not self.env.su and self.ids == [self.env.uid] and SELF_READABLE.issuperset(names):
            own: list[dict[str, Any]] = super(ResUsers, self.sudo()).read(names, load)
            return own
        rows: list[dict[str, Any]] = super().read(fields, load)
        return rows

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make users, each with a contact."""
        users = super().create(vals_list)
        for user in users:
            user.partner_id.active = user.active
            if user.partner_id.company_id:
                user.partner_id.company_id = user.company_id
        users._check_disjoint_groups({})
        users._follow_companies()
        self._users_changed(users and {*WATCHED, *CREDENTIALS})
        return users

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; one's own record takes the self-writable fields without any right."""
        if not self:
            return True
        self._check_activity(vals)
        if vals.get("active"):
            self.partner_id.filtered(lambda partner: not partner.active).action_unarchive()
        target, vals = self, dict(vals) if isinstance(vals, Mapping) else vals
        before = {user.id: user.group_ids.all_implied_ids.ids for user in self.sudo()} if "group_ids" in vals else {}
        if self.ids == [self.env.uid] and vals and SELF_WRITEABLE.issuperset(vals):
            if "company_id" in vals and vals["company_id"] not in self.env.user.company_ids.ids:
                del vals["company_id"]  # dropped silently, recorded in access/multi-company-consistency
            target = self.sudo()
        super(ResUsers, target).write(vals)
        if "company_id" in vals:
            for user in target.sudo():
                if user.partner_id.company_id:
                    user.partner_id.company_id = user.company_id
        if "group_ids" in vals:
            self.sudo()._check_disjoint_groups(before)
        if "company_ids" in vals:
            self._follow_companies()
        self._users_changed(set(vals))
        return True

    def _check_activity(self, vals: Mapping[str, Any]) -> None:
        if "active" not in vals:
            return
        if vals["active"] and SUPERUSER in self.ids:
            raise UserError("You cannot activate the superuser.")
        if not vals["active"] and self.env.uid in self.ids:
            raise UserError("You cannot deactivate the user you're currently logged in as.")

    def action_archive(self) -> None:
        """Archive users, but not oneself."""
        self._check_activity({"active": False})
        super().action_archive()

    @api.ondelete(at_uninstall=True)
    def _unlink_except_master_data(self) -> None:
        for xmlid, message in _NEEDED:
            user = self.env.ref(xmlid, raise_if_not_found=False)
            if user and user in self:
                raise UserError(message)

    def unlink(self) -> bool:
        """Delete users; their sessions and keys end."""
        super().unlink()
        self._users_changed({*WATCHED, *CREDENTIALS})
        return True

    def _users_changed(self, names: Any) -> None:
        """Make what depends on users be looked up anew: rights at once, verified passwords after the commit."""
        if WATCHED.intersection(names or ()):
            self.env.access.changed(self.env)
        if CREDENTIALS.intersection(names or ()):
            registry = self.env.registry
            self.env.transaction.overtakes = True
            self.env.after_commit(lambda: setattr(registry, "users_version", registry.users_version + 1))

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies: name and login say "(copy)", e-mail and password are not taken."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        given = default or {}
        for user, values in zip(self, copies, strict=True):
            if "name" not in given and "partner_id" not in given:
                values["name"] = f"{user.name} (copy)"
            if "login" not in given:
                values["login"] = f"{user.login} (copy)"
        return copies

    # ---------------------------------------------------------------- passwords

    def _set_password(self, password: Any) -> None:
        """Store the hash; an empty text changes nothing, other than text is a TypeError as passlib raises it."""
        if not isinstance(password, str):
            raise TypeError(f"secret must be unicode or bytes, not {type(password).__name__}")
        if not password:
            return
        self.env.cr.execute(SQL("UPDATE res_users SET password = %s WHERE id = %s", hash_secret(password), self.id))
        self._users_changed({"password"})

    def _check_password(self, password: Any) -> None:
        """Raise AccessDenied unless it is the user's password."""
        rows = self.env.cr.execute(SQL("SELECT password FROM res_users WHERE id = %s", self.id))
        if not password or not rows or not verify_secret(str(password), rows[0][0]):
            raise AccessDenied()

    @api.model
    def change_password(self, old_passwd: str, new_passwd: str) -> bool:
        """Set the current user's password, stripped of white space; raises AccessDenied for a wrong old one."""
        if not old_passwd:
            raise AccessDenied()
        user = self.env.user
        user._check_password(old_passwd)
        user._change_password(new_passwd)
        return True

    def _change_password(self, new_passwd: str) -> None:
        password = new_passwd.strip()
        if not password:
            raise UserError("Setting empty passwords is not allowed for security reasons!")
        self._set_password(password)
