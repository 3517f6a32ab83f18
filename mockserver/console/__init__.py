"""The admin API under /_fauxdoo/: a file per noun, listed here."""

from __future__ import annotations

from fauxdoo.mockserver.console import databases, health, journal, seeds, state  # noqa: F401  (they register themselves)
from fauxdoo.mockserver.console.routes import Console

__all__ = ["Console"]
