"""Small figures that forms and lists of products show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ProductProductFigures", "ProductTemplateFigures"]

_EAN_WEIGHTS = (3, 1)
_LONGEST_EAN = 14
_POLICIES = {("order", "manual"): "ordered_prepaid", ("delivery", "manual"): "delivered_manual"}


class ProductTemplateFigures(models.Model):
    """Prices with tax, what was sold and bought in a year, and what the categories say."""

    _inherit = "product.template"

    @api.compute("tax_string")
    def _compute_tax_string(self) -> None:
        for template in self:
            template.tax_string = _with_taxes(template, template.list_price)

    @api.compute("sales_count")
    def _compute_sales_count(self) -> None:
        for template in self:
            variants = template.with_context(active_test=False).product_variant_ids
            template.sales_count = sum(variants.mapped("sales_count"))

    @api.compute("purchased_product_qty")
    def _compute_purchased_product_qty(self) -> None:
        for template in self:
            variants = template.with_context(active_test=False).product_variant_ids
            template.purchased_product_qty = sum(variants.mapped("purchased_product_qty"))

    @api.compute("cost_method", "valuation")
    def _compute_costing(self) -> None:
        for template in self:
            category, company = template.categ_id, template.company_id or self.env.company
            template.cost_method = category.property_cost_method or company.cost_method
            template.valuation = category.property_valuation or company.inventory_valuation

    @api.compute("fiscal_country_codes")
    def _compute_fiscal_country_codes(self) -> None:
        for template in self:
            companies = template.company_id or self.env.companies
            template.fiscal_country_codes = ",".join(companies.sudo().account_fiscal_country_id.mapped("code"))

    @api.compute("service_policy")
    def _compute_service_policy(self) -> None:
        for template in self:
            policy = _POLICIES.get((template.invoice_policy, template.service_type), False)
            template.service_policy = policy or ("ordered_prepaid" if template.type == "service" else False)

    @api.inverse("service_policy")
    def _inverse_service_policy(self) -> None:
        by_policy = {policy: both for both, policy in _POLICIES.items()}
        for template in self.filtered("service_policy"):
            template.invoice_policy, template.service_type = by_policy[template.service_policy]

    @api.compute("show_on_hand_qty_status_button", "show_forecasted_qty_status_button")
    def _compute_status_buttons(self) -> None:
        for template in self:
            template.show_on_hand_qty_status_button = template.is_storable
            template.show_forecasted_qty_status_button = template.is_storable

    @api.compute("valid_product_template_attribute_line_ids")
    def _compute_valid_lines(self) -> None:
        for template in self:
            lines = template.attribute_line_ids
            template.valid_product_template_attribute_line_ids = lines.filtered(lambda line: line.value_ids)

    @api.compute("nbr_reordering_rules", "reordering_min_qty", "reordering_max_qty")
    def _compute_reordering(self) -> None:
        for template in self:
            variants = template.product_variant_ids
            template.nbr_reordering_rules = sum(variants.mapped("nbr_reordering_rules"))
            template.reordering_min_qty = sum(variants.mapped("reordering_min_qty"))
            template.reordering_max_qty = sum(variants.mapped("reordering_max_qty"))


class ProductProductFigures(models.Model):
    """The same of variants, and what their barcodes are worth."""

    _inherit = "product.product"

    @api.compute("tax_string")
    def _compute_tax_string(self) -> None:
        for product in self:
            product.tax_string = _with_taxes(product, product.lst_price)

    @api.compute("sales_count")
    def _compute_sales_count(self) -> None:
        lines, since = self.env["sale.order.line"].sudo(), self.env.transaction.now - timedelta(days=365)
        seller = self.env.user._has_group("sales_team.group_sale_salesman")
        for product in self:
            domain = [("product_id", "=", product.id), ("state", "=", "sale"), ("order_id.date_order", ">=", since)]
            sold = lines.search(domain) if seller and product.id else lines
            product.sales_count = sum(_in_unit_of(product, line, line.product_uom_qty) for line in sold)

    @api.compute("purchased_product_qty")
    def _compute_purchased_product_qty(self) -> None:
        lines, since = self.env["purchase.order.line"].sudo(), self.env.transaction.now - timedelta(days=365)
        for product in self:
            domain = [("product_id", "=", product.id), ("order_id.state", "in", ["purchase", "done"])]
            bought = lines.search([*domain, ("order_id.date_approve", ">=", since)]) if product.id else lines
            product.purchased_product_qty = sum(_in_unit_of(product, line, line.product_qty) for line in bought)

    @api.compute("avg_cost", "total_value", "company_currency_id")
    def _compute_value(self) -> None:
        """At standard cost, the only method that is modelled."""
        for product in self:
            product.company_currency_id = self.env.company.currency_id
            product.avg_cost = product.standard_price
            product.total_value = product.standard_price * product.qty_available if product.is_storable else 0.0

    @api.compute("valid_ean")
    def _compute_valid_ean(self) -> None:
        for product in self:
            product.valid_ean = _is_ean(product.barcode or "")

    @api.compute("all_product_tag_ids")
    def _compute_all_product_tag_ids(self) -> None:
        for product in self:
            product.all_product_tag_ids = product.product_tag_ids | product.additional_product_tag_ids

    @api.search("all_product_tag_ids")
    def _search_all_product_tag_ids(self, operator: str, value: Any) -> list[Any]:
        either = "&" if operator.startswith("not") or operator == "!=" else "|"
        return [either, ("product_tag_ids", operator, value), ("additional_product_tag_ids", operator, value)]

    @api.compute("nbr_reordering_rules", "reordering_min_qty", "reordering_max_qty")
    def _compute_reordering(self) -> None:
        for product in self:
            rules = product.sudo().orderpoint_ids
            product.nbr_reordering_rules = len(rules)
            product.reordering_min_qty = sum(rules.mapped("product_min_qty"))
            product.reordering_max_qty = sum(rules.mapped("product_max_qty"))

    @api.compute("show_on_hand_qty_status_button", "show_forecasted_qty_status_button")
    def _compute_status_buttons(self) -> None:
        for product in self:
            product.show_on_hand_qty_status_button = product.is_storable
            product.show_forecasted_qty_status_button = product.is_storable


def _with_taxes(product: Any, price: float) -> str:
    """`(= $ 115.00 Incl. Taxes)`: what the price is with and without its taxes, a space where it is the same."""
    company = product.env.company
    taxes = product.taxes_id.filtered(lambda tax: tax.company_id == company)
    amounts, currency = taxes.compute_all(price), product.currency_id or company.currency_id
    labels = {"total_included": "Incl. Taxes", "total_excluded": "Excl. Taxes"}
    said = [
        f"{currency.format(amounts[name])} {label}"
        for name, label in labels.items()
        if currency.compare_amounts(amounts[name], price)
    ]
    return f"(= {', '.join(said)})" if said else " "


def _in_unit_of(product: Any, line: Any, quantity: float) -> float:
    return float(line.product_uom_id._compute_quantity(quantity, product.uom_id))


def _is_ean(barcode: str) -> bool:
    """Whether digits end in the check digit of a GTIN."""
    if not (barcode.isascii() and barcode.isdecimal() and len(barcode) <= _LONGEST_EAN):
        return False
    *digits, check = map(int, barcode.rjust(_LONGEST_EAN, "0"))
    weighted = sum(digit * _EAN_WEIGHTS[place % 2] for place, digit in enumerate(digits))
    return (weighted + check) % 10 == 0
