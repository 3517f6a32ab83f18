"""What was called, for tests in other languages to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver.console.base import Operation, Part

__all__ = ["Calls"]


class Calls(Part):
    """The journal, without results; what is named like a password is hidden."""

    key = "journal"

    def operations(self) -> Iterable[Operation]:
        """One list."""
        yield Operation("GET", "journal", self._journal, "The calls since the last reset, oldest first")

    def _journal(self, arguments: dict[str, Any]) -> Any:
        return [entry.as_dict() for entry in self.odoo.journal]
