"""Copies of the default database on the same port: one for each test, or thread, that is not to share state."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fauxdoo.mockserver.cluster import ADMIN
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.local import LocalEnvironment

if TYPE_CHECKING:
    from types import TracebackType

    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Copies", "Copy"]


class Copy:
    """A database beside the default one, as that was when fresh; as a context manager it ends with the block.

    Clients choose it by `db`, by the header `X-Odoo-Database`, or by its own API key.
    """

    def __init__(self, odoo: FakeOdoo, db: str, api_key: str) -> None:
        self.db, self.api_key = db, api_key
        self.login, self.password = odoo.login, odoo.password
        self.env = LocalEnvironment(odoo, db, ADMIN)
        self._odoo = odoo

    @property
    def url(self) -> str:
        """Where the server listens."""
        return self._odoo.url

    @contextmanager
    def transaction(self) -> Iterator[LocalEnvironment]:
        """Within the block `env` works in one transaction, undone if the block raises."""
        with self.env.grouped():
            yield self.env

    def as_user(self, login: str) -> LocalEnvironment:
        """Recordsets as another user. Raises ValueError for an unknown login."""
        return self.env.as_login(login)

    def reset(self) -> None:
        """Go back to the fresh content; the other databases stay as they are."""
        self._odoo.databases[self.db].reset()

    def close(self) -> None:
        """Give the database up."""
        self._odoo.copies.give_back(self)

    def __enter__(self) -> Copy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class Copies:
    """The copies of one server; those given back wait for the next test, with all that was built for them."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._odoo = odoo
        self._lock = threading.Lock()
        self._idle: list[tuple[Copy, Database]] = []
        self._taken: list[Copy] = []
        self._made = 0

    def take(self) -> Copy:
        """A copy that nobody else uses; safe to be called by several threads at once."""
        with self._lock:
            if self._idle:
                copy, database = self._idle.pop()
                database.reset()
                self._odoo.databases[copy.db] = database
            else:
                copy = self._new()
            self._taken.append(copy)
        return copy

    def named(self, db: str) -> Copy | None:
        """The copy of this name that somebody uses, if there is one."""
        return next((copy for copy in self._taken if copy.db == db), None)

    def give_back(self, copy: Copy) -> None:
        """The copy is used no more; nothing happens for one that was given back before."""
        with self._lock:
            if copy in self._taken:
                self._taken.remove(copy)
                self._set_aside(copy)

    def release(self) -> None:
        """All copies are used no more."""
        with self._lock:
            while self._taken:
                self._set_aside(self._taken.pop())

    def close(self) -> None:
        """Give up all copies that wait."""
        while self._idle:
            self._idle.pop()[1].close()

    def _set_aside(self, copy: Copy) -> None:
        database = self._odoo.databases.pop(copy.db, None)
        if database is not None:  # nobody dropped it
            self._idle.append((copy, database))

    def _new(self) -> Copy:
        odoo = self._odoo
        while (name := f"{odoo.db}-{self._made + 1}") in odoo.databases:
            self._made += 1
        self._made += 1
        database = odoo.databases.load(name, odoo.databases[odoo.db].store.fresh())
        with database.transaction() as env:
            env["res.users.apikeys"].search([]).unlink()  # a key opens one database
        key = odoo.auth.make_key(name, ADMIN, "Fauxdoo")
        database.keep_as_fresh()
        return Copy(odoo, name, key)
