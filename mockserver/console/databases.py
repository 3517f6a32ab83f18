"""Databases made and dropped over HTTP: one of its own for each test, all on one port."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, Conflict

from fauxdoo.mockserver.cluster import ADMIN
from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import FLAG, STATUS, TEXT, listed, record, told

__all__ = ["DatabasesPart"]

_ACCESS = record(["db", "login", "password", "api_key"], db=TEXT, login=TEXT, password=TEXT, api_key=TEXT)
_NEW = record(
    name=told(TEXT, "A name that is free, made up if it is left out."),
    demo=told(FLAG, "Start with a small company; as the server itself does if it is left out."),
)
_MOST = 256
"""Databases that a server holds at once: a suite that forgets to drop them is told so."""


class DatabasesPart(Part):
    """A new one is chosen by `db` in a call, or by the header `X-Odoo-Database`, or by its API key."""

    key = "databases"

    def operations(self) -> Iterable[Operation]:
        """List, make, drop."""
        yield Operation("GET", "databases", self._list, "The names of the databases", answers=listed(TEXT))
        summary = "Make a database as freshly installed, with the administrator's login, password and a key of its own"
        yield Operation("POST", "databases", self._make, summary, takes=_NEW, answers=_ACCESS)
        yield Operation("DELETE", "databases/<name>", self._drop, "Drop a database", answers=STATUS)

    def _list(self, arguments: dict[str, Any]) -> Any:
        return sorted(self.odoo.databases)

    def _make(self, arguments: dict[str, Any]) -> Any:
        odoo, given = self.odoo, self.odoo.settings
        name = arguments.get("name") or self._free_name()
        if name in odoo.databases:
            raise Conflict("There is a database of this name")
        if len(odoo.databases) >= _MOST:
            raise Conflict(f"There are {_MOST} databases: drop those that are no longer needed")
        demo = arguments.get("demo", given.demo)
        odoo.databases.create(
            name, login=given.login, password=given.password, demo=demo, lang=given.lang, seeds=given.seeds
        )
        key = odoo.auth.make_key(name, ADMIN, "Fauxdoo")
        odoo.databases[name].keep_as_fresh()
        return {"db": name, "login": given.login, "password": given.password, "api_key": key}

    def _drop(self, arguments: dict[str, Any], name: str) -> Any:
        if name == self.odoo.settings.db:
            raise BadRequest("The default database stays: reset it instead")
        self.odoo.databases.drop(self.database(name).name)
        return {"status": "ok"}

    def _free_name(self) -> str:
        return next(name for number in range(1, _MOST + 2) if (name := f"test-{number}") not in self.odoo.databases)
