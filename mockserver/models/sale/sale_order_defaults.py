"""What a quotation takes from its customer, salesperson and company."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["SaleOrderDefaults"]


class SaleOrderDefaults(models.Model):
    """Addresses, terms, salesperson, team, currency: computed, and free to be changed."""

    _inherit = "sale.order"

    @api.compute("partner_invoice_id")
    @api.depends("partner_id")
    def _compute_partner_invoice_id(self) -> None:
        for order in self:
            order.partner_invoice_id = _address(order, "invoice")

    @api.compute("partner_shipping_id")
    @api.depends("partner_id")
    def _compute_partner_shipping_id(self) -> None:
        for order in self:
            order.partner_shipping_id = _address(order, "delivery")

    @api.compute("fiscal_position_id")
    @api.depends("partner_shipping_id", "partner_id", "company_id")
    def _compute_fiscal_position_id(self) -> None:
        positions = self.env["account.fiscal.position"]
        for order in self:
            found = positions._get_fiscal_position(order.partner_id, order.partner_shipping_id)
            order.fiscal_position_id = found if order.partner_id else False

    @api.compute("payment_term_id")
    @api.depends("partner_id")
    def _compute_payment_term_id(self) -> None:
        for order in self:
            order.payment_term_id = order.partner_id.with_company(order.company_id).property_payment_term_id

    @api.compute("pricelist_id")
    @api.depends("partner_id", "company_id")
    def _compute_pricelist_id(self) -> None:
        for order in self:
            if order.state == "draft":
                partner = order.partner_id.with_company(order.company_id)
                order.pricelist_id = partner.specific_property_product_pricelist if partner else False

    @api.compute("currency_id")
    @api.depends("pricelist_id", "company_id")
    def _compute_currency_id(self) -> None:
        for order in self:
            order.currency_id = order.pricelist_id.currency_id or order.company_id.currency_id

    @api.compute("currency_rate")
    @api.depends("currency_id", "date_order", "company_id")
    def _compute_currency_rate(self) -> None:
        for order in self:
            day = order.date_order.date() if order.date_order else None
            own = order.company_id.currency_id
            same = not order.currency_id or order.currency_id == own
            order.currency_rate = 1.0 if same else order.currency_id._rate_on(day, order.company_id)

    @api.compute("user_id")
    @api.depends("partner_id")
    def _compute_user_id(self) -> None:
        for order in self:
            if order.partner_id and not order.user_id:
                partner = order.partner_id
                order.user_id = partner.user_id or partner.commercial_partner_id.user_id or _salesperson(self.env)

    @api.compute("team_id")
    @api.depends("partner_id", "user_id")
    def _compute_team_id(self) -> None:
        for order in self:
            if order.partner_id and not order.team_id:
                order.team_id = self.env["crm.team"]._get_default_team_id(user_id=order.user_id.id)

    @api.compute("note")
    @api.depends("partner_id")
    def _compute_note(self) -> None:
        use_terms = self.env["ir.config_parameter"].sudo().get_param("account.use_invoice_terms")
        for order in self:
            terms = order.company_id.invoice_terms if use_terms and order.company_id.terms_type == "plain" else False
            order.note = terms or order.note

    @api.compute("validity_date")
    @api.depends("company_id")
    def _compute_validity_date(self) -> None:
        for order in self:
            days = order.company_id.quotation_validity_days
            order.validity_date = self.env.clock.today() + timedelta(days=days) if days > 0 else False

    @api.compute("require_signature")
    @api.depends("company_id")
    def _compute_require_signature(self) -> None:
        for order in self:
            order.require_signature = order.company_id.portal_confirmation_sign

    @api.compute("require_payment")
    @api.depends("company_id")
    def _compute_require_payment(self) -> None:
        for order in self:
            order.require_payment = order.company_id.portal_confirmation_pay

    @api.compute("prepayment_percent")
    @api.depends("require_payment")
    def _compute_prepayment_percent(self) -> None:
        for order in self:
            order.prepayment_percent = order.company_id.prepayment_percent

    @api.compute("warehouse_id")
    @api.depends("user_id", "company_id")
    def _compute_warehouse_id(self) -> None:
        for order in self:
            warehouses = self.env["stock.warehouse"].sudo()
            domain = [("company_id", "=", order.company_id.id)]
            if order.state in ("draft", "sent") or not order.warehouse_id:
                order.warehouse_id = order.company_id and warehouses.search(domain, limit=1)

    @api.compute("has_active_pricelist")
    def _compute_has_active_pricelist(self) -> None:
        for order in self:
            order.has_active_pricelist = bool(self.env["product.pricelist"].search([], limit=1))

    @api.compute("tax_country_id")
    def _compute_tax_country_id(self) -> None:
        for order in self:
            order.tax_country_id = order.company_id.account_fiscal_country_id


def _address(order: Any, kind: str) -> Any:
    """The customer's address of a kind, else the customer."""
    return order.partner_id and order.partner_id.browse(order.partner_id.address_get([kind])[kind])


def _salesperson(env: Any) -> Any:
    """The current user, if selling is part of the work."""
    return env.user if env.user._has_group("sales_team.group_sale_salesman") else env.user.browse()
