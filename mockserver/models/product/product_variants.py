"""How the attributes of a template become variants."""

from __future__ import annotations

from itertools import product as combinations
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

__all__ = ["ProductVariants"]

_MOST_VARIANTS = 1000


class ProductVariants(models.Model):
    """Keeps one variant per combination of the values of a template."""

    _inherit = "product.template"

    def _create_variant_ids(self) -> bool:
        """Make the variants that are missing, activate those that came back, drop those nobody asks for."""
        if not self.env.context.get("create_product_product", True):
            return True
        for template in self:
            known = template.with_context(active_test=False).product_variant_ids
            template._widen(known)
            by_values = {_key(variant.product_template_attribute_value_ids): variant for variant in known}
            wanted = {_key(values): values for values in template._combinations()}
            kept = known.browse([by_values[key].id for key in wanted if key in by_values])
            if template.active:
                kept.filtered(lambda variant: not variant.active).write({"active": True})
            dynamic = template.has_dynamic_attributes()
            if not dynamic:
                template._make_variants([values for key, values in wanted.items() if key not in by_values])
            (known - kept)._unlink_or_archive()
            if not dynamic and not template.with_context(active_test=False).product_variant_ids:
                raise UserError(
                    "This configuration of product attributes, values, and exclusions would lead to no possible"
                    " variant. Please archive or delete your product directly if intended."
                )
        return True

    def _widen(self, variants: Any) -> None:
        """Variants take the values of lines that leave no choice (recorded in product/variants-change-lines)."""
        lines = self.attribute_line_ids.filtered(lambda line: line.attribute_id.create_variant != "no_variant")
        values = [line.product_template_value_ids.filtered("ptav_active") for line in lines]
        only = lines.browse().product_template_value_ids.union(*(each for each in values if len(each) == 1))
        for variant in variants if only else ():
            wide = variant.product_template_attribute_value_ids | only
            if len(wide) == len(lines) and wide.attribute_line_id == lines:
                variant.product_template_attribute_value_ids = wide

    @api.compute("has_configurable_attributes")
    @api.depends("attribute_line_ids.value_ids", "attribute_line_ids.attribute_id.create_variant")
    def _compute_has_configurable_attributes(self) -> None:
        for template in self:
            lines = template.attribute_line_ids
            dynamic = any(line.attribute_id.create_variant == "dynamic" for line in lines)
            template.has_configurable_attributes = dynamic or any(len(line.value_ids) >= 2 for line in lines)

    @api.compute("is_dynamically_created")
    def _compute_is_dynamically_created(self) -> None:
        for template in self:
            template.is_dynamically_created = template.has_dynamic_attributes()

    def _make_variants(self, value_sets: list[Any]) -> None:
        limit = int(self.env["ir.config_parameter"].sudo().get_param("product.dynamic_variant_limit", _MOST_VARIANTS))
        if len(value_sets) > limit:
            raise UserError(
                "The number of variants to generate is above allowed limit. You should either not generate variants for"
                " each combination or generate them on demand from the sales order. To do so, open the form view of"
                " attributes and change the mode of *Create Variants*."
            )
        self.env["product.product"].create(
            [
                {
                    "product_tmpl_id": self.id,
                    "product_template_attribute_value_ids": [(6, 0, values.ids)],
                    "active": self.active,
                }
                for values in value_sets
            ]
        )

    def _combinations(self) -> list[Any]:
        """The sets of values that make a variant; one empty set without attributes."""
        values = self.env["product.template.attribute.value"]
        lines = self.attribute_line_ids.filtered(lambda line: line.attribute_id.create_variant != "no_variant")
        active = [line.product_template_value_ids.filtered("ptav_active") for line in lines]
        excluded = self._exclusions()
        every = (values.union(*chosen) for chosen in combinations(*(tuple(each) for each in active if each)))
        return [
            found for found in every if not any(excluded.get(id, set()).intersection(found.ids) for id in found.ids)
        ]

    def _exclusions(self) -> dict[int, set[int]]:
        """By id of a value, the ids of the values that do not go with it."""
        rules = self.env["product.template.attribute.exclusion"].sudo()
        own = [("product_tmpl_id", "=", self.id), ("product_template_attribute_value_id.product_tmpl_id", "=", self.id)]
        excluded: dict[int, set[int]] = {}
        for rule in rules.search(own):
            excluded.setdefault(rule.product_template_attribute_value_id.id, set()).update(rule.value_ids.ids)
        return excluded

    def has_dynamic_attributes(self) -> bool:
        """Whether variants are made only once they are sold."""
        self.ensure_one()
        return any(line.attribute_id.create_variant == "dynamic" for line in self.attribute_line_ids)


class ProductVariantsRemoval(models.Model):
    """Variants that no combination asks for."""

    _inherit = "product.product"

    def _unlink_or_archive(self) -> None:
        """Delete each variant; archive those that something still needs."""
        for variant in self:
            try:
                with self.env.cr.savepoint():
                    variant.with_context(keep_template=True).unlink()
            except (UserError, ValidationError):
                self.env.transaction.invalidate()
                variant.write({"active": False})


def _key(values: Any) -> str:
    return ",".join(str(id) for id in sorted(values.ids))
