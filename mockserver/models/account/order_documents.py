"""What orders of sales and of purchases have alike: their doubles, and how invoices call their lines."""

from __future__ import annotations

from typing import Any

__all__ = ["duplicates_of", "name_on_invoice"]


def duplicates_of(order: Any, reference: str) -> Any:
    """Other orders of the partner with the reference of a draft, or that it came from; `reference` is their field."""
    if order.state != "draft" or not order[reference]:
        return order.browse()
    domain = [
        ("company_id", "=", order.company_id.id),
        ("partner_id", "=", order.partner_id.id),
        ("id", "!=", order.id),
        ("state", "!=", "cancel"),
        "|",
        (reference, "=", order[reference]),
        ("name", "=", order.origin or False),
    ]
    return order.search(domain)


def name_on_invoice(line: Any) -> str | bool:
    """The text of an order's line, after its product where it does not name that."""
    product, text = line.product_id.display_name or "", line.name
    return text if not product or product in (text or "") else f"{product} {text or ''}"
