"""Attributes of products, the lines that put them on a template, and the values they have there."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

__all__ = [
    "ProductAttribute",
    "ProductAttributeValue",
    "ProductTemplateAttributeExclusion",
    "ProductTemplateAttributeLine",
    "ProductTemplateAttributeValue",
]


class ProductAttribute(models.Model):
    """What products differ in."""

    _inherit = "product.attribute"
    _sql_messages = {
        "product_attribute_check_multi_checkbox_no_variant": (
            "Multi-checkbox display type is not compatible with the creation of variants"
        )
    }

    @api.compute("product_tmpl_ids", "number_related_products")
    def _compute_products(self) -> None:
        for attribute in self:
            attribute.product_tmpl_ids = attribute.attribute_line_ids.product_tmpl_id.filtered("active")
            attribute.number_related_products = len(attribute.product_tmpl_ids)

    def action_archive(self) -> None:
        """Archive attributes; raises UserError where products have them."""
        if any(attribute.number_related_products for attribute in self):
            raise UserError("You cannot archive this attribute as there are still products linked to it")
        super().action_archive()

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; how variants are made stays where products use the attribute."""
        for attribute in self if "create_variant" in vals else ():
            templates = attribute.attribute_line_ids.product_tmpl_id
            if vals["create_variant"] != attribute.create_variant and templates:
                names = ", ".join(templates.mapped("display_name"))
                raise UserError(
                    f"You cannot change the Variants Creation Mode of the attribute {attribute.display_name} because"
                    f" it is used on the following products:\n{names}"
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self) -> None:
        for attribute in self:
            if templates := attribute.attribute_line_ids.product_tmpl_id:
                names = ", ".join(templates.mapped("display_name"))
                raise UserError(
                    f"You cannot delete the attribute {attribute.display_name} because it is used on the following"
                    f" products:\n{names}"
                )


class ProductAttributeValue(models.Model):
    """A value an attribute can have, such as M of Size."""

    _inherit = "product.attribute.value"
    _sql_messages = {
        "product_attribute_value_value_company_uniq": (
            "You cannot create two values with the same name for the same attribute."
        )
    }

    @api.compute("is_used_on_products")
    def _compute_is_used_on_products(self) -> None:
        for value in self:
            value.is_used_on_products = bool(value.pav_attribute_line_ids.product_tmpl_id.filtered("active"))

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; one that products have stays with its attribute."""
        for value in self if "attribute_id" in vals else ():
            if value.attribute_id.id != vals["attribute_id"] and value.is_used_on_products:
                names = ", ".join(value.pav_attribute_line_ids.product_tmpl_id.mapped("display_name"))
                raise UserError(
                    f"You cannot change the attribute of the value {value.display_name} because it is used on the"
                    f" following products: {names}"
                )
        return bool(super().write(vals))

    def unlink(self) -> bool:
        """Delete values; those that only archived variants have are archived."""
        self._unlink_except_used()
        on_templates = self.env["product.template.attribute.value"].with_context(active_test=False)
        kept = self.browse()
        for value in self:
            found = on_templates.search([("product_attribute_value_id", "=", value.id)])
            variants = found.ptav_product_variant_ids
            if variants and not any(variants.mapped("active")):
                kept |= value
        kept.action_archive()
        return super(ProductAttributeValue, self - kept).unlink()

    def check_is_used_on_products(self) -> str | bool:
        """Why the values cannot be deleted, false where no product has one of them."""
        for value in self:
            if templates := value.pav_attribute_line_ids.product_tmpl_id:
                names = ", ".join(templates.mapped("display_name"))
                return (
                    f"You cannot delete the value {value.display_name} because it is used on the following"
                    f" products:\n{names}\n"
                )
        return False

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self) -> None:
        if reason := self.check_is_used_on_products():
            raise UserError(reason)

    def _compute_display_name(self) -> None:
        """`Size: M`, the value alone without `show_attribute`."""
        full = self.env.context.get("show_attribute", True)
        for value in self:
            value.display_name = f"{value.attribute_id.name}: {value.name}" if full else value.name or ""


class ProductTemplateAttributeLine(models.Model):
    """An attribute on a template, with the values it has there."""

    _inherit = "product.template.attribute.line"
    _columns_before = ("product_tmpl_id",)

    @api.compute("value_count")
    def _compute_value_count(self) -> None:
        for line in self:
            line.value_count = len(line.value_ids)

    @api.constrains("active", "value_ids", "attribute_id")
    def _check_values(self) -> None:
        for line in self:
            template, attribute = line.product_tmpl_id.display_name, line.attribute_id.display_name
            if line.active and not line.value_ids:
                raise ValidationError(
                    f"The attribute {attribute} must have at least one value for the product {template}."
                )
            for value in line.value_ids:
                if value.attribute_id != line.attribute_id:
                    raise ValidationError(
                        f"On the product {template} you cannot associate the value {value.display_name} with the"
                        f" attribute {attribute} because they do not match."
                    )

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make lines, the values on their templates and the variants that follow."""
        lines = super().create(vals_list)
        lines._update_template_values()
        return lines

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the variants follow."""
        for line in self:
            template, attribute = line.product_tmpl_id, line.attribute_id
            if vals.get("product_tmpl_id", template.id) != template.id:
                raise UserError(
                    f"You cannot move the attribute {attribute.display_name} from the product"
                    f" {template.display_name} to the product {vals['product_tmpl_id']}."
                )
            if vals.get("attribute_id", attribute.id) != attribute.id:
                raise UserError(
                    f"On the product {template.display_name} you cannot transform the attribute"
                    f" {attribute.display_name} into the attribute {vals['attribute_id']}."
                )
        if not vals.get("active", True):
            vals = {**vals, "value_ids": [(5,)]}
        super().write(vals)
        if "value_ids" in vals or "active" in vals:
            self._update_template_values()
        return True

    def unlink(self) -> bool:
        """Take the attribute off the template; the variants follow."""
        templates = self.product_tmpl_id
        super().unlink()
        templates.exists()._create_variant_ids()
        return True

    def _update_template_values(self) -> None:
        """Give each value of a line its record on the template, drop those of values that left, make variants."""
        on_templates = self.env["product.template.attribute.value"].with_context(active_test=False)
        for line in self:
            known = on_templates.search([("attribute_line_id", "=", line.id)])
            wanted = line.value_ids if line.active else line.value_ids.browse()
            for value in wanted:
                mine = known.filtered(lambda each, value=value: each.product_attribute_value_id == value)
                if mine:
                    mine.filtered(lambda each: not each.ptav_active).write({"ptav_active": True})
                else:
                    on_templates.create([_on_template(line, value)])
            known.filtered(lambda each, wanted=wanted: each.product_attribute_value_id not in wanted)._leave()
        if self.env.context.get("create_product_product", True):
            self.product_tmpl_id._create_variant_ids()


def _on_template(line: Any, value: Any) -> dict[str, Any]:
    return {
        "product_attribute_value_id": value.id,
        "attribute_line_id": line.id,
        "price_extra": value.default_extra_price,
    }


class ProductTemplateAttributeValue(models.Model):
    """A value of an attribute on one template, with its extra price."""

    _inherit = "product.template.attribute.value"
    _columns_before = ("product_attribute_value_id",)
    _sql_messages = {
        "product_template_attribute_value_attribute_value_unique": (
            "Each value should be defined only once per attribute per product."
        )
    }

    def _compute_display_name(self) -> None:
        for value in self:
            value.display_name = f"{value.attribute_id.name}: {value.name}"

    @api.constrains("attribute_line_id", "product_attribute_value_id", "ptav_active")
    def _check_valid(self) -> None:
        for value in self.filtered("ptav_active"):
            if value.product_attribute_value_id not in value.attribute_line_id.value_ids:
                raise ValidationError(
                    f"The value {value.display_name} is not defined for the attribute"
                    f" {value.attribute_id.display_name} on the product {value.product_tmpl_id.display_name}."
                )

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make values of templates."""
        _check_no_variants(*vals_list)
        return super().create(vals_list)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; variants follow what is excluded."""
        _check_no_variants(vals)
        for value in self:
            on = f"set on product {value.product_tmpl_id.display_name}."
            if vals.get("product_attribute_value_id", value.product_attribute_value_id.id) != (
                value.product_attribute_value_id.id
            ):
                raise UserError(f"You cannot change the value of the value {value.display_name} {on}")
            if vals.get("product_tmpl_id", value.product_tmpl_id.id) != value.product_tmpl_id.id:
                raise UserError(f"You cannot change the product of the value {value.display_name} {on}")
        super().write(vals)
        if "exclude_for" in vals:
            self.product_tmpl_id._create_variant_ids()
        return True

    def _leave(self) -> None:
        """Delete the values, or archive those that something still needs."""
        used = self.filtered("ptav_product_variant_ids")
        used.write({"ptav_active": False})
        (self - used).unlink()

    def _combination_name(self) -> str:
        """`M, Red`: what tells a variant from the others of its template."""
        telling = [value for value in self if value.ptav_active and value._tells_apart()]
        return ", ".join(value.name for value in telling)

    def _tells_apart(self) -> bool:
        line = self.attribute_line_id
        return bool(line.value_count > 1 and line.attribute_id.create_variant != "no_variant")


def _check_no_variants(*vals_list: dict[str, Any]) -> None:
    if any("ptav_product_variant_ids" in vals for vals in vals_list):
        raise UserError(
            "You cannot update related variants from the values. Please update related values from the variants."
        )


class ProductTemplateAttributeExclusion(models.Model):
    """Values that do not go with a value."""

    _inherit = "product.template.attribute.exclusion"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make exclusions; the variants follow."""
        exclusions = super().create(vals_list)
        exclusions.product_template_attribute_value_id.product_tmpl_id._create_variant_ids()
        return exclusions

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the variants follow."""
        templates = self.product_template_attribute_value_id.product_tmpl_id
        super().write(vals)
        (templates | self.product_template_attribute_value_id.product_tmpl_id)._create_variant_ids()
        return True

    def unlink(self) -> bool:
        """Delete exclusions; the variants come back."""
        templates = self.product_template_attribute_value_id.product_tmpl_id
        super().unlink()
        templates.exists()._create_variant_ids()
        return True
