"""Price lists and their rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.fields.scalar import float_round

__all__ = ["ProductPricelist", "ProductPricelistItem"]


class ProductPricelist(models.Model):
    """Finds the first rule that fits a product, quantity and day."""

    _inherit = "product.pricelist"

    def _compute_display_name(self) -> None:
        for pricelist in self:
            pricelist.display_name = f"{pricelist.name} ({pricelist.currency_id.name})"

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for pricelist, values in zip(self, copies, strict=True):
                values["name"] = f"{pricelist.name} (copy)"
        return copies

    def _price_of(self, product: Any, quantity: float, unit: Any = None, day: Any = None) -> float:
        """The price of one unit of a product, in the list's currency."""
        rule = self._rule_for(product, quantity, unit, day)
        unit = unit or product.uom_id
        if not rule:
            return float(self._own(product.uom_id._compute_price(product.lst_price, unit), product.currency_id))
        return float(rule._price_for(product, quantity, unit, day))

    def _path_to(self, other: Any, seen: tuple[int, ...] = ()) -> list[str]:
        """Names of the lists from this one to another by which prices are made; none where no way leads there."""
        if self == other:
            return [self.name]
        for above in self.item_ids.filtered(lambda rule: rule.base == "pricelist").base_pricelist_id:
            if above.id not in seen and (path := above._path_to(other, (*seen, self.id))):
                return [self.name, *path]
        return []

    def _own(self, price: float, currency: Any) -> float:
        same = not currency or currency == self.currency_id
        return price if same else float(currency._convert(price, self.currency_id, round=False))

    def _rule_for(self, product: Any, quantity: float, unit: Any = None, day: Any = None) -> Any:
        amount = (unit or product.uom_id)._compute_quantity(quantity, product.uom_id)
        day = day or self.env.clock.now()
        rules = self.item_ids.sorted(lambda each: (each.applied_on, -each.min_quantity, -each.categ_id.id, -each.id))
        return rules.filtered(lambda rule: rule._fits(product, amount, day))[:1]


class ProductPricelistItem(models.Model):
    """A rule: for what it holds, and how it makes a price."""

    _inherit = "product.pricelist.item"

    @api.compute("name")
    def _compute_name(self) -> None:
        for rule in self:
            rule.name = rule._label()

    def _label(self) -> str:
        if self.applied_on == "2_product_category" and self.categ_id:
            return f"Category: {self.categ_id.display_name}"
        if self.applied_on == "1_product" and self.product_tmpl_id:
            return f"Product: {self.product_tmpl_id.display_name}"
        if self.applied_on == "0_product_variant" and self.product_id:
            return f"Variant: {self.product_id.display_name}"
        return "All Products"

    def _compute_display_name(self) -> None:
        for rule in self:
            rule.display_name = rule.name

    @api.compute("currency_id")
    @api.depends("pricelist_id.currency_id")
    def _compute_currency_id(self) -> None:
        for rule in self:
            rule.currency_id = rule.pricelist_id.currency_id or self.env.company.currency_id

    @api.compute("company_id")
    @api.depends("pricelist_id.company_id")
    def _compute_company_id(self) -> None:
        for rule in self:
            rule.company_id = rule.pricelist_id.company_id

    @api.compute("price_markup")
    @api.depends("price_discount")
    def _compute_price_markup(self) -> None:
        for rule in self:
            rule.price_markup = -rule.price_discount

    @api.inverse("price_markup")
    def _inverse_price_markup(self) -> None:
        for rule in self:
            rule.price_discount = -rule.price_markup

    @api.compute("price")
    def _compute_price(self) -> None:
        for rule in self:
            rule.price = rule._price_label()

    def _price_label(self) -> str:
        if self.compute_price == "fixed":
            return str(self.currency_id.format(self.fixed_price))
        if self.compute_price == "percentage":
            of = self.base_pricelist_id.display_name if self.base == "pricelist" else False
            return f"{_plain(self.percent_price)} % discount on {of or 'sales price'}"
        base = {"standard_price": "product cost", "pricelist": self.base_pricelist_id.display_name or ""}
        change = self.price_markup if self.base == "standard_price" else self.price_discount
        kind = "markup" if self.base == "standard_price" else "discount"
        return f"{_plain(change)} % {kind} on {base.get(self.base, 'sales price')} {self._extra_label()}"

    def _extra_label(self) -> str:
        amount = self.currency_id.format(abs(self.price_surcharge))
        if self.price_surcharge > 0:
            return f"+ {amount} extra fee"
        return f"- {amount} rebate" if self.price_surcharge < 0 else ""

    @api.constrains("price_min_margin", "price_max_margin")
    def _check_margins(self) -> None:
        if any(rule.price_min_margin > rule.price_max_margin for rule in self):
            raise ValidationError("The minimum margin should be lower than the maximum margin.")

    @api.constrains("date_start", "date_end")
    def _check_dates(self) -> None:
        for rule in self.filtered(lambda each: each.date_start and each.date_end and each.date_start >= each.date_end):
            start, end = (day.strftime("%m/%d/%Y %I:%M:%S %p") for day in (rule.date_start, rule.date_end))
            raise ValidationError(f"{rule.display_name}: end date ({end}) should be after start date ({start})")

    @api.constrains("base", "base_pricelist_id", "pricelist_id")
    def _check_recursion(self) -> None:
        for rule in self.filtered(lambda each: each.base == "pricelist" and each.base_pricelist_id):
            if path := rule.base_pricelist_id._path_to(rule.pricelist_id):
                names = " ⇒ ".join([rule.pricelist_id.name, *path])
                raise ValidationError(f"Recursive pricelist rules detected: {names}")

    @api.constrains("product_id", "product_tmpl_id", "categ_id", "applied_on")
    def _check_target(self) -> None:
        for rule in self:
            wanted = {
                "2_product_category": ("categ_id", "category"),
                "1_product": ("product_tmpl_id", "product"),
                "0_product_variant": ("product_id", "product variant"),
            }.get(rule.applied_on)
            if wanted and not rule[wanted[0]]:
                raise ValidationError(f"Please specify the {wanted[1]} for which this rule should be applied")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Any:
        """Make rules; a rule for a product holds for it alone."""
        return super().create([self._targeted(vals) for vals in vals_list])

    def _targeted(self, vals: dict[str, Any]) -> dict[str, Any]:
        """The values with what the target says of the rule (recorded in product/pricelist-rules)."""
        product = self.env["product.product"].browse(vals.get("product_id") or [])
        more: dict[str, Any] = {}
        if product and not vals.get("product_tmpl_id"):
            more["product_tmpl_id"] = product.product_tmpl_id.id
        if "applied_on" not in vals:
            for name, kind in _KINDS.items():
                if vals.get(name):
                    more["applied_on"] = kind
                    break
        return {**vals, **more}

    def _fits(self, product: Any, quantity: float, day: Any) -> bool:
        if self.min_quantity and quantity < self.min_quantity:
            return False
        if (self.date_start and day < self.date_start) or (self.date_end and day > self.date_end):
            return False
        if self.applied_on == "0_product_variant":
            return bool(self.product_id == product)
        if self.applied_on == "1_product":
            return bool(self.product_tmpl_id == product.product_tmpl_id)
        if self.applied_on == "2_product_category":
            path = str(product.categ_id.parent_path or "")
            return bool(self.categ_id) and path.startswith(str(self.categ_id.parent_path or "-"))
        return True

    def _price_for(self, product: Any, quantity: float, unit: Any, day: Any) -> float:
        if self.compute_price == "fixed":
            return float(product.uom_id._compute_price(self.fixed_price, unit))
        base = self._base_price(product, quantity, unit, day)
        if self.compute_price == "percentage":
            return float(base * (1 - self.percent_price / 100))
        price: float = base * (1 - self.price_discount / 100)
        if self.price_round:
            price = float_round(price / self.price_round, 0) * self.price_round
        price += product.uom_id._compute_price(self.price_surcharge or 0.0, unit)
        if self.price_min_margin:
            price = max(price, base + product.uom_id._compute_price(self.price_min_margin, unit))
        if self.price_max_margin:
            price = min(price, base + product.uom_id._compute_price(self.price_max_margin, unit))
        return price

    def _base_price(self, product: Any, quantity: float, unit: Any, day: Any) -> float:
        if self.base == "pricelist" and self.base_pricelist_id:
            other = self.base_pricelist_id
            price = other._price_of(product, quantity, unit, day)
            return float(self.pricelist_id._own(price, other.currency_id))
        price = product.standard_price if self.base == "standard_price" else product.lst_price
        return float(self.pricelist_id._own(product.uom_id._compute_price(price, unit), product.currency_id))


_KINDS = {"product_id": "0_product_variant", "product_tmpl_id": "1_product", "categ_id": "2_product_category"}
"""What a rule holds for, by the field that names it."""


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
