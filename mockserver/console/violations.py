"""What did not keep to the contract, over the admin API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import STATUS, TEXT, listed, record, told

__all__ = ["ViolationsPart"]

_VIOLATION = record(
    side=told(TEXT, "request for the client's doing, response or webhook for the server's."),
    protocol=TEXT,
    what=told(TEXT, "res.partner.create, or verb and path."),
    schema=TEXT,
    pointer=told(TEXT, "JSON pointer into what was checked."),
    reason=TEXT,
)


class ViolationsPart(Part):
    """Those of the process that answers, since the reset."""

    key = "violations"

    def operations(self) -> Iterable[Operation]:
        """Look, forget."""
        summary = "What did not keep to the schemas, of a server that validates"
        yield Operation("GET", "violations", self._list, summary, answers=listed(_VIOLATION))
        yield Operation("DELETE", "violations", self._clear, "Forget them", answers=STATUS)

    def _list(self, arguments: dict[str, Any]) -> Any:
        return [violation.as_dict() for violation in self.odoo.violations]

    def _clear(self, arguments: dict[str, Any]) -> Any:
        self.odoo.violations.clear()
        return {"status": "ok"}
