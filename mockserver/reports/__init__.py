"""Documents people download: what stands on them by model, and how that becomes a page or a PDF."""

from __future__ import annotations

from fauxdoo.mockserver.reports.account_move import Invoice
from fauxdoo.mockserver.reports.base import Layout
from fauxdoo.mockserver.reports.document import Column, Document
from fauxdoo.mockserver.reports.plain import Plain
from fauxdoo.mockserver.reports.purchase_order import PurchaseOrder
from fauxdoo.mockserver.reports.rendering import PdfMissing, documents, html, pdf
from fauxdoo.mockserver.reports.sale_order import SaleOrder
from fauxdoo.mockserver.reports.stock_picking import Transfer

__all__ = [
    "Column",
    "Document",
    "Invoice",
    "Layout",
    "PdfMissing",
    "Plain",
    "PurchaseOrder",
    "SaleOrder",
    "Transfer",
    "documents",
    "html",
    "pdf",
]
