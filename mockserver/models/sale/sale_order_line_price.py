"""Prices, discounts and taxes of order lines."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.order_amounts import currency_of
from fauxdoo.mockserver.models.account.taxes import TaxedLine, tax_line

__all__ = ["SaleOrderLinePrice"]


class SaleOrderLinePrice(models.Model):
    """A price follows the product until somebody types another one."""

    _inherit = "sale.order.line"

    @api.compute("product_uom_qty")
    @api.depends("display_type")
    def _compute_product_uom_qty(self) -> None:
        for line in self:
            line.product_uom_qty = 0.0 if line.display_type else line.product_uom_qty

    @api.compute("tax_ids")
    @api.depends("product_id", "company_id")
    def _compute_tax_ids(self) -> None:
        for line in self:
            company = line.company_id or self.env.company
            taxes = line.product_id.sudo().taxes_id.filtered(lambda tax, company=company: tax.company_id == company)
            line.tax_ids = line.order_id.fiscal_position_id.map_tax(taxes)

    @api.compute("price_unit")
    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_price_unit(self) -> None:
        for line in self:
            if line.technical_price_unit != line.price_unit or line.qty_invoiced > 0:
                continue
            price = line._price_of_product()
            line.price_unit = price
            line.technical_price_unit = price

    def _price_of_product(self) -> float:
        """The price of one unit of the line, by price list or sales price, in the order's currency."""
        product, order = self.product_id, self.order_id
        if not product or not self.product_uom_id:
            return 0.0
        if order.pricelist_id:
            return float(
                order.pricelist_id._price_of(
                    product, self.product_uom_qty or 1.0, self.product_uom_id, order.date_order
                )
            )
        price = product.uom_id._compute_price(product.lst_price, self.product_uom_id)
        own, wanted = product.currency_id, self.currency_id
        return float(price if not wanted or own == wanted else own._convert(price, wanted, order.company_id))

    @api.compute("pricelist_item_id")
    def _compute_pricelist_item_id(self) -> None:
        for line in self:
            order, product = line.order_id, line.product_id
            rules = order.pricelist_id if product and not line.display_type else order.pricelist_id.browse()
            unit, quantity = line.product_uom_id, line.product_uom_qty or 1.0
            rule = rules and rules._rule_for(product, quantity, unit, order.date_order)
            line.pricelist_item_id = rule or False

    @api.compute("discount")
    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_discount(self) -> None:
        for line in self:
            line.discount = line.discount if line.product_id else 0.0

    @api.compute("price_subtotal", "price_tax", "price_total")
    @api.depends("product_uom_qty", "discount", "price_unit", "tax_ids")
    def _compute_amount(self) -> None:
        for line in self:
            taxed, currency = line._taxed(), currency_of(line.order_id)
            line.price_subtotal = currency.round(taxed.base)
            line.price_tax = sum(currency.round(amount) for _tax, _base, amount in taxed.taxes)
            line.price_total = line.price_subtotal + line.price_tax

    def _taxed(self) -> TaxedLine:
        """The line's amounts, nothing rounded."""
        price = self.price_unit * (1 - (self.discount or 0.0) / 100.0)
        return tax_line(self.tax_ids, price, self.product_uom_qty)

    def _undiscounted(self) -> float:
        """The amount without tax as if there was no discount."""
        if self.discount == 100:
            return float(self.price_unit * self.product_uom_qty)
        return float(self.price_subtotal * 100 / (100 - self.discount))

    @api.compute("price_reduce_taxexcl")
    @api.depends("price_subtotal", "product_uom_qty")
    def _compute_price_reduce_taxexcl(self) -> None:
        for line in self:
            line.price_reduce_taxexcl = line.price_subtotal / line.product_uom_qty if line.product_uom_qty else 0.0

    @api.compute("price_reduce_taxinc")
    @api.depends("price_total", "product_uom_qty")
    def _compute_price_reduce_taxinc(self) -> None:
        for line in self:
            line.price_reduce_taxinc = line.price_total / line.product_uom_qty if line.product_uom_qty else 0.0

    def _update_price(self) -> None:
        """Take the price of product and price list again, whatever was typed."""
        for line in self.filtered(lambda each: each.product_id and not each.display_type):
            price = line._price_of_product()
            line.write({"price_unit": price, "technical_price_unit": price, "discount": 0.0})

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make lines; a given price holds until product or quantity change (recorded in sale/lines-after-confirm)."""
        return super().create([_with_technical_price(vals) for vals in vals_list])


def _with_technical_price(vals: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in vals.items() if name != "technical_price_unit"}
    return {**rest, "technical_price_unit": vals["price_unit"]} if vals.get("price_unit") else rest
