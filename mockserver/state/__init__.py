"""The state of a database as portable JSON: the records that differ from a fresh one, related by xmlids."""

from __future__ import annotations

from fauxdoo.mockserver.state.exporting import exported
from fauxdoo.mockserver.state.importing import StateError, imported

__all__ = ["StateError", "exported", "imported"]
