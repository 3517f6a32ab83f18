"""Leads and opportunities: stage, probability, won and lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["CrmLead"]


class CrmLead(models.Model):
    """An opportunity on its way through the stages."""

    _inherit = "crm.lead"
    _sql_messages = {"crm_lead_check_probability": "The probability of closing the deal should be between 0% and 100%!"}

    # ---------------------------------------------------------------- where it stands

    @api.model
    def _read_group_stage_ids(self, stages: Any, domain: Any) -> Any:
        """Groups by stage show those of all teams, and of the team in the context."""
        teams: list[Any] = [("team_ids", "=", False)]
        if team := self.env.context.get("default_team_id"):
            teams = ["|", *teams, ("team_ids", "in", team)]
        return stages.search(["|", ("id", "in", stages.ids), *teams])

    @api.compute("team_id")
    @api.depends("user_id", "type")
    def _compute_team_id(self) -> None:
        for lead in self:
            team, user = lead.team_id, lead.user_id
            if not user or (team and user in (team.member_ids | team.user_id)):
                continue
            fitting = [("use_leads", "=", True)] if lead.type == "lead" else [("use_opportunities", "=", True)]
            lead.team_id = self.env["crm.team"]._get_default_team_id(user_id=user.id, domain=fitting)

    @api.compute("company_id")
    @api.depends("user_id", "team_id", "partner_id")
    def _compute_company_id(self) -> None:
        for lead in self:
            known = lead.company_id
            if not known or (lead.user_id and known not in lead.user_id.company_ids):
                known = lead.team_id.company_id or _company_of(lead)
            lead.company_id = known

    @api.compute("company_currency")
    def _compute_company_currency(self) -> None:
        for lead in self:
            lead.company_currency = lead.company_id.currency_id or self.env.company.currency_id

    @api.compute("stage_id")
    @api.depends("team_id", "type")
    def _compute_stage_id(self) -> None:
        for lead in self:
            lead.stage_id = lead.stage_id or lead._stage_find()

    def _stage_find(self, domain: list[Any] | None = None) -> Any:
        """The first stage of the lead's team, or of all teams."""
        stages = self.env["crm.stage"]
        teams = [("team_ids", "=", False), ("team_ids", "in", self.team_id.ids)]
        return stages.search(["|", *teams, *([("fold", "=", False)] if domain is None else domain)], limit=1)

    # ---------------------------------------------------------------- probability and revenue

    @api.compute("automated_probability", "probability")
    @api.depends("stage_id", "team_id")
    def _compute_probabilities(self) -> None:
        """Without a history of won and lost leads nothing is guessed, unset sorts last (search/order-types)."""
        for lead in self.filtered(lambda each: each.stage_id.is_won):
            lead.automated_probability = lead.probability = 100.0

    @api.compute("is_automated_probability")
    def _compute_is_automated_probability(self) -> None:
        for lead in self:
            lead.is_automated_probability = abs(lead.probability - lead.automated_probability) < 0.005

    @api.compute("prorated_revenue")
    @api.depends("expected_revenue", "probability")
    def _compute_prorated_revenue(self) -> None:
        for lead in self:
            lead.prorated_revenue = round((lead.expected_revenue or 0.0) * (lead.probability or 0) / 100.0, 2)

    @api.compute("recurring_revenue_monthly")
    @api.depends("recurring_revenue", "recurring_plan.number_of_months")
    def _compute_recurring_revenue_monthly(self) -> None:
        for lead in self:
            months = lead.recurring_plan.number_of_months or 1
            lead.recurring_revenue_monthly = (lead.recurring_revenue or 0.0) / months

    @api.compute("recurring_revenue_monthly_prorated")
    @api.depends("recurring_revenue_monthly", "probability")
    def _compute_recurring_revenue_monthly_prorated(self) -> None:
        for lead in self:
            lead.recurring_revenue_monthly_prorated = lead.recurring_revenue_monthly * lead.probability / 100.0

    @api.compute("recurring_revenue_prorated")
    @api.depends("recurring_revenue", "probability")
    def _compute_recurring_revenue_prorated(self) -> None:
        for lead in self:
            lead.recurring_revenue_prorated = (lead.recurring_revenue or 0.0) * lead.probability / 100.0

    @api.compute("won_status")
    @api.depends("active", "probability", "stage_id")
    def _compute_won_status(self) -> None:
        for lead in self:
            if lead.active and lead.probability == 100 and lead.stage_id.is_won:
                lead.won_status = "won"
            else:
                lead.won_status = "lost" if not lead.active and lead.probability == 0 else "pending"

    # ---------------------------------------------------------------- dates

    @api.compute("date_open")
    @api.depends("user_id")
    def _compute_date_open(self) -> None:
        for lead in self:
            lead.date_open = self.env.transaction.now if lead.user_id else False

    @api.compute("date_last_stage_update")
    @api.depends("stage_id")
    def _compute_date_last_stage_update(self) -> None:
        for lead in self:
            lead.date_last_stage_update = self.env.transaction.now

    @api.compute("day_open")
    @api.depends("create_date", "date_open")
    def _compute_day_open(self) -> None:
        for lead in self:
            lead.day_open = _days(lead.create_date, lead.date_open)

    @api.compute("day_close")
    @api.depends("create_date", "date_closed")
    def _compute_day_close(self) -> None:
        for lead in self:
            lead.day_close = _days(lead.create_date, lead.date_closed)

    # ---------------------------------------------------------------- saving

    @api.constrains("probability", "stage_id")
    def _check_won(self) -> None:
        """A won stage is certain."""
        if any(lead.active and lead.stage_id.is_won and lead.probability != 100 for lead in self):
            raise ValidationError("A lead in a won stage should have a 100% probability.")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make leads; those in a won stage are certain."""
        return super().create([self._completed(vals) for vals in vals_list])

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, to whom may read the leads; a won stage closes, another one opens again."""
        self.check_access("read")
        vals = self._completed(vals)
        stage = self.env["crm.stage"].browse(vals["stage_id"]) if vals.get("stage_id") else None
        if stage and "date_closed" not in vals and not stage.is_won and self.filtered("date_closed"):
            vals["date_closed"] = False
        return super().write(vals)

    def _completed(self, vals: dict[str, Any]) -> dict[str, Any]:
        """The values with what a won stage or a certain outcome brings."""
        stage = vals.get("stage_id") and self.env["crm.stage"].sudo().search([("id", "=", vals["stage_id"])])
        more: dict[str, Any] = {}
        now = self.env.transaction.now.replace(microsecond=0)
        if stage and stage.is_won:
            more = {"probability": 100, "automated_probability": 100, "date_closed": now}
        elif "probability" in vals and (vals["probability"] == 100 or (not vals["probability"] and "active" in vals)):
            more = {"date_closed": now}
        return {**vals, **{name: value for name, value in more.items() if name == "probability" or name not in vals}}

    # ---------------------------------------------------------------- won and lost

    def action_set_won(self) -> bool:
        """Move leads to the won stage of their team, certain and active."""
        self.filtered(lambda lead: not lead.active).action_unarchive()
        for lead in self:
            stage = lead._stage_find([("is_won", "=", True)])
            lead.write({"stage_id": stage.id, "probability": 100} if stage else {"probability": 100})
        return True

    def action_set_won_rainbowman(self) -> Any:
        """Move a lead to the won stage and celebrate."""
        self.ensure_one()
        self.action_set_won()
        return True

    def action_set_lost(self, **additional_values: Any) -> None:
        """Archive leads with no chance left, with the reason given; raises UserError for a won one."""
        if any(lead.stage_id.is_won for lead in self):
            raise ValidationError("A lead in a Won stage cannot be lost. Move it to another stage first.")
        self.write({"active": False, "probability": 0, "automated_probability": 0, **additional_values})

    def action_unarchive(self) -> None:
        """Bring leads back, without the reason they were lost for."""
        lost = self.filtered(lambda lead: not lead.active and lead.won_status == "lost")
        super().action_unarchive()
        lost.write({"lost_reason_id": False})

    def action_restore(self) -> None:
        """Bring lost leads back."""
        self.action_unarchive()

    def action_set_automated_probability(self) -> None:
        """Let the probability follow the guess again."""
        for lead in self:
            lead.write({"probability": lead.automated_probability})

    def _compute_display_name(self) -> None:
        for lead in self:
            lead.display_name = lead.name or ""

    def _track_subtype(self, before: Mapping[str, Any]) -> Any:
        if "stage_id" in before:
            return self.env.ref("crm.mt_lead_won" if self.probability == 100 else "crm.mt_lead_stage")
        if "lost_reason_id" in before and self.lost_reason_id:
            return self.env.ref("crm.mt_lead_lost")
        if "active" in before:
            return self.env.ref("crm.mt_lead_restored" if self.active else "crm.mt_lead_lost")
        return super()._track_subtype(before)  # type: ignore[misc]


def _company_of(lead: Any) -> Any:
    """The current company where the salesperson works for it; the customer's without a salesperson."""
    if lead.user_id:
        return lead.user_id.company_id & lead.env.company
    return lead.partner_id.company_id


def _days(start: Any, end: Any) -> float:
    return float(abs((end - start).days)) if start and end else 0.0
