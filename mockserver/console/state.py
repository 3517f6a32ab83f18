"""The content of the databases: reset, snapshot, restore, export, import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, NotFound

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import ANY, DATABASE, STATUS, TEXT, record, told
from fauxdoo.mockserver.state import StateError, exported, imported

__all__ = ["State"]


class State(Part):
    """Each call may name a database as `{"db": …}`."""

    key = "state"

    def operations(self) -> Iterable[Operation]:
        """An address for each, but one for export and import."""
        one, named = record(db=DATABASE), record(["name"], name=told(TEXT, "Of the snapshot."), db=DATABASE)
        yield Operation(
            "POST",
            "reset",
            self._reset,
            "Go back to the state of a server just started, or of one database just made",
            takes=record(db=told(TEXT, "The database; everything if it is left out.")),
            answers=STATUS,
        )
        yield Operation(
            "POST",
            "snapshot",
            self._snapshot,
            "Keep the present content under a name",
            takes=one,
            answers=record(["name"], name=TEXT),
        )
        summary = "The records that differ from a fresh database, as JSON that any server takes"
        yield Operation("GET", "state", self._export, summary, takes=one, answers=ANY)
        takes = record(["state"], state=told(ANY, "As it was exported."), db=DATABASE)
        yield Operation("POST", "state", self._import, "Put an exported state in", takes=takes, answers=STATUS)
        yield Operation("POST", "restore", self._restore, "Go back to a snapshot", takes=named, answers=STATUS)

    def _reset(self, arguments: dict[str, Any]) -> Any:
        name = arguments.get("db")
        if name is None:
            self.odoo.reset()
        else:
            self.database(name).reset()
        return {"status": "ok"}

    def _snapshot(self, arguments: dict[str, Any]) -> Any:
        return {"name": self.database(arguments.get("db")).snapshot()}

    def _export(self, arguments: dict[str, Any]) -> Any:
        return exported(self.database(arguments.get("db")))

    def _import(self, arguments: dict[str, Any]) -> Any:
        try:
            imported(self.database(arguments.get("db")), arguments["state"])
        except StateError as error:
            raise BadRequest(str(error)) from None
        return {"status": "ok"}

    def _restore(self, arguments: dict[str, Any]) -> Any:
        try:
            self.database(arguments.get("db")).restore(arguments["name"])
        except KeyError:
            raise NotFound("No such snapshot") from None
        return {"status": "ok"}
