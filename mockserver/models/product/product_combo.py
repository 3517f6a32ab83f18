"""Combos: choices of products that are sold together."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["ProductCombo", "ProductComboItem", "ProductTemplateCombos"]


class ProductCombo(models.Model):
    """A choice, at least the price of its cheapest product."""

    _inherit = "product.combo"

    @api.compute("combo_item_count")
    def _compute_combo_item_count(self) -> None:
        for combo in self:
            combo.combo_item_count = len(combo.combo_item_ids)

    @api.compute("currency_id")
    def _compute_currency_id(self) -> None:
        for combo in self:
            combo.currency_id = (combo.company_id or self.env.company).sudo().currency_id

    @api.compute("base_price")
    def _compute_base_price(self) -> None:
        for combo in self:
            prices = [
                item.currency_id._convert(item.lst_price, combo.currency_id, round=False)
                for item in combo.combo_item_ids
            ]
            combo.base_price = min(prices, default=0.0)

    @api.constrains("combo_item_ids")
    def _check_combo_item_ids(self) -> None:
        if any(not combo.combo_item_ids for combo in self):
            raise ValidationError("A combo choice must contain at least 1 product.")
        if any(len(combo.combo_item_ids.product_id) < len(combo.combo_item_ids) for combo in self):
            raise ValidationError("A combo choice can't contain duplicate products.")


class ProductComboItem(models.Model):
    """A product that can be chosen."""

    _inherit = "product.combo.item"

    @api.constrains("product_id")
    def _check_product_id(self) -> None:
        if any(item.product_id.type == "combo" for item in self):
            raise ValidationError('A combo choice can\'t contain products of type "combo".')


class ProductTemplateCombos(models.Model):
    """A product that is made of choices."""

    _inherit = "product.template"

    @api.constrains("type", "combo_ids", "sale_ok")
    def _check_combo_ids(self) -> None:
        for template in self.filtered(lambda each: each.type == "combo"):
            if not template.combo_ids:
                raise ValidationError("A combo product must contain at least 1 combo choice.")
            chosen = template.combo_ids.combo_item_ids.product_id
            if template.sale_ok and any(not product.sale_ok for product in chosen):
                raise ValidationError("A sellable combo product can only contain sellable products.")

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; what is no combo any more has no choices."""
        if "type" in vals and vals["type"] != "combo":
            vals = {**vals, "combo_ids": [(5,)]}
        return bool(super().write(vals))
