"""Wizards around leads: why one is lost, how one becomes an opportunity."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["CrmLead2opportunityPartner", "CrmLeadLost", "CrmMergeOpportunity"]


class CrmLeadLost(models.TransientModel):
    """Asks why leads are lost."""

    _inherit = "crm.lead.lost"

    def action_lost_reason_apply(self) -> None:
        """Mark the leads as lost, with the reason; the comment is posted on them."""
        self.ensure_one()
        if self.lost_feedback:
            for lead in self.lead_ids:
                lead.message_post(body=self.lost_feedback, body_is_html=True)
        reason = {"lost_reason_id": self.lost_reason_id.id} if self.lost_reason_id else {}
        self.lead_ids.action_set_lost(**reason)


class CrmLead2opportunityPartner(models.TransientModel):
    """Asks how a lead becomes an opportunity."""

    _inherit = "crm.lead2opportunity.partner"

    @api.default("lead_id")
    def _default_lead_id(self) -> Any:
        return self.env["crm.lead"].browse(self.env.context.get("active_id") or [])

    @api.compute("duplicated_lead_ids")
    @api.depends("lead_id", "partner_id")
    def _compute_duplicated_lead_ids(self) -> None:
        for wizard in self:
            lead = wizard.lead_id
            same = [("email_normalized", "=", lead.email_normalized), ("id", "!=", lead.id)]
            wizard.duplicated_lead_ids = lead | lead.search(same) if lead.email_normalized else lead

    @api.compute("name")
    @api.depends("duplicated_lead_ids")
    def _compute_name(self) -> None:
        for wizard in self:
            wizard.name = wizard.name or ("merge" if len(wizard.duplicated_lead_ids) >= 2 else "convert")

    @api.compute("action")
    @api.depends("lead_id")
    def _compute_action(self) -> None:
        for wizard in self:
            wizard.action = wizard.action or ("exist" if wizard.lead_id.partner_id else "create")

    @api.compute("partner_id")
    @api.depends("action", "lead_id")
    def _compute_partner_id(self) -> None:
        for wizard in self:
            wizard.partner_id = wizard.lead_id.partner_id if wizard.action == "exist" else False

    @api.compute("user_id")
    @api.depends("lead_id")
    def _compute_user_id(self) -> None:
        for wizard in self:
            wizard.user_id = wizard.lead_id.user_id

    @api.compute("team_id")
    @api.depends("user_id")
    def _compute_team_id(self) -> None:
        for wizard in self:
            user = wizard.user_id
            wizard.team_id = self.env["crm.team"]._get_default_team_id(user_id=user.id) if user else False

    def action_apply(self) -> dict[str, Any]:
        """Convert the leads of the context, or merge the duplicates; the action that shows the opportunity."""
        self.ensure_one()
        if self.name == "merge":
            result = self.duplicated_lead_ids.merge_opportunity()
            result.convert_opportunity(result.partner_id)
        else:
            result = self.env["crm.lead"].browse(self.env.context.get("active_ids") or [])
            for lead in result:
                self._convert(lead)
        return _shown(result[0])

    def _convert(self, lead: Any) -> None:
        customer = lead._customer() if self.action == "create" else self.partner_id
        lead.convert_opportunity(customer if self.action != "nothing" else False, self.user_id.ids, self.team_id.id)


def _shown(lead: Any) -> dict[str, Any]:
    """The action of the form of a lead."""
    return {
        "name": "Lead or Opportunity",
        "view_mode": "form",
        "res_model": "crm.lead",
        "domain": [("type", "=", lead.type)],
        "res_id": lead.id,
        "view_id": False,
        "type": "ir.actions.act_window",
        "context": {"default_type": lead.type},
    }


class CrmMergeOpportunity(models.TransientModel):
    """Asks which leads are one."""

    _inherit = "crm.merge.opportunity"

    def action_merge(self) -> dict[str, Any]:
        """Merge the leads; an action of the web client that shows the one that is kept."""
        self.ensure_one()
        kept = self.opportunity_ids.merge_opportunity(self.user_id.id, self.team_id.id)
        return dict(kept.redirect_lead_opportunity_view())
