"""The admin API under /_fauxdoo/."""

from __future__ import annotations

from fauxdoo.mockserver.console.routes import Console

__all__ = ["Console"]
