"""Groups: what they imply, and their names with the privilege."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

__all__ = ["ResGroups"]


class ResGroups(models.Model):
    _inherit = "res.groups"
    _sql_messages = {
        "res_groups_name_uniq": "The name of the group must be unique within a group privilege!",
        "res_groups_check_api_key_duration": "The api key duration cannot be a negative value.",
    }

    @api.compute("full_name")
    def _compute_full_name(self) -> None:
        for group in self:
            privilege = group.sudo().privilege_id.name
            group.full_name = f"{privilege} / {group.name}" if privilege else group.name

    @api.search("full_name")
    def _search_full_name(self, operator: str, value: Any) -> Any:
        """By the name, the privilege's, or both as they are shown."""
        if operator in ("in", "not in"):
            texts = [text for text in value if isinstance(text, str)]
            found = self.browse([id for text in texts for id in self.search(_named("=", text)).ids])
            return [("id", operator, found.ids)]
        if operator.startswith("not") or operator in ("!=", "<>"):
            positive = "=" if operator in ("!=", "<>") else operator.removeprefix("not ")
            return ["!", *_named(positive, value)]
        return _named(operator, value)

    @api.compute("all_implied_ids")
    def _compute_all_implied_ids(self) -> None:
        for group in self:
            group.all_implied_ids = group._closure(lambda each: each.implied_ids)

    @api.search("all_implied_ids")
    def _search_all_implied_ids(self, operator: str, value: Any) -> Any:
        return self._search_closure("all_implied_by_ids", "implied_ids", operator, value)

    @api.compute("all_implied_by_ids")
    def _compute_all_implied_by_ids(self) -> None:
        for group in self:
            group.all_implied_by_ids = group._closure(lambda each: each.implied_by_ids)

    @api.search("all_implied_by_ids")
    def _search_all_implied_by_ids(self, operator: str, value: Any) -> Any:
        return self._search_closure("all_implied_ids", "implied_by_ids", operator, value)

    def _closure(self, step: Callable[[Any], Any]) -> Self:
        """These groups and all that are reached from them, nearest first."""
        found, fresh = self, self
        while fresh:
            fresh = step(fresh) - found
            found |= fresh
        return found

    def _search_closure(self, back: str, field: str, operator: str, value: Any) -> Any:
        """Groups whose closure holds one of the groups that match."""
        positive = {"not in": "in", "!=": "=", "not any": "any"}.get(operator, operator)
        named = not isinstance(value, (int, list, tuple)) or positive == "any"
        if positive == "any":
            matching = self.sudo().search(value)
        elif named:
            matching = self.sudo().search([("display_name", positive, value)])
        else:
            matching = self.sudo().browse(value if isinstance(value, (list, tuple)) else [value])
        ids = matching.mapped(back).ids
        return [("id", "in" if positive == operator else "not in", ids)]

    @api.compute("all_user_ids", "all_users_count")
    def _compute_all_user_ids(self) -> None:
        for group in self:
            group.all_user_ids = group.all_implied_by_ids.user_ids
            group.all_users_count = len(group.all_user_ids)

    @api.search("all_user_ids")
    def _search_all_user_ids(self, operator: str, value: Any) -> Any:
        return [("all_implied_by_ids.user_ids", operator, value)]

    @api.inverse("all_user_ids")
    def _inverse_all_user_ids(self) -> None:
        for group in self:
            wanted, known = group.all_user_ids, group.all_implied_by_ids.user_ids
            group.user_ids = (group.user_ids | (wanted - known)) & wanted

    @api.compute("disjoint_ids")
    def _compute_disjoint_ids(self) -> None:
        kinds = self.browse([self.env.ref(f"base.group_{name}").id for name in ("user", "portal", "public")])
        for group in self:
            group.disjoint_ids = kinds - group if group in kinds else self.browse()

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make groups; rights follow at once."""
        groups = super().create(vals_list)
        self.env.access.changed(self.env)
        return groups

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; rights follow at once."""
        if str(vals.get("name") or "").startswith("-"):
            raise UserError('The name of the group can not start with "-"')
        super().write(vals)
        self.env.access.changed(self.env)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settings_group(self) -> None:
        if any(group in self for group in self.env["res.config.settings"]._groups().values()):
            raise ValidationError("You cannot delete a group linked with a settings field.")

    def unlink(self) -> bool:
        """Delete groups; rights follow at once."""
        super().unlink()
        self.env.access.changed(self.env)
        return True

    def copy_data(self, default: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for group, values in zip(self, copies, strict=True):
                values["name"] = f"{group.name} (copy)"
        return copies


def _named(operator: str, text: Any) -> list[Any]:
    """The domain of groups that are called so, with the privilege or without."""
    either: list[Any] = ["|", ("name", operator, text), ("privilege_id.name", operator, text)]
    if not isinstance(text, str) or " / " not in text:
        return either
    privilege, _, name = text.partition(" / ")
    return ["|", *either, "&", ("privilege_id.name", operator, privilege), ("name", operator, name)]
