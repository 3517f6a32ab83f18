"""The content of the databases: reset, snapshot, restore."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, NotFound

from fauxdoo.mockserver.console.base import Operation, Part

__all__ = ["State"]


class State(Part):
    """Each call may name a database as `{"db": …}`."""

    key = "state"

    def operations(self) -> Iterable[Operation]:
        """Three verbs, an address each."""
        yield Operation("POST", "reset", self._reset, "Go back to the state of a server just started")
        yield Operation("POST", "snapshot", self._snapshot, "Keep the present content under a name")
        yield Operation("POST", "restore", self._restore, "Go back to a snapshot")

    def _reset(self, arguments: dict[str, Any]) -> Any:
        name = arguments.get("db")
        if name is None:
            self.odoo.reset()
        else:
            self.database(name).reset()
        return {"status": "ok"}

    def _snapshot(self, arguments: dict[str, Any]) -> Any:
        return {"name": self.database(arguments.get("db")).snapshot()}

    def _restore(self, arguments: dict[str, Any]) -> Any:
        if "name" not in arguments:
            raise BadRequest('Say which snapshot: {"name": …}')
        try:
            self.database(arguments.get("db")).restore(arguments["name"])
        except (KeyError, TypeError):
            raise NotFound("No such snapshot") from None
        return {"status": "ok"}
