"""A database in PostgreSQL, for several processes and machines (extra `postgres`)."""

from __future__ import annotations

from fauxdoo.mockserver.stores.postgresql.store import PostgreSQLStore

__all__ = ["PostgreSQLStore"]
