"""What a lead knows of its customer, and how both stay the same."""

from __future__ import annotations

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models import emails

__all__ = ["CrmLeadContact"]


class CrmLeadContact(models.Model):
    """Name, address and numbers come from the customer; mail and phone go back to it."""

    _inherit = "crm.lead"

    @api.compute("name")
    @api.depends("partner_id")
    def _compute_name(self) -> None:
        for lead in self:
            if not lead.name and lead.partner_id.name:
                lead.name = f"{lead.partner_id.name}'s opportunity"

    @api.compute("contact_name")
    @api.depends("partner_id")
    def _compute_contact_name(self) -> None:
        for lead in self.filtered("partner_id"):
            person = not lead.partner_id.is_company
            lead.contact_name = (lead.partner_id.name if person else False) or lead.contact_name

    @api.compute("partner_name")
    @api.depends("partner_id")
    def _compute_partner_name(self) -> None:
        for lead in self.filtered("partner_id"):
            partner = lead.partner_id
            company = partner if partner.is_company else partner.parent_id
            lead.partner_name = company.name or partner.company_name or lead.partner_name

    @api.compute("function")
    @api.depends("partner_id")
    def _compute_function(self) -> None:
        self._take("function")

    @api.compute("website")
    @api.depends("partner_id")
    def _compute_website(self) -> None:
        self._take("website")

    def _take(self, name: str) -> None:
        for lead in self.filtered("partner_id"):
            lead[name] = lead.partner_id[name] or lead[name]

    @api.compute("street", "street2", "zip", "city", "state_id", "country_id")
    @api.depends("partner_id")
    def _compute_address(self) -> None:
        names = ("street", "street2", "zip", "city", "state_id", "country_id")
        for lead in self.filtered("partner_id"):
            if any(lead.partner_id[name] for name in names):
                for name in names:
                    lead[name] = lead.partner_id[name]

    @api.compute("lang_id")
    @api.depends("partner_id")
    def _compute_lang_id(self) -> None:
        for lead in self.filtered("partner_id"):
            code = lead.partner_id.lang
            lead.lang_id = self.env["res.lang"].search([("code", "=", code)], limit=1) if code else lead.lang_id

    @api.compute("email_from")
    @api.depends("partner_id.email")
    def _compute_email_from(self) -> None:
        self._follow_partner("email_from", "email")

    @api.inverse("email_from")
    def _inverse_email_from(self) -> None:
        self._tell_partner("email_from", "email")

    @api.compute("phone")
    @api.depends("partner_id.phone")
    def _compute_phone(self) -> None:
        self._follow_partner("phone", "phone")

    @api.inverse("phone")
    def _inverse_phone(self) -> None:
        self._tell_partner("phone", "phone")

    def _follow_partner(self, name: str, theirs: str) -> None:
        for lead in self.filtered("partner_id"):
            if lead.partner_id[theirs] and lead.partner_id[theirs] != lead[name]:
                lead[name] = lead.partner_id[theirs]

    def _tell_partner(self, name: str, theirs: str) -> None:
        for lead in self.filtered("partner_id"):
            if lead[name] and lead[name] != lead.partner_id[theirs]:
                lead.partner_id[theirs] = lead[name]

    @api.compute("email_normalized")
    @api.depends("email_from")
    def _compute_email_normalized(self) -> None:
        for lead in self:
            lead.email_normalized = emails.normalized(lead.email_from)

    @api.compute("email_domain_criterion")
    @api.depends("email_normalized")
    def _compute_email_domain_criterion(self) -> None:
        for lead in self:
            domain = (lead.email_normalized or "").partition("@")[2]
            lead.email_domain_criterion = f"@{domain}" if domain else False

    @api.compute("email_state")
    @api.depends("email_from")
    def _compute_email_state(self) -> None:
        for lead in self:
            lead.email_state = (
                ("correct" if emails.normalized(lead.email_from) else "incorrect") if lead.email_from else False
            )

    @api.compute("phone_sanitized")
    @api.depends("phone")
    def _compute_phone_sanitized(self) -> None:
        for lead in self:
            lead.phone_sanitized = lead.phone

    @api.compute("phone_state")
    @api.depends("phone")
    def _compute_phone_state(self) -> None:
        for lead in self:
            lead.phone_state = "correct" if lead.phone else False

    @api.compute("commercial_partner_id")
    def _compute_commercial_partner_id(self) -> None:
        for lead in self:
            company = lead.partner_id.commercial_partner_id
            lead.commercial_partner_id = company if company.is_company else False

    @api.compute("sale_order_count", "quotation_count", "sale_amount_total")
    def _compute_orders(self) -> None:
        for lead in self:
            orders = lead.order_ids
            confirmed = orders.filtered(lambda order: order.state == "sale")
            lead.sale_order_count = len(confirmed)
            lead.quotation_count = len(orders.filtered(lambda order: order.state in ("draft", "sent")))
            lead.sale_amount_total = sum(confirmed.mapped("amount_untaxed"))
