"""Attributes of products, the lines that put them on a template, and the values they have there."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

__all__ = ["ProductAttribute", "ProductAttributeValue", "ProductTemplateAttributeLine", "ProductTemplateAttributeValue"]


class ProductAttribute(models.Model):
    """What products differ in."""

    _inherit = "product.attribute"

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
