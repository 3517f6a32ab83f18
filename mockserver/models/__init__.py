"""What Odoo computes and does, a package per app, a file per model."""

from fauxdoo.mockserver.models import base

__all__ = ["base"]
