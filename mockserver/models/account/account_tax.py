"""Taxes and how their amounts are distributed over accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.models.account.taxes import tax_line
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["AccountTax", "AccountTaxRepartitionLine"]


class AccountTax(models.Model):
    """A tax belongs to a country and distributes its amount on invoices and refunds."""

    _inherit = "account.tax"

    invoice_repartition_line_ids = fields.One2many(domain=[("document_type", "=", "invoice")])
    refund_repartition_line_ids = fields.One2many(domain=[("document_type", "=", "refund")])

    @api.compute("price_include")
    def _compute_price_include(self) -> None:
        for tax in self:
            setting = tax.price_include_override or tax.company_id.account_price_include
            tax.price_include = setting == "tax_included"

    @api.search("price_include")
    def _search_price_include(self, operator: str, value: Any) -> list[Any]:
        matching = self.with_context(active_test=False).search([]).filtered("price_include")
        return [("id", "in" if asks_yes(operator, value) else "not in", matching.ids)]

    @api.compute("country_id")
    @api.depends("company_id")
    def _compute_country_id(self) -> None:
        for tax in self:
            company = tax.company_id
            tax.country_id = tax.country_id or company.account_fiscal_country_id or company.country_id

    @api.compute("tax_group_id")
    @api.depends("company_id", "country_id")
    def _compute_tax_group_id(self) -> None:
        for tax in self:
            groups = self.env["account.tax.group"].sudo()
            domain = [("company_id", "=", tax.company_id.id), ("country_id", "=", tax.country_id.id)]
            found = groups.search(domain, limit=1) or groups.search(domain[:1], limit=1)
            tax.tax_group_id = tax.tax_group_id or found

    @api.compute("invoice_repartition_line_ids", "refund_repartition_line_ids")
    @api.depends("company_id")
    def _compute_repartition(self) -> None:
        for tax in self:
            if not tax.invoice_repartition_line_ids:
                tax.invoice_repartition_line_ids = _repartition("invoice")
            if not tax.refund_repartition_line_ids:
                tax.refund_repartition_line_ids = _repartition("refund")

    @api.compute("tax_label")
    def _compute_tax_label(self) -> None:
        for tax in self:
            tax.tax_label = tax.invoice_label or tax.name

    @api.compute("is_used")
    def _compute_is_used(self) -> None:
        for tax in self:
            tax.is_used = bool(self.env["account.move.line"].sudo().search([("tax_ids", "in", tax.ids)], limit=1))

    @api.constrains("company_id", "name", "type_tax_use", "tax_scope", "country_id")
    def _check_name(self) -> None:
        for tax in self.filtered(lambda each: each.type_tax_use != "none"):
            same = [
                ("company_id", "child_of", tax.company_id.root_id.id),
                ("name", "=", tax.name),
                ("type_tax_use", "=", tax.type_tax_use),
                ("tax_scope", "=", tax.tax_scope),
                ("country_id", "=", tax.country_id.id),
                ("id", "!=", tax.id),
            ]
            if known := self.sudo().search(same):
                lines = (f"\n- {each.name} in {each.company_id.name}" for each in known)
                raise ValidationError(f"Tax names must be unique!{''.join(lines)}")

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for tax, values in zip(self, copies, strict=True):
                values["name"] = f"{tax.name} (copy)"
        return copies

    def _repartition_of(self, move_type: str) -> Any:
        """How the tax is distributed on invoices, or on refunds."""
        refund = move_type in ("out_refund", "in_refund")
        return self.refund_repartition_line_ids if refund else self.invoice_repartition_line_ids

    def compute_all(
        self,
        price_unit: float,
        currency: Any = None,
        quantity: float = 1.0,
        product: Any = None,
        partner: Any = None,
        is_refund: bool = False,
        handle_price_include: bool = True,
        include_caba_tags: bool = False,
        rounding_method: str | None = None,
    ) -> dict[str, Any]:
        """The taxes of a price: totals without and with them, and each one's base and amount."""
        currency = currency or self.env.company.currency_id
        line = tax_line(self, price_unit, quantity)
        details = [_detail(tax, base, amount, currency) for tax, base, amount in line.taxes]
        untaxed = currency.round(line.base)
        total = untaxed + sum(detail["amount"] for detail in details)
        return {
            "base_tags": [],
            "taxes": details,
            "total_excluded": untaxed,
            "total_included": currency.round(total),
            "total_void": untaxed,
        }


def _detail(tax: Any, base: float, amount: float, currency: Any) -> dict[str, Any]:
    share = tax.invoice_repartition_line_ids.filtered(lambda line: line.repartition_type == "tax")[:1]
    return {
        "id": tax.id,
        "name": tax.name,
        "amount": currency.round(amount),
        "base": currency.round(base),
        "sequence": tax.sequence,
        "account_id": share.account_id.id,
        "analytic": tax.analytic,
        "use_in_tax_closing": share.use_in_tax_closing,
        "is_reverse_charge": False,
        "price_include": tax.price_include,
        "tax_exigibility": tax.tax_exigibility,
        "tax_repartition_line_id": share.id,
        "group": False,
        "tag_ids": [],
        "tax_ids": [],
    }


def _repartition(document: str) -> list[Any]:
    """The whole base to the base, the whole tax to the tax."""
    return [(0, 0, {"document_type": document, "repartition_type": kind, "tag_ids": []}) for kind in ("base", "tax")]


class AccountTaxRepartitionLine(models.Model):
    """A share of a tax's amount."""

    _inherit = "account.tax.repartition.line"

    @api.compute("factor")
    def _compute_factor(self) -> None:
        for line in self:
            line.factor = line.factor_percent / 100.0

    @api.compute("use_in_tax_closing")
    @api.depends("account_id", "repartition_type")
    def _compute_use_in_tax_closing(self) -> None:
        for line in self:
            account = line.account_id
            line.use_in_tax_closing = (
                line.repartition_type == "tax" and bool(account) and account.internal_group not in ("income", "expense")
            )
