"""Sales teams."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models

__all__ = ["CrmTeam"]


class CrmTeam(models.Model):
    """Whose work leads and orders are."""

    _inherit = "crm.team"

    @api.compute("member_ids")
    @api.depends("crm_team_member_ids.active")
    def _compute_member_ids(self) -> None:
        for team in self:
            team.member_ids = team.crm_team_member_ids.user_id

    @api.search("member_ids")
    def _search_member_ids(self, operator: str, value: Any) -> list[Any]:
        return [("crm_team_member_ids.user_id", operator, value)]

    @api.model
    def _get_default_team_id(self, user_id: int | bool = False, domain: list[Any] | None = None) -> Self:
        """The team a user's work belongs to: one of the user's own, that of the context, else the first."""
        user = self.env["res.users"].sudo().browse(user_id or self.env.uid)
        mine = ["|", ("user_id", "=", user.id), ("member_ids", "in", user.ids)]
        teams, more = self.sudo(), domain or []
        found = teams.search([*mine, *more], limit=1) or teams.search(mine, limit=1)
        if not found and self.env.context.get("default_team_id"):
            found = teams.browse(self.env.context["default_team_id"]).exists()
        return found.sudo(self.env.su) if found else teams.search(more, limit=1).sudo(self.env.su)
