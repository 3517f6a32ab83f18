"""Journal items: products, taxes, what is due, and the sides of plain entries."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.account.account_account import CLAIMS
from fauxdoo.mockserver.models.account.account_move import _DELETED_POSTED, TEXTS
from fauxdoo.mockserver.models.account.taxes import TaxedLine, tax_line

__all__ = ["AccountMoveLine"]

_MONEY = ("debit", "credit", "balance", "amount_currency")


class AccountMoveLine(models.Model):
    """Debit or credit of an account; on invoices, a quantity of a product at a price."""

    _inherit = "account.move.line"
    _sql_messages = {
        "account_move_line_check_credit_debit": "Wrong credit or debit value in accounting entry!",
        "account_move_line_check_amount_currency_balance_sign": (
            "The amount expressed in the secondary currency must be positive when account is debited and negative when"
            " account is credited. If the currency is the same as the one from the company, this amount must strictly"
            " be equal to the balance."
        ),
        "account_move_line_check_accountable_required_fields": "Missing required account on accountable line.",
        "account_move_line_check_non_accountable_fields_null": ("Forbidden balance or account on non-accountable line"),
    }

    def _is_text(self) -> bool:
        return self.display_type in TEXTS

    def _compute_display_name(self) -> None:
        """The entry's number, its reference in brackets, and the label where it says something else."""
        for line in self:
            number, reference = line.move_id.name, line.ref
            label = line.name or line.product_id.display_name
            said = ("/", number, f"{reference} - {number}", reference)
            parts = [number if number != "/" else "", f"({reference})" if reference and reference != "/" else ""]
            parts.append(label if label not in said else "")
            line.display_name = " ".join(part for part in parts if part) or "Draft Entry"

    # ---------------------------------------------------------------- what a line takes from product and entry

    @api.compute("display_type")
    @api.depends("move_id")
    def _compute_display_type(self) -> None:
        for line in self:
            line.display_type = line.display_type or ("tax" if line.tax_repartition_line_id else "product")

    @api.compute("currency_id")
    @api.depends("move_id.currency_id")
    def _compute_currency_id(self) -> None:
        for line in self:
            kept = line.currency_id if not line.move_id.is_invoice(True) else line.currency_id.browse()
            line.currency_id = kept or line.move_id.currency_id or line.company_id.currency_id

    @api.compute("partner_id")
    @api.depends("move_id.partner_id")
    def _compute_partner_id(self) -> None:
        for line in self:
            partner = line.move_id.partner_id.commercial_partner_id
            line.partner_id = partner or line.partner_id

    @api.compute("name")
    @api.depends("product_id", "move_id.ref", "move_id.payment_reference")
    def _compute_name(self) -> None:
        """What is due is named after the entry, a product's line after the product while nobody says otherwise."""
        for line in self:
            label = line._due_label() if line.display_type == "payment_term" else ""
            if label:
                line.name = label
            if line.product_id and not line._is_text() and line._origin.name in (False, line._origin._product_label()):
                line.name = line._product_label()

    def _due_label(self) -> str:
        """References of the entry, and which instalment it is of several."""
        move = self.move_id
        said = [move.payment_reference] if move.payment_reference else []
        if move.ref and said and said != [move.ref]:
            said = [move.ref, *said]
        elif move.ref and not said and move.move_type in ("in_invoice", "in_refund"):
            said = [move.ref]
        label = " - ".join(said)
        if len(move.invoice_payment_term_id.line_ids) < 2:
            return label
        due = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        ids = due.sorted(lambda line: (str(line.date_maturity or "9999"), line.id)).ids
        number = ids.index(self.id) if self.id in ids else len(ids)
        return f"{label} installment #{number + 1}".lstrip()

    def _product_label(self) -> str | bool:
        """The product and what it says to those of the journal; nothing in other journals."""
        if not self.product_id:
            return False
        product = self.product_id.with_context(lang=self.partner_id.lang or self.env.context.get("lang"))
        kind = self.move_id.journal_id.type
        if kind not in ("sale", "purchase"):
            return False
        text = product.description_sale if kind == "sale" else product.description_purchase
        return "\n".join(part for part in (product.display_name, text) if part)

    @api.compute("account_id")
    @api.depends("product_id", "display_type")
    def _compute_account_id(self) -> None:
        for line in self:
            if line._is_text():
                line.account_id = False
            elif line.display_type == "product" and line.move_id.is_invoice(True):
                line.account_id = line._product_account() or line.account_id or line._journal_account()
            else:
                line.account_id = line.account_id or line._journal_account()

    def _journal_account(self) -> Any:
        return self.move_id.journal_id.default_account_id

    def _product_account(self) -> Any:
        """Where sales or purchases of the product are booked, by product, then category."""
        side = "income" if self.move_id.is_sale_document(True) else "expense"
        product = self.product_id.with_company(self.company_id).sudo()
        own = product[f"property_account_{side}_id"]
        account = own or product.categ_id[f"property_account_{side}_categ_id"]
        if self.product_id and not account:
            account = self.company_id[f"{side}_account_id"]
        return self.move_id.fiscal_position_id.map_account(account).with_env(self.env) if account else account

    @api.compute("product_uom_id")
    @api.depends("product_id")
    def _compute_product_uom_id(self) -> None:
        for line in self:
            line.product_uom_id = line.product_id.uom_id if line.product_id else line.product_uom_id

    @api.compute("price_unit")
    @api.depends("product_id", "product_uom_id")
    def _compute_price_unit(self) -> None:
        for line in self:
            if line.product_id and line.move_id.is_invoice(True) and line.display_type == "product":
                line.price_unit = line._product_price()

    def _product_price(self) -> float:
        product, move = self.product_id, self.move_id
        sale = move.is_sale_document(True)
        known = product.lst_price if sale else product.standard_price
        price = product.uom_id._compute_price(known, self.product_uom_id)
        own = product.currency_id if sale else move.company_id.currency_id
        return float(own._convert(price, move.currency_id, move.company_id, move.date, round=False))

    @api.compute("quantity")
    @api.depends("display_type")
    def _compute_quantity(self) -> None:
        for line in self:
            line.quantity = line.quantity or (1.0 if line.display_type == "product" else 0.0)

    @api.compute("sequence")
    @api.depends("display_type")
    def _compute_sequence(self) -> None:
        ranks = {"tax": 10000, "rounding": 11000, "payment_term": 12000}
        for line in self:
            line.sequence = ranks.get(line.display_type, 100)

    @api.compute("tax_ids")
    @api.depends("product_id", "product_uom_id")
    def _compute_tax_ids(self) -> None:
        for line in self:
            if line.display_type == "product" and line.move_id.is_invoice(True):
                line.tax_ids = line._default_taxes()

    def _default_taxes(self) -> Any:
        """The product's taxes of this side, as the fiscal position maps them; else those of the account."""
        move, company = self.move_id, self.company_id or self.env.company
        name = "taxes_id" if move.is_sale_document(True) else "supplier_taxes_id"
        taxes = self.product_id.sudo()[name].filtered(lambda tax: tax.company_id == company)
        if not taxes:
            kind = "sale" if move.is_sale_document(True) else "purchase"
            taxes = self.account_id.tax_ids.filtered(lambda tax: tax.company_id == company and tax.type_tax_use == kind)
        return move.fiscal_position_id.map_tax(taxes)

    @api.compute("price_subtotal", "price_total")
    @api.depends("quantity", "discount", "price_unit", "tax_ids", "currency_id", "display_type")
    def _compute_totals(self) -> None:
        for line in self:
            counts = line.display_type == "product" and line.move_id.is_invoice(True)
            taxed = line._taxed() if counts else TaxedLine(0.0)
            currency = line.currency_id or self.env.company.currency_id
            line.price_subtotal = currency.round(taxed.base)
            line.price_total = line.price_subtotal + sum(currency.round(amount) for _tax, _base, amount in taxed.taxes)

    def _taxed(self) -> TaxedLine:
        """The line's amounts, nothing rounded."""
        return tax_line(self.tax_ids, self.price_unit * (1 - (self.discount or 0.0) / 100.0), self.quantity)

    def _quantity_in(self, unit: Any) -> float:
        """The quantity in a unit of measure."""
        return float(self.product_uom_id._compute_quantity(self.quantity, unit))

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make items; a debit, a credit, a balance or an amount of the currency gives the other three."""
        lines = super().create([self._with_type(self._normalised(vals)) for vals in vals_list])
        for line, vals in zip(lines, vals_list, strict=True):
            money = {name: vals[name] for name in _MONEY if vals.get(name)}
            if money and type(vals.get("amount_currency")) in (int, float):
                money["amount_currency"] = vals["amount_currency"]  # 0.0 too: a difference of exchange rates has none
            if money:
                line._set_money(money)
        lines._changed_by_hand()
        return lines

    def _normalised(self, vals: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in vals.items() if name not in _MONEY}

    def _with_type(self, vals: dict[str, Any]) -> dict[str, Any]:
        """An item of an invoice on the partner's account is what is due."""
        account = self.env["account.account"].browse(vals.get("account_id") or ())
        due = account.sudo().account_type in CLAIMS
        if due and "display_type" not in vals and self.env["account.move"].browse(vals["move_id"]).is_invoice(True):
            return {**vals, "display_type": "payment_term"}
        return vals

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError where the entry is not balanced any more."""
        if self.env["account.account"].browse(vals.get("account_id") or ()).filtered(lambda each: not each.active):
            raise UserError("You cannot use an archived account.")
        money = {name: vals[name] for name in _MONEY if name in vals}
        others = [name for name in ("account_id", "currency_id") if name in vals]
        self.filtered(lambda line: any(line[name].id != vals[name] for name in others)).remove_move_reconcile()
        super().write(self._normalised(vals))
        for line in self if money else ():
            line._set_money(money)
        self._changed_by_hand()
        return True

    def unlink(self) -> bool:
        """Delete items of drafts."""
        if any(line.parent_state == "posted" for line in self) and not self.env.context.get("force_delete"):
            raise UserError(_DELETED_POSTED)
        if not self.env.context.get("move_sync"):
            self._check_made_by_hand()
        self.remove_move_reconcile()
        moves = self.move_id
        super().unlink()
        if not self.env.context.get("move_sync"):
            moves.exists()._synchronise()
            moves.exists()._check_balanced()
        return True

    def _check_made_by_hand(self) -> None:
        for line in self:
            if line.display_type == "tax" and line.move_id.line_ids.tax_ids:
                raise ValidationError("You cannot delete a tax line as it would impact the tax report")
            if line.display_type == "payment_term":
                raise ValidationError(
                    "You cannot delete a payable/receivable line as it would not be consistent with the payment terms"
                )

    def _changed_by_hand(self) -> None:
        if not self.env.context.get("move_sync"):
            self.move_id._synchronise()
            self.move_id._check_balanced()

    def _set_money(self, money: dict[str, Any]) -> None:
        """Set the sides of the item from those that are given."""
        own, move = self.company_id.currency_id or self.env.company.currency_id, self.move_id
        currency, day = self.currency_id or own, self.move_id.date
        if "debit" in money or "credit" in money:
            balance = own.round((money.get("debit") or 0.0) - (money.get("credit") or 0.0))
        elif "balance" in money:
            balance = own.round(money["balance"] or 0.0)
        else:
            balance = currency._convert(money["amount_currency"] or 0.0, own, move.company_id, day)
        foreign = money.get("amount_currency")
        if foreign is None or currency == own:
            foreign = balance if currency == own else own._convert(balance, currency, move.company_id, day)
        sides = {"debit": max(balance, 0.0), "credit": max(-balance, 0.0)}
        values = {**sides, "balance": balance, "amount_currency": foreign}
        if any(self[name] != value for name, value in values.items()):
            self.remove_move_reconcile()
            super().write(values)

    def _set_amount(self, amount: float) -> None:
        """Set the sides of the item from an amount of its currency."""
        if self.currency_id.compare_amounts(self.amount_currency, amount) or not self.balance:
            self._set_money({"amount_currency": self.currency_id.round(amount)})
