"""The admin API under /_fauxdoo/: a file per noun, listed here."""

from __future__ import annotations

from fauxdoo.mockserver.console import (  # noqa: F401  (they register themselves)
    capacity,
    clock,
    databases,
    faults,
    health,
    journal,
    seeds,
    state,
    violations,
    webhooks,
)
from fauxdoo.mockserver.console.routes import Console

__all__ = ["Console"]
