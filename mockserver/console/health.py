"""Whether the server is up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import TEXT, listed, record

__all__ = ["Health"]


class Health(Part):
    """For whoever waits until the server answers; asks for no token."""

    key = "health"

    def operations(self) -> Iterable[Operation]:
        """One question."""
        answers = record(["status", "dialect", "databases"], status=TEXT, dialect=TEXT, databases=listed(TEXT))
        summary = "Whether the server is up, and what it serves"
        yield Operation("GET", "health", self._health, summary, guarded=False, answers=answers)

    def _health(self, arguments: dict[str, Any]) -> Any:
        odoo = self.odoo
        return {"status": "ok", "dialect": odoo.dialect.name, "databases": sorted(odoo.databases)}
