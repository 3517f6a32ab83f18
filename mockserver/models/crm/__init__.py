"""Leads, opportunities and sales teams."""

from fauxdoo.mockserver.models.crm import (
    crm_lead,
    crm_lead_contact,
    crm_lead_conversion,
    crm_lead_figures,
    crm_tag,
    crm_team,
    crm_wizards,
)

__all__ = [
    "crm_lead",
    "crm_lead_contact",
    "crm_lead_conversion",
    "crm_lead_figures",
    "crm_tag",
    "crm_team",
    "crm_wizards",
]
