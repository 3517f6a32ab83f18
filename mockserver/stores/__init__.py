"""The databases a fake Odoo keeps its records in."""

from __future__ import annotations

from fauxdoo.mockserver.errors import PostgresMissing
from fauxdoo.mockserver.stores.base import Store
from fauxdoo.mockserver.stores.file import FileStore
from fauxdoo.mockserver.stores.memory import MemoryStore
from fauxdoo.mockserver.stores.template import Template

__all__ = ["MEMORY", "FileStore", "MemoryStore", "Store", "Template", "is_embedded", "open_store"]

MEMORY = ":memory:"
"""The place of a store that is gone with its process."""
_POSTGRESQL = ("postgresql://", "postgres://")


def is_embedded(place: str) -> bool:
    """Whether the database runs in this process: its threads work rather than wait for another one's."""
    return not place.startswith(_POSTGRESQL)


def open_store(place: str = MEMORY, template: Template | None = None) -> Store:
    """The store that `Settings.store` names: `:memory:`, a PostgreSQL URL or the path of a file.

    Raises PostgresMissing without the extra `postgres`.
    """
    if not is_embedded(place):
        try:
            from fauxdoo.mockserver.stores.postgresql import PostgreSQLStore
        except ImportError as error:
            raise PostgresMissing from error
        return PostgreSQLStore(place, template)
    return MemoryStore(template) if place == MEMORY else FileStore(place, template)
