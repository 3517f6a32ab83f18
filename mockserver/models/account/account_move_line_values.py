"""What a journal item takes from its entry and product, and what is left to pay of it."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.taxes import TaxedLine, tax_line

__all__ = ["AccountMoveLineValues"]


class AccountMoveLineValues(models.Model):
    """Computed values of lines."""

    _inherit = "account.move.line"

    @api.compute("display_type")
    @api.depends("move_id")
    def _compute_display_type(self) -> None:
        for line in self:
            kind = line.account_id.account_type
            terms = line.move_id._is_invoice() and kind in ("asset_receivable", "liability_payable")
            line.display_type = line.display_type or ("payment_term" if terms else "product")

    @api.compute("name")
    @api.depends("product_id")
    def _compute_name(self) -> None:
        for line in self:
            line.name = line.name or (line.product_id.display_name if line.product_id else False)

    @api.compute("account_id")
    @api.depends("product_id", "display_type")
    def _compute_account_id(self) -> None:
        for line in self:
            typed = line.display_type in (False, "product")  # False: the type looks at the account first
            if typed and not line.account_id and line.move_id._is_invoice():
                line.account_id = line._product_account() or line.move_id.journal_id.default_account_id

    def _product_account(self) -> Any:
        """The income or expense account of the product, else of its category."""
        product = self.product_id.with_company(self.company_id)
        if self.move_id.move_type.startswith("out"):
            return product.property_account_income_id or product.categ_id.property_account_income_categ_id
        return product.property_account_expense_id or product.categ_id.property_account_expense_categ_id

    @api.compute("partner_id")
    @api.depends("move_id.partner_id")
    def _compute_partner_id(self) -> None:
        for line in self:
            line.partner_id = line.move_id.partner_id.commercial_partner_id or line.partner_id

    @api.compute("currency_id")
    @api.depends("move_id.currency_id")
    def _compute_currency_id(self) -> None:
        for line in self:
            invoice = line.move_id._is_invoice()
            line.currency_id = line.move_id.currency_id if invoice else line.currency_id or line.company_currency_id

    @api.compute("product_uom_id")
    @api.depends("product_id")
    def _compute_product_uom_id(self) -> None:
        for line in self:
            line.product_uom_id = line.product_uom_id or line.product_id.uom_id

    @api.compute("quantity")
    @api.depends("display_type")
    def _compute_quantity(self) -> None:
        for line in self:
            line.quantity = line.quantity or (1.0 if line.display_type == "product" else 0.0)

    @api.compute("sequence")
    @api.depends("display_type")
    def _compute_sequence(self) -> None:
        places = {"tax": 10000, "rounding": 11000, "payment_term": 12000}
        for line in self:
            line.sequence = places.get(line.display_type, 100)

    @api.compute("price_unit")
    @api.depends("product_id", "product_uom_id")
    def _compute_price_unit(self) -> None:
        for line in self:
            product = line.product_id
            if product and line.display_type == "product" and not line.price_unit:
                sale = line.move_id.move_type.startswith("out")
                price = product.lst_price if sale else product.standard_price
                line.price_unit = product.uom_id._compute_price(price, line.product_uom_id or product.uom_id)

    @api.compute("tax_ids")
    @api.depends("product_id")
    def _compute_tax_ids(self) -> None:
        for line in self:
            if line.product_id and line.display_type == "product":
                sale = line.move_id.move_type.startswith("out")
                taxes = line.product_id.taxes_id if sale else line.product_id.supplier_taxes_id
                company = line.move_id.company_id
                taxes = taxes.filtered(lambda tax, company=company: tax.company_id == company)
                line.tax_ids = line.move_id.fiscal_position_id.map_tax(taxes)

    @api.compute("debit", "credit")
    @api.depends("balance")
    def _compute_debit_credit(self) -> None:
        for line in self:
            line.debit, line.credit = max(line.balance, 0.0), max(-line.balance, 0.0)

    @api.compute("amount_currency")
    @api.depends("balance")
    def _compute_amount_currency(self) -> None:
        for line in self:
            own = not line.currency_id or line.currency_id == line.company_id.currency_id
            line.amount_currency = line.balance if own or not line.amount_currency else line.amount_currency

    @api.compute("price_subtotal", "price_total")
    @api.depends("quantity", "discount", "price_unit", "tax_ids", "currency_id")
    def _compute_totals(self) -> None:
        for line in self:
            counts = line.display_type == "product" and line.move_id._is_invoice()
            taxed = line._taxed() if counts else TaxedLine(0.0)
            currency = line.currency_id or self.env.company.currency_id
            line.price_subtotal = currency.round(taxed.base)
            line.price_total = line.price_subtotal + sum(currency.round(each[2]) for each in taxed.taxes)

    def _taxed(self) -> TaxedLine:
        """The line's amounts, nothing rounded."""
        price = self.price_unit * (1 - (self.discount or 0.0) / 100.0)
        return tax_line(self.tax_ids, price, self.quantity)

    def _quantity_in(self, unit: Any) -> float:
        """The quantity in another unit."""
        mine = self.product_uom_id
        return float(mine._compute_quantity(self.quantity, unit) if mine and unit and mine != unit else self.quantity)

    @api.compute("amount_residual", "amount_residual_currency", "reconciled")
    @api.depends("balance", "amount_currency", "account_id", "matched_debit_ids.amount", "matched_credit_ids.amount")
    def _compute_amount_residual(self) -> None:
        for line in self:
            if not (
                line.account_id.reconcile or line.account_id.account_type in ("asset_cash", "liability_credit_card")
            ):
                line.amount_residual, line.amount_residual_currency, line.reconciled = 0.0, 0.0, False
                continue
            matched = sum(line.matched_credit_ids.mapped("amount")) - sum(line.matched_debit_ids.mapped("amount"))
            line.amount_residual = line.company_id.currency_id.round(line.balance - matched)
            share = line.amount_residual / line.balance if line.balance else 0.0
            line.amount_residual_currency = line.amount_currency * share
            line.reconciled = line.amount_residual == 0 and bool(line.matched_credit_ids or line.matched_debit_ids)
