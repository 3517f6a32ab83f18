"""Databases made and dropped over HTTP: one of its own for each test, all on one port."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, Conflict

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import STATUS, TEXT, listed, record

__all__ = ["DatabasesPart"]

_ACCESS = record(["db", "login", "password", "api_key"], db=TEXT, login=TEXT, password=TEXT, api_key=TEXT)
_MOST = 256
"""Databases that a server holds at once: a suite that forgets to drop them is told so."""


class DatabasesPart(Part):
    """A new one is chosen by `db` in a call, or by the header `X-Odoo-Database`, or by its API key."""

    key = "databases"

    def operations(self) -> Iterable[Operation]:
        """List, make, drop."""
        yield Operation("GET", "databases", self._list, "The names of the databases", answers=listed(TEXT))
        summary = "Make a database as the default one is when fresh, with an API key of its own"
        yield Operation("POST", "databases", self._make, summary, answers=_ACCESS)
        yield Operation("DELETE", "databases/<name>", self._drop, "Drop a database", answers=STATUS)

    def _list(self, arguments: dict[str, Any]) -> Any:
        return sorted(self.odoo.databases)

    def _make(self, arguments: dict[str, Any]) -> Any:
        if len(self.odoo.databases) >= _MOST:
            raise Conflict(f"There are {_MOST} databases: drop those that are no longer needed")
        copy = self.odoo.database()
        return {"db": copy.db, "login": copy.login, "password": copy.password, "api_key": copy.api_key}

    def _drop(self, arguments: dict[str, Any], name: str) -> Any:
        if name == self.odoo.settings.db:
            raise BadRequest("The default database stays: reset it instead")
        found = self.database(name).name
        if (copy := self.odoo.copies.named(found)) is not None:
            copy.close()
        else:
            self.odoo.databases.drop(found)
        return {"status": "ok"}
