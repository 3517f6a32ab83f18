"""Methods that the API guide describes and a real Odoo 19 does not have."""

from fauxdoo.mockserver.models.guide import base, sale_order

__all__ = ["base", "sale_order"]
