"""What an entry takes from its type, partner and company."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["AccountMoveDefaults"]

_JOURNALS = {"out": "sale", "in": "purchase", "entry": "general"}


class AccountMoveDefaults(models.Model):
    """Journal, currency, dates, terms: computed, and free to be changed."""

    _inherit = "account.move"

    @api.compute("journal_id")
    @api.depends("move_type")
    def _compute_journal_id(self) -> None:
        for move in self:
            wanted = _JOURNALS[move.move_type.partition("_")[0]]
            company = move.company_id or self.env.company
            domain = [("type", "=", wanted), ("company_id", "=", company.id)]
            move.journal_id = move.journal_id or self.env["account.journal"].search(domain, limit=1)

    @api.compute("company_id")
    @api.depends("journal_id")
    def _compute_company_id(self) -> None:
        for move in self:
            move.company_id = move.journal_id.company_id or move.company_id or self.env.company

    @api.compute("currency_id")
    @api.depends("journal_id")
    def _compute_currency_id(self) -> None:
        for move in self:
            journal = move.journal_id
            own = journal.currency_id or journal.company_id.currency_id or self.env.company.currency_id
            move.currency_id = move.currency_id or own

    @api.compute("invoice_currency_rate")
    @api.depends("currency_id", "company_id", "invoice_date")
    def _compute_invoice_currency_rate(self) -> None:
        for move in self:
            own, company = move.company_id.currency_id, move.company_id
            same = not move.currency_id or move.currency_id == own
            day = move.invoice_date or self.env.clock.today()
            move.invoice_currency_rate = 1.0 if same else move.currency_id._rate_on(day, company)

    @api.compute("date")
    @api.depends("invoice_date", "move_type")
    def _compute_date(self) -> None:
        for move in self:
            move.date = (move.invoice_date if move._is_invoice() else False) or move.date or self.env.clock.today()

    @api.compute("commercial_partner_id")
    @api.depends("partner_id")
    def _compute_commercial_partner_id(self) -> None:
        for move in self:
            move.commercial_partner_id = move.partner_id.commercial_partner_id

    @api.compute("partner_shipping_id")
    @api.depends("partner_id")
    def _compute_partner_shipping_id(self) -> None:
        for move in self:
            partner = move.partner_id if move._is_invoice() else move.partner_id.browse()
            delivery = partner and partner.address_get(["delivery"])["delivery"]
            move.partner_shipping_id = partner.browse(delivery or [])

    @api.compute("fiscal_position_id")
    @api.depends("partner_id", "partner_shipping_id", "company_id", "move_type")
    def _compute_fiscal_position_id(self) -> None:
        positions = self.env["account.fiscal.position"]
        for move in self:
            found = positions._get_fiscal_position(move.partner_id, move.partner_shipping_id)
            move.fiscal_position_id = found if move._is_invoice() else False

    @api.compute("invoice_payment_term_id")
    @api.depends("partner_id")
    def _compute_invoice_payment_term_id(self) -> None:
        for move in self:
            partner = move.partner_id.with_company(move.company_id)
            sale = move.move_type.startswith("out")
            term = partner.property_payment_term_id if sale else partner.property_supplier_payment_term_id
            move.invoice_payment_term_id = (term if move._is_invoice() else False) or move.invoice_payment_term_id

    @api.compute("invoice_date_due")
    @api.depends("invoice_payment_term_id", "invoice_date")
    def _compute_invoice_date_due(self) -> None:
        """The last day of the terms; without terms the day of the invoice, unless another one was set."""
        for move in self:
            day = move.invoice_date or self.env.clock.today()
            term = move.invoice_payment_term_id
            if move._is_invoice():
                move.invoice_date_due = term._last_day(day) if term else move.invoice_date_due or day

    @api.compute("invoice_user_id")
    @api.depends("move_type", "partner_id")
    def _compute_invoice_user_id(self) -> None:
        for move in self:
            sale = move.move_type.startswith("out")
            move.invoice_user_id = move.invoice_user_id or (self.env.user if sale else False)

    @api.compute("team_id")
    @api.depends("invoice_user_id")
    def _compute_team_id(self) -> None:
        for move in self:
            if move.move_type.startswith("out") and not move.team_id:
                move.team_id = self.env["crm.team"]._get_default_team_id(user_id=move.invoice_user_id.id)

    @api.compute("invoice_partner_display_name")
    @api.depends("partner_id")
    def _compute_invoice_partner_display_name(self) -> None:
        for move in self:
            move.invoice_partner_display_name = move.partner_id.display_name

    @api.compute("bank_partner_id")
    def _compute_bank_partner_id(self) -> None:
        for move in self:
            outgoing = move.move_type in ("out_invoice", "out_receipt", "in_refund")
            move.bank_partner_id = move.company_id.partner_id if outgoing else move.commercial_partner_id

    @api.compute("sequence_prefix", "sequence_number")
    @api.depends("name")
    def _compute_sequence(self) -> None:
        for move in self:
            head, slash, number = (move.name or "").rpartition("/")
            move.sequence_prefix = f"{head}{slash}" if number.isdigit() else False
            move.sequence_number = int(number) if number.isdigit() else 0

    @api.compute("tax_country_id")
    def _compute_tax_country_id(self) -> None:
        for move in self:
            move.tax_country_id = move.company_id.account_fiscal_country_id

    @api.onchange("partner_id")
    def _onchange_partner_id(self) -> Any:
        """Nothing but what is computed."""
