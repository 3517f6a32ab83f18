"""Signed webhooks as the API guide describes them; a real Odoo 19 has no such models."""

from fauxdoo.mockserver.models.webhook import base, ir_webhook, ir_webhook_delivery

__all__ = ["base", "ir_webhook", "ir_webhook_delivery"]
