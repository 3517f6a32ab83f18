"""Products as they are offered: what all variants share, and what a single variant lends its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.product.product_code import with_code

__all__ = ["ProductTemplate"]

_OF_VARIANT = ("barcode", "default_code", "standard_price", "volume", "weight")
"""Values a template shares with its variant as long as it has exactly one."""


class ProductTemplate(models.Model):
    """A template is made with its variants; codes, cost and weight live on the variant."""

    _inherit = "product.template"

    # ---------------------------------------------------------------- of the single variant

    @api.compute("product_variant_id")
    def _compute_product_variant_id(self) -> None:
        for template in self:
            template.product_variant_id = template.product_variant_ids[:1]

    @api.compute("product_variant_count")
    def _compute_product_variant_count(self) -> None:
        for template in self:
            template.product_variant_count = len(template.product_variant_ids)

    def _from_variant(self, name: str) -> None:
        for template in self:
            variants = template.product_variant_ids or template.with_context(active_test=False).product_variant_ids
            template[name] = variants[name] if len(variants) == 1 else template._fields[name].empty or False

    def _to_variant(self, name: str) -> None:
        """Of several variants none is told (recorded in crud/inherits-variants-of-attributes)."""
        for template in self:
            variants = template.product_variant_ids or template.with_context(active_test=False).product_variant_ids
            if len(variants) == 1:
                variants[name] = template[name]

    @api.compute("barcode")
    def _compute_barcode(self) -> None:
        self._from_variant("barcode")

    @api.inverse("barcode")
    def _inverse_barcode(self) -> None:
        self._to_variant("barcode")

    @api.search("barcode")
    def _search_barcode(self, operator: str, value: Any) -> list[Any]:
        return [("product_variant_ids.barcode", operator, value)]

    @api.compute("default_code")
    @api.depends("product_variant_ids.default_code")
    def _compute_default_code(self) -> None:
        self._from_variant("default_code")

    @api.inverse("default_code")
    def _inverse_default_code(self) -> None:
        self._to_variant("default_code")

    @api.compute("standard_price")
    def _compute_standard_price(self) -> None:
        self._from_variant("standard_price")

    @api.inverse("standard_price")
    def _inverse_standard_price(self) -> None:
        self._to_variant("standard_price")

    @api.search("standard_price")
    def _search_standard_price(self, operator: str, value: Any) -> list[Any]:
        return [("product_variant_ids.standard_price", operator, value)]

    @api.compute("volume")
    @api.depends("product_variant_ids.volume")
    def _compute_volume(self) -> None:
        self._from_variant("volume")

    @api.inverse("volume")
    def _inverse_volume(self) -> None:
        self._to_variant("volume")

    @api.compute("weight")
    @api.depends("product_variant_ids.weight")
    def _compute_weight(self) -> None:
        self._from_variant("weight")

    @api.inverse("weight")
    def _inverse_weight(self) -> None:
        self._to_variant("weight")

    # ---------------------------------------------------------------- what follows from the type

    @api.compute("is_storable")
    @api.depends("type")
    def _compute_is_storable(self) -> None:
        for template in self:
            template.is_storable = template.is_storable and template.type == "consu"

    @api.compute("tracking")
    @api.depends("is_storable")
    def _compute_tracking(self) -> None:
        for template in self:
            template.tracking = template.tracking or "none" if template.is_storable else "none"

    @api.compute("invoice_policy")
    @api.depends("type")
    def _compute_invoice_policy(self) -> None:
        for template in self:
            template.invoice_policy = template.invoice_policy or "order"

    @api.compute("purchase_method")
    @api.depends("type")
    def _compute_purchase_method(self) -> None:
        for template in self:
            template.purchase_method = "purchase" if template.type == "service" else "receive"

    @api.compute("service_type")
    @api.depends("type")
    def _compute_service_type(self) -> None:
        for template in self:
            template.service_type = template.service_type or "manual"

    @api.compute("service_tracking")
    @api.depends("type", "sale_ok")
    def _compute_service_tracking(self) -> None:
        for template in self:
            fits = template.type == "service" and template.sale_ok
            template.service_tracking = template.service_tracking or "no" if fits else "no"

    @api.compute("expense_policy")
    @api.depends("type", "sale_ok")
    def _compute_expense_policy(self) -> None:
        for template in self:
            template.expense_policy = template.expense_policy or "no" if template.sale_ok else "no"

    @api.compute("purchase_ok")
    @api.depends("type")
    def _compute_purchase_ok(self) -> None:
        for template in self:
            template.purchase_ok = template.purchase_ok

    @api.compute("currency_id")
    def _compute_currency_id(self) -> None:
        for template in self:
            template.currency_id = (template.company_id or self.env.company).sudo().currency_id

    @api.compute("cost_currency_id")
    def _compute_cost_currency_id(self) -> None:
        for template in self:
            template.cost_currency_id = self.env.company.currency_id

    @api.compute("is_product_variant")
    def _compute_is_product_variant(self) -> None:
        for template in self:
            template.is_product_variant = False

    @api.compute("weight_uom_name")
    def _compute_weight_uom_name(self) -> None:
        for template in self:
            template.weight_uom_name = "kg"

    @api.compute("volume_uom_name")
    def _compute_volume_uom_name(self) -> None:
        for template in self:
            template.volume_uom_name = "m³"

    def _compute_display_name(self) -> None:
        for template in self:
            template.display_name = with_code(self.env, template.name, template.default_code) if template.name else ""

    # ---------------------------------------------------------------- saving

    def _check_exist(self) -> None:
        self.mapped("type")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make templates and their variants (not with `create_product_product` off in the context)."""
        own = [{name: value for name, value in vals.items() if name not in _OF_VARIANT} for vals in vals_list]
        templates = super().create(own)
        if self.env.context.get("create_product_product", True):
            templates._create_variant_ids()
            for template, vals in zip(templates, vals_list, strict=True):
                of_variant = {name: vals[name] for name in _OF_VARIANT if vals.get(name)}
                if of_variant:
                    template.write(of_variant)
        return templates

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; variants are archived with their template and follow its attributes."""
        super().write(vals)
        if "attribute_line_ids" in vals or (vals.get("active") and not self.product_variant_ids):
            self.exists()._create_variant_ids()
        if "active" in vals and not vals["active"]:
            self.with_context(active_test=False).product_variant_ids.write({"active": False})
        return True

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for template, values in zip(self, copies, strict=True):
                values["name"] = f"{template.name} (copy)"
        return copies

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        """A code or name of a variant finds its template."""
        return self.env["product.product"]._name_domain(operator, value, "product_variant_ids.")
