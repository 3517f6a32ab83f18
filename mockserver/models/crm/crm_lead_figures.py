"""What a lead's form shows of others like it, of its meetings and of what it would change in its customer."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["CrmLeadFigures"]

_MANY = 21
"""So many leads alike mean nothing: a shared mailbox, a company's switchboard."""


class CrmLeadFigures(models.Model):
    """Leads alike have the customer, the domain of the address or the number in common."""

    _inherit = "crm.lead"

    @api.compute("duplicate_lead_ids", "duplicate_lead_count")
    def _compute_duplicate_lead_ids(self) -> None:
        leads = self.with_context(active_test=False).sudo()
        for lead in self:
            alike = leads.browse()
            for domain in lead._likenesses():
                found = leads.search([*domain, ("id", "!=", lead.id)], limit=_MANY)
                alike |= found if len(found) < _MANY else leads.browse()
            lead.duplicate_lead_ids = [*alike.ids, *lead.ids]
            lead.duplicate_lead_count = len(alike)

    def _likenesses(self) -> list[list[Any]]:
        same = [(name, self[name]) for name in ("email_domain_criterion", "phone_sanitized") if self[name]]
        customer = self.partner_id.commercial_partner_id
        domains: list[list[Any]] = [[(name, "=", value)] for name, value in same]
        return [*domains, [("partner_id", "child_of", customer.id)]] if customer else domains

    @api.compute("is_partner_visible")
    def _compute_is_partner_visible(self) -> None:
        for lead in self:
            lead.is_partner_visible = bool(lead.type == "opportunity" or lead.partner_id)

    @api.compute("meeting_display_date", "meeting_display_label")
    def _compute_meeting_display(self) -> None:
        now = self.env.transaction.now
        for lead in self:
            starts = sorted(event.start for event in lead.sudo().calendar_event_ids if event.start)
            coming = [start for start in starts if start > now]
            chosen = coming[0] if coming else starts[-1] if starts else None
            lead.meeting_display_date = chosen.date() if chosen else False
            lead.meeting_display_label = "Next Meeting" if coming else "Last Meeting" if starts else "No Meeting"

    @api.compute("lang_active_count")
    def _compute_lang_active_count(self) -> None:
        for lead in self:
            lead.lang_active_count = len(self.env.active_languages)
