"""Faults over the admin API: set, looked at, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, NotFound

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import ANY, STATUS, TEXT, WHOLE, Schema, listed, record, told
from fauxdoo.mockserver.faults import SetFault

__all__ = ["FaultsPart"]

_FAULT = record(id=WHOLE, spec=told(ANY, "As it was set."), seen=WHOLE, hits=WHOLE)


class FaultsPart(Part):
    """Those of all processes on the store; hits are those of the process that answers."""

    key = "faults"

    def operations(self) -> Iterable[Operation]:
        """List, add, remove."""
        yield Operation("GET", "faults", self._list, "The faults that are set", answers=listed(_FAULT))
        kind = told(TEXT, "page, drop, latency, throttle, …; its options and whom it hits stand beside it.")
        takes: Schema = {**record(["kind"], kind=kind), "additionalProperties": True}
        yield Operation("POST", "faults", self._add, "Set a fault", takes=takes, answers=_FAULT)
        one = record(id=WHOLE)
        yield Operation("DELETE", "faults", self._remove, "End a fault, or all", takes=one, answers=STATUS)
        summary = "The faults since the reset that never hit"
        yield Operation("GET", "faults/unused", self._unused, summary, answers=listed(_FAULT))

    def _list(self, arguments: dict[str, Any]) -> Any:
        return [_told(fault) for fault in self.odoo.faults.all]

    def _unused(self, arguments: dict[str, Any]) -> Any:
        return [_told(fault) for fault in self.odoo.faults.unused]

    def _add(self, arguments: dict[str, Any]) -> Any:
        try:
            return _told(self.odoo.faults.add(**arguments))
        except (TypeError, ValueError) as error:
            raise BadRequest(str(error)) from None

    def _remove(self, arguments: dict[str, Any]) -> Any:
        wanted = arguments.get("id")
        faults = [fault for fault in self.odoo.faults.all if wanted in (None, fault.id)]
        if wanted is not None and not faults:
            raise NotFound("No such fault")
        for fault in faults:
            fault.remove()
        return {"status": "ok"}


def _told(fault: SetFault) -> dict[str, Any]:
    return {"id": fault.id, "spec": fault.spec, "seen": fault.seen, "hits": fault.hits}
