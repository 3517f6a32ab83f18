"""Variants: what is bought, sold and stocked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.operators import NEGATIVE

__all__ = ["ProductProduct"]


_IN_BRACKETS = re.compile(r"\[(.*?)\]")


class ProductProduct(models.Model):
    """A variant brings its template along and takes it away when it was the last."""

    _inherit = "product.product"

    @api.compute("price_extra")
    def _compute_price_extra(self) -> None:
        for product in self:
            product.price_extra = sum(product.product_template_attribute_value_ids.mapped("price_extra"))

    @api.compute("lst_price")
    def _compute_lst_price(self) -> None:
        """The sales price with the extras, in the unit of context key `uom`."""
        for product in self:
            price = product.list_price
            if self.env.context.get("uom"):
                price = product.uom_id._compute_price(price, self.env["uom.uom"].browse(self.env.context["uom"]))
            product.lst_price = price + product.price_extra

    @api.inverse("lst_price")
    def _inverse_lst_price(self) -> None:
        for product in self:
            price = product.lst_price
            if self.env.context.get("uom"):
                price = self.env["uom.uom"].browse(self.env.context["uom"])._compute_price(price, product.uom_id)
            product.write({"list_price": price - product.price_extra})

    @api.compute("combination_indices")
    @api.depends("product_template_attribute_value_ids")
    def _compute_combination_indices(self) -> None:
        for product in self:
            ids = sorted(product.product_template_attribute_value_ids.ids)
            product.combination_indices = ",".join(str(id) for id in ids)

    @api.compute("is_product_variant")
    def _compute_is_product_variant(self) -> None:
        for product in self:
            product.is_product_variant = True

    def _compute_display_name(self) -> None:
        """`[CODE] Name (M, Red)`; the code stays away with `display_default_code` off."""
        with_code = self.env.context.get("display_default_code", True)
        for product in self:
            variant = product.sudo().product_template_attribute_value_ids._combination_name()
            name = f"{product.name} ({variant})" if variant else product.name or ""
            product.display_name = f"[{product.default_code}] {name}" if with_code and product.default_code else name

    # ---------------------------------------------------------------- searching by name

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        return self._name_domain(operator, value, "")

    @api.model
    def _name_domain(self, operator: str, value: Any, path: str) -> list[Any]:
        """A domain on code, barcode or name, of the variants at the end of `path`."""
        name = [("name", operator, value)]
        if operator in ("in", "not in"):
            texts = [text for text in value if isinstance(text, str) and text]
            codes = [match[1] for text in texts if (match := _IN_BRACKETS.search(text))]
        else:
            texts, codes = [value] if isinstance(value, str) and value else [], []
        if not texts:
            return name
        if operator in NEGATIVE:
            return ["&", (f"{path}default_code", operator, value), *name]
        code = ["|", (f"{path}default_code", operator, value), (f"{path}default_code", "in", codes)]
        return ["|", "|", *code, (f"{path}barcode", "in", texts), *name]

    @api.model
    def name_search(
        self, name: str = "", domain: Any = None, operator: str = "ilike", limit: int | None = 100
    ) -> list[tuple[int, str]]:
        """(id, display name) of products found by code, barcode or name, or by a code in brackets."""
        found: list[tuple[int, str]] = super().name_search(name, domain, operator, limit)
        code = _IN_BRACKETS.search(name or "")
        if not found and code and operator not in NEGATIVE:
            products = self.search([("default_code", "=", code[1]), *(domain or [])], limit=limit)
            found = [(product.id, product.display_name) for product in products]
        return found

    def get_product_multiline_description_sale(self) -> str:
        """What an order line says: the name, and the description for quotations below it."""
        self.ensure_one()
        return f"{self.display_name}\n{self.description_sale}" if self.description_sale else str(self.display_name)

    # ---------------------------------------------------------------- saving

    @api.constrains("barcode")
    def _check_barcode(self) -> None:
        clashes = []
        for barcode in dict.fromkeys(code for code in self.mapped("barcode") if code):
            owners = self.sudo().search([("barcode", "=", barcode)], order="id")
            if len(owners) > 1:
                names = [product.display_name for product in owners]
                shown = f"{', '.join(names[:-1])} and {names[-1]}"
                clashes.append(f'- Barcode "{barcode}" already assigned to product(s): {shown}')
        if clashes:
            raise ValidationError(
                "Barcode(s) already assigned:\n\n"
                + "\n".join(clashes)
                + "\n\nNote: products that you don't have access to will not be shown above."
            )

    @api.constrains("product_tmpl_id", "active", "product_template_attribute_value_ids")
    def _check_combination(self) -> None:
        """Two active variants never share a combination: a unique index in a real database."""
        for product in self.filtered("active"):
            same = [("product_tmpl_id", "=", product.product_tmpl_id.id), ("id", "!=", product.id)]
            others = self.sudo().search(same)
            values = product.product_template_attribute_value_ids
            if any(other.product_template_attribute_value_ids == values for other in others):
                key = ",".join(str(id) for id in sorted(values.ids))
                raise ValidationError(
                    "The operation cannot be completed: duplicate key value violates unique constraint"
                    ' "product_product_combination_unique"\nDETAIL:  Key (product_tmpl_id, combination_indices)='
                    f"({product.product_tmpl_id.id}, {key}) already exists.\n"
                )

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make variants; one without a template brings its own."""
        products = super(ProductProduct, self.with_context(create_product_product=False)).create(vals_list)
        return products.with_env(self.env)

    def unlink(self) -> bool:
        """Delete variants, and templates left without any."""
        templates = self.product_tmpl_id
        super().unlink()
        if not self.env.context.get("keep_template"):
            templates.exists()._unlink_empty()
        return True

    def action_archive(self) -> None:
        """Archive variants, and templates left without an active one."""
        super().action_archive()
        self.product_tmpl_id.filtered(lambda each: each.active and not each.product_variant_ids).action_archive()

    def action_unarchive(self) -> None:
        """Activate variants and their templates."""
        super().action_unarchive()
        self.product_tmpl_id.filtered(lambda each: not each.active).action_unarchive()

    def copy(self, default: Mapping[str, Any] | None = None) -> Self:
        """The first variant of a copy of each template."""
        copies = self.browse()
        for product in self:
            template = product.product_tmpl_id.copy(default)
            copies |= template.with_context(active_test=False).product_variant_ids[:1]
        return copies


class ProductTemplateRemoval(models.Model):
    """Templates whose last variant went."""

    _inherit = "product.template"

    def _unlink_empty(self) -> None:
        templates = self.with_context(active_test=False)
        templates.filtered(lambda each: not each.product_variant_ids and not each.has_dynamic_attributes()).unlink()
