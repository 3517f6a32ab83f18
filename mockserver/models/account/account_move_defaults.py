"""What a journal entry takes from its kind, partner, company and dates."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.account_journal import MONEY

__all__ = ["AccountMoveDefaults"]


class AccountMoveDefaults(models.Model):
    """Journal, dates, addresses and terms: computed, and free to be changed."""

    _inherit = "account.move"

    @api.compute("journal_id")
    @api.depends("move_type")
    def _compute_journal_id(self) -> None:
        for move in self:
            if not move.journal_id or move.journal_id.type not in move._journal_types():
                move.journal_id = move._default_journal()

    def _journal_types(self) -> tuple[str, ...]:
        if self.is_sale_document(True):
            return ("sale",)
        if self.is_purchase_document(True):
            return ("purchase",)
        return MONEY if self.origin_payment_id else ("general", *MONEY)

    def _default_journal(self) -> Any:
        company = self.company_id or self.env.company
        first, *_ = kinds = self._journal_types()
        domain = [("company_id", "=", company.id), ("type", "in", kinds)]
        journals = self.env["account.journal"].sudo().search(domain)
        found = journals.filtered(lambda journal: journal.type == first)[:1] or journals[:1]
        if not found:
            raise UserError(f"No journal could be found in company {company.name} for any of those types: {first}")
        return found.with_env(self.env)

    @api.compute("company_id")
    @api.depends("journal_id")
    def _compute_company_id(self) -> None:
        for move in self:
            move.company_id = move.journal_id.company_id or move.company_id or self.env.company

    @api.compute("currency_id")
    @api.depends("journal_id")
    def _compute_currency_id(self) -> None:
        for move in self:
            move.currency_id = move.journal_id.currency_id or move.currency_id or move.journal_id.company_id.currency_id

    @api.compute("invoice_currency_rate")
    @api.depends("currency_id", "company_id", "invoice_date")
    def _compute_invoice_currency_rate(self) -> None:
        for move in self:
            own = move.company_id.currency_id
            foreign = move.currency_id and own and move.currency_id != own
            move.invoice_currency_rate = move.currency_id._rate_on(move.invoice_date, move.company_id) if foreign else 1

    @api.compute("commercial_partner_id")
    @api.depends("partner_id")
    def _compute_commercial_partner_id(self) -> None:
        for move in self:
            move.commercial_partner_id = move.partner_id.commercial_partner_id

    @api.compute("partner_shipping_id")
    @api.depends("partner_id")
    def _compute_partner_shipping_id(self) -> None:
        for move in self:
            partner = move.partner_id if move.is_invoice(True) else move.partner_id.browse()
            move.partner_shipping_id = partner.address_get(["delivery"])["delivery"] if partner else False

    @api.compute("fiscal_position_id")
    @api.depends("partner_id", "partner_shipping_id", "company_id")
    def _compute_fiscal_position_id(self) -> None:
        positions = self.env["account.fiscal.position"]
        for move in self:
            found = positions._get_fiscal_position(move.partner_id, move.partner_shipping_id)
            move.fiscal_position_id = found if move.partner_id else False

    @api.compute("invoice_user_id")
    @api.depends("move_type", "partner_id")
    def _compute_invoice_user_id(self) -> None:
        for move in self:
            partner = move.partner_id
            responsible = partner.user_id or partner.commercial_partner_id.user_id or self.env.user
            move.invoice_user_id = (move.invoice_user_id or responsible) if move.is_sale_document(True) else False

    @api.compute("team_id")
    @api.depends("invoice_user_id")
    def _compute_team_id(self) -> None:
        for move in self.filtered(lambda each: each.is_sale_document(True)):
            move.team_id = self.env["crm.team"]._get_default_team_id(user_id=move.invoice_user_id.id)

    @api.compute("invoice_partner_display_name")
    @api.depends("partner_id.display_name", "invoice_source_email")
    def _compute_invoice_partner_display_name(self) -> None:
        """The partner, else who sent it or made it."""
        for move in self:
            sender, maker = move.invoice_source_email, move.sudo().create_uid or self.env.user
            origin = f"@From: {sender}" if sender else f"#Created by: {maker.name}"
            move.invoice_partner_display_name = move.partner_id.display_name or origin

    # ---------------------------------------------------------------- dates and terms

    @api.compute("invoice_payment_term_id")
    @api.depends("partner_id")
    def _compute_invoice_payment_term_id(self) -> None:
        for move in self:
            partner = move.partner_id.with_company(move.company_id)
            if move.is_sale_document(True) and partner:
                move.invoice_payment_term_id = partner.property_payment_term_id
            elif move.is_purchase_document(True) and partner:
                move.invoice_payment_term_id = partner.property_supplier_payment_term_id
            else:
                move.invoice_payment_term_id = False

    @api.compute("date")
    @api.depends("invoice_date", "move_type")
    def _compute_date(self) -> None:
        today = self.env.clock.today()
        for move in self:
            day = move.invoice_date
            if day and move.is_purchase_document(True):
                day = move._accounting_date(day)
            move.date = day or move.date or today

    @api.compute("invoice_date_due")
    @api.depends("invoice_payment_term_id", "invoice_date", "move_type")
    def _compute_invoice_date_due(self) -> None:
        for move in self:
            start = move.invoice_date or move.date or self.env.clock.today()
            term = move.invoice_payment_term_id
            move.invoice_date_due = term._last_day(start) if term else move.invoice_date_due or self.env.clock.today()
