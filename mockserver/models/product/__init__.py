"""Products, their variants, attributes, categories and prices."""

from fauxdoo.mockserver.models.product import (
    product_attribute,
    product_category,
    product_code,
    product_combo,
    product_document,
    product_figures,
    product_image,
    product_pricelist,
    product_product,
    product_supplierinfo,
    product_tag,
    product_template,
    product_uom,
    product_variants,
    product_vendor_names,
)

__all__ = [
    "product_attribute",
    "product_category",
    "product_code",
    "product_combo",
    "product_document",
    "product_figures",
    "product_image",
    "product_pricelist",
    "product_product",
    "product_supplierinfo",
    "product_tag",
    "product_template",
    "product_uom",
    "product_variants",
    "product_vendor_names",
]
