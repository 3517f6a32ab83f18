"""Small figures that forms and lists of journal entries show."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["AccountMoveFigures", "AccountMoveLineFigures"]

_JOURNALS = {"out": "sale", "in": "purchase"}


class AccountMoveFigures(models.Model):
    """What follows from kind, company and lines alone."""

    _inherit = "account.move"

    @api.compute("invoice_filter_type_domain", "suitable_journal_ids", "show_journal")
    def _compute_suitable_journals(self) -> None:
        for move in self:
            kind = _JOURNALS.get(move.move_type.partition("_")[0], False)
            company = move.company_id or self.env.company
            wanted = ("type", "=", kind) if kind else ("type", "not in", ["sale", "purchase"])
            move.invoice_filter_type_domain = kind
            move.suitable_journal_ids = self.env["account.journal"].search([("company_id", "=", company.id), wanted])
            move.show_journal = len(move.suitable_journal_ids) > 1

    @api.compute("tax_country_id", "tax_country_code")
    def _compute_tax_country_id(self) -> None:
        for move in self:
            position = move.fiscal_position_id
            abroad = position.country_id if position.foreign_vat else position.country_id.browse()
            move.tax_country_id = abroad or move.company_id.account_fiscal_country_id
            move.tax_country_code = move.tax_country_id.code

    @api.compute("bank_partner_id")
    def _compute_bank_partner_id(self) -> None:
        """Whose account the money goes to."""
        for move in self:
            ours = move.is_inbound()
            move.bank_partner_id = move.company_id.partner_id if ours else move.commercial_partner_id

    @api.compute("partner_bank_id")
    @api.depends("bank_partner_id", "currency_id")
    def _compute_partner_bank_id(self) -> None:
        """The first account of whom the money goes to that the company may use."""
        for move in self:
            banks = move.bank_partner_id.bank_ids if move.is_invoice(True) else move.partner_bank_id.browse()
            company = move.company_id
            usable = banks.filtered(
                lambda bank, company=company: bank.company_id in (company, bank.company_id.browse())
            )
            move.partner_bank_id = usable[:1]

    @api.compute("show_delivery_date")
    def _compute_show_delivery_date(self) -> None:
        for move in self:
            move.show_delivery_date = bool(move.delivery_date) and move.is_sale_document()

    @api.compute("hide_post_button")
    def _compute_hide_post_button(self) -> None:
        today = self.env.clock.today()
        for move in self:
            later = move.auto_post != "no" and move.date and move.date > today
            move.hide_post_button = move.state != "draft" or bool(later)

    @api.compute("move_sent_values")
    def _compute_move_sent_values(self) -> None:
        for move in self:
            move.move_sent_values = "sent" if move.is_move_sent else "not_sent"

    @api.compute("secured")
    def _compute_secured(self) -> None:
        for move in self:
            move.secured = bool(move.inalterable_hash)

    @api.search("secured")
    def _search_secured(self, operator: str, value: Any) -> list[Any]:
        return [("inalterable_hash", "!=" if asks_yes(operator, value) else "=", False)]

    @api.search("move_sent_values")
    def _search_move_sent_values(self, operator: str, value: Any) -> Any:
        if operator not in ("in", "not in"):
            return NotImplemented
        return [("is_move_sent", operator, [each == "sent" for each in value if each])]

    @api.compute("next_payment_date")
    def _compute_next_payment_date(self) -> None:
        for move in self:
            dates = [line.payment_date for line in move.line_ids if line.payment_date and not line.reconciled]
            move.next_payment_date = min(dates, default=False)

    @api.compute("sale_order_count")
    def _compute_sale_order_count(self) -> None:
        for move in self:
            move.sale_order_count = len(move.sudo().line_ids.sale_line_ids.order_id)

    @api.compute("purchase_order_count")
    def _compute_purchase_order_count(self) -> None:
        for move in self:
            move.purchase_order_count = len(move.sudo().line_ids.purchase_line_id.order_id)

    @api.compute("purchase_order_name")
    def _compute_purchase_order_name(self) -> None:
        for move in self:
            orders = move.sudo().line_ids.purchase_line_id.order_id
            move.purchase_order_name = orders.display_name if len(orders) == 1 else False


class AccountMoveLineFigures(models.Model):
    """What an item says of its currency and of what kind it is."""

    _inherit = "account.move.line"

    @api.compute("is_same_currency")
    def _compute_is_same_currency(self) -> None:
        for line in self:
            line.is_same_currency = line.currency_id == line.company_currency_id

    @api.compute("currency_rate")
    def _compute_currency_rate(self) -> None:
        for line in self:
            if not line.currency_id or line.currency_id == line.company_currency_id:
                line.currency_rate = 1.0
            elif line.move_id.is_invoice(True):
                line.currency_rate = line.move_id.invoice_currency_rate
            else:
                day = line.move_id.invoice_date or line.move_id.date
                line.currency_rate = line.currency_id._rate_on(day, line.company_id)

    @api.compute("is_refund")
    def _compute_is_refund(self) -> None:
        for line in self:
            if line.move_id.move_type == "entry":
                taxes = line.tax_repartition_line_id.document_type
                line.is_refund = taxes == "refund" if taxes else False
            else:
                line.is_refund = line.move_id.move_type in ("out_refund", "in_refund")

    @api.compute("payment_date")
    def _compute_payment_date(self) -> None:
        """When it is best paid: while a discount lasts, else when it is due."""
        today = self.env.clock.today()
        for line in self:
            early = line.discount_date and today <= line.discount_date
            line.payment_date = line.discount_date if early else line.date_maturity

    @api.compute("allowed_uom_ids")
    def _compute_allowed_uom_ids(self) -> None:
        for line in self:
            line.allowed_uom_ids = line.product_id.uom_id | line.product_id.uom_ids
