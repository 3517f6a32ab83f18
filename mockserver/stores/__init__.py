"""The databases a fake Odoo keeps its records in."""

from __future__ import annotations

from fauxdoo.mockserver.stores.base import Store
from fauxdoo.mockserver.stores.file import FileStore
from fauxdoo.mockserver.stores.memory import MemoryStore
from fauxdoo.mockserver.stores.template import Template

__all__ = ["MEMORY", "FileStore", "MemoryStore", "Store", "Template", "open_store"]

MEMORY = ":memory:"
"""The place of a store that is gone with its process."""


def open_store(place: str = MEMORY, template: Template | None = None) -> Store:
    """The store that `Settings.store` names: `:memory:` or the path of a file."""
    return MemoryStore(template) if place == MEMORY else FileStore(place, template)
