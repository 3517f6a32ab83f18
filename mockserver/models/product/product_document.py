"""Documents of products: files that are attached to them."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models

__all__ = ["IrAttachmentOfProduct", "ProductDocument", "ProductProductDocuments", "ProductTemplateDocuments"]

_QUIETLY = "disable_product_documents_creation"


class ProductDocument(models.Model):
    """A file of a template or variant, and what is made of it."""

    _inherit = "product.document"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make documents with their files."""
        documents = super(ProductDocument, self.with_context(**{_QUIETLY: True})).create(vals_list)
        return documents.with_env(self.env)

    def unlink(self) -> bool:
        """Delete documents with their files."""
        files = self.ir_attachment_id
        super().unlink()
        return bool(files.exists().unlink())


class IrAttachmentOfProduct(models.Model):
    """What is attached to a product is a document of it."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make files; those of products are documents too."""
        files = super().create(vals_list)
        if not self.env.context.get(_QUIETLY):
            owners = ("product.template", "product.product")
            own = files.filtered(lambda each: each.res_model in owners and not each.res_field)
            self.env["product.document"].sudo().create([{"ir_attachment_id": id} for id in own.ids])
        return files


class ProductTemplateDocuments(models.Model):
    """Counts the documents of a template."""

    _inherit = "product.template"

    @api.compute("product_document_count")
    def _compute_product_document_count(self) -> None:
        _count(self)


class ProductProductDocuments(models.Model):
    """Counts the documents of a variant."""

    _inherit = "product.product"

    @api.compute("product_document_count")
    def _compute_product_document_count(self) -> None:
        _count(self)


def _count(products: Any) -> None:
    documents = products.env["product.document"]
    for product in products:
        own = [("res_model", "=", products._name), ("res_id", "=", product.id)]
        product.product_document_count = documents.search_count(own)
