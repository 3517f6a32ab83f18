"""Users, partners, companies, and the models the framework itself lives in."""

from fauxdoo.mockserver.models.base import ir_default

__all__ = ["ir_default"]
