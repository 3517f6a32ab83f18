"""Leads become opportunities, several become one."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["CrmLeadConversion", "ResPartnerOpportunities"]

_MERGED = (
    "partner_id",
    "email_from",
    "phone",
    "contact_name",
    "partner_name",
    "street",
    "city",
    "country_id",
    "user_id",
)
"""Values the kept lead takes from the others where it has none."""


class CrmLeadConversion(models.Model):
    """Conversion, the customer of a lead, merging."""

    _inherit = "crm.lead"

    def convert_opportunity(self, partner: Any, user_ids: Any = False, team_id: Any = False) -> bool:
        """Make opportunities of leads, for a customer (id or record, false to keep theirs). Always true."""
        customer = partner if not partner or isinstance(partner, int) else partner.id
        for lead in self.filtered(lambda each: each.active and each.won_status != "won"):
            vals: dict[str, Any] = {"type": "opportunity", "date_conversion": self.env.transaction.now}
            if customer:
                vals["partner_id"] = customer
            if not lead.stage_id:
                vals["stage_id"] = lead._stage_find().id
            lead.write(vals)
        if user_ids or team_id:
            self._assign(list(user_ids or []), team_id)
        return True

    def _assign(self, user_ids: list[int], team_id: Any) -> None:
        """Give leads to salespeople in turn."""
        for position, lead in enumerate(self):
            user = {"user_id": user_ids[position % len(user_ids)]} if user_ids else {}
            lead.write({**user, **({"team_id": int(team_id)} if team_id else {})})

    def _customer(self) -> Any:
        """The customer, made of the lead's own data where there is none yet."""
        if self.partner_id:
            return self.partner_id
        partners = self.env["res.partner"]
        company = partners.create([{"name": self.partner_name, "is_company": True}]) if self.partner_name else partners
        if not (self.contact_name or self.email_from) and company:
            return company
        person = {
            "name": self.contact_name or self.email_from or self.name,
            "email": self.email_from,
            "phone": self.phone,
            "parent_id": company.id,
            "is_company": False,
            "type": "contact",
        }
        return partners.create([person])

    def merge_opportunity(self, user_id: Any = False, team_id: Any = False, auto_unlink: bool = True) -> Self:
        """Keep the most likely, then oldest, of several leads, with what the others knew; they are deleted."""
        if len(self) <= 1:
            raise UserError("Please select more than one element (lead or opportunity) from the list view.")
        ranked = self.sorted(lambda lead: (lead.type != "opportunity", -lead.probability, lead.id))
        kept: Self = ranked[:1]
        others = ranked[1:]
        known: dict[str, Any] = {name: next((lead[name] for lead in ranked if lead[name]), False) for name in _MERGED}
        vals = {name: value.id if hasattr(value, "_ids") else value for name, value in known.items() if value}
        vals |= {"user_id": int(user_id)} if user_id else {}
        vals |= {"team_id": int(team_id)} if team_id else {}
        kept.write(vals)
        if auto_unlink:
            others.sudo().unlink()
        return kept

    def redirect_lead_opportunity_view(self) -> dict[str, Any]:
        """The lead, as an action of the web client."""
        self.ensure_one()
        return {
            "name": "Lead or Opportunity",
            "view_mode": "form",
            "res_model": "crm.lead",
            "domain": [("type", "=", self.type)],
            "res_id": self.id,
            "view_id": False,
            "type": "ir.actions.act_window",
            "context": {"default_type": self.type},
        }


class ResPartnerOpportunities(models.Model):
    """Opportunities of a contact and those below it."""

    _inherit = "res.partner"

    @api.compute("opportunity_count")
    def _compute_opportunity_count(self) -> None:
        leads = self.env["crm.lead"]
        for partner in self:
            family = [("partner_id", "child_of", partner.id), ("type", "=", "opportunity")]
            partner.opportunity_count = leads.search_count(family) if partner.id else 0
