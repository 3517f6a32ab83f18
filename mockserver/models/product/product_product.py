"""Variants: what is bought, sold and stocked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.models.product.product_code import with_code
from fauxdoo.mockserver.orm.operators import NEGATIVE

__all__ = ["ProductProduct"]


_IN_BRACKETS = re.compile(r"\[(.*?)\]")
_EXACT = ("=", "ilike", "=ilike", "like", "=like")
"""Operators for which a search by name asks for the very code first."""


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
        """`[CODE] Name (M, Red)`, or as the vendor of context key `partner_id` calls it."""
        for product in self:
            trusted = product.sudo()
            variant = trusted.product_template_attribute_value_ids._combination_name()
            sellers = trusted._sellers_in_context()
            called = [(each.product_name or product.name, each.product_code) for each in sellers]
            labels = (
                with_code(self.env, f"{name} ({variant})" if variant else name or "", code or product.default_code)
                for name, code in called or [(product.name, False)]
            )
            product.display_name = ", ".join(dict.fromkeys(labels))

    def _sellers_in_context(self) -> Any:
        """What the vendor (or the record) that the context names says of this variant, or else of all variants."""
        context = self.env.context
        if context.get("seller_id"):
            return self.env["product.supplierinfo"].browse(context["seller_id"])
        if not context.get("partner_id"):
            return self.env["product.supplierinfo"]
        vendor = self.env["res.partner"].browse(context["partner_id"])
        ids = (vendor.id, vendor.commercial_partner_id.id)
        known = self.product_tmpl_id.seller_ids.filtered(lambda seller: seller.partner_id.id in ids)
        sellers = known.filtered(lambda seller: seller.product_id == self)
        sellers = sellers or known.filtered(lambda seller: not seller.product_id)
        company = context.get("company_id")
        return sellers.filtered(lambda seller: not company or seller.company_id.id in (company, False))

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
        """(id, display name) of products: of that very code or barcode, else those that match, codes first."""
        if not name:
            return list(super().name_search(name, domain, operator, limit))
        products = self._found_by_degrees(name, list(domain or []), operator, limit)
        return [(product.id, product.display_name) for product in products.sudo()]

    @api.model
    def _found_by_degrees(self, name: str, within: list[Any], operator: str, limit: int | None) -> Self:
        if operator in NEGATIVE:
            other_code = ["|", ("default_code", operator, name), ("default_code", "=", False)]
            return self.search([*within, ("name", operator, name), *other_code], limit=limit)
        exact = operator in _EXACT
        for field in ("default_code", "barcode") if exact else ():
            if found := self.search([*within, (field, "=", name)], limit=limit):
                return found
        found = self.search([*within, ("default_code", operator, name)], limit=limit)
        rest = limit and limit - len(found)
        if rest is None or rest > 0:
            found |= self.search([*within, ("id", "not in", found.ids), ("name", operator, name)], limit=rest)
        if not found and exact and (code := _IN_BRACKETS.search(name)):
            found = self.search([*within, ("default_code", "=", code[1])], limit=limit)
        if not found and (vendor := self.env.context.get("partner_id")):
            called = ["|", ("product_code", operator, name), ("product_name", operator, name)]
            sold = ("product_tmpl_id.seller_ids", "any", [("partner_id", "=", vendor), *called])
            found = self.search([*within, sold], limit=limit)
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
