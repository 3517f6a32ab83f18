"""The databases of one fake Odoo: made, copied, renamed, dropped, dumped and restored by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fauxdoo.contracts import catalogue_for
from fauxdoo.mockserver.access import Access
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.dialects import DIALECTS
from fauxdoo.mockserver.orm.registry import Registry
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.stores import MEMORY, open_store
from fauxdoo.mockserver.turnstile import Turnstile
from fauxdoo.mockserver.users import User, plant_users

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["ADMIN", "Databases"]

_WATCHED = ("base.automation", "ir.webhook", "ir.webhook.delivery")
"""Models whose records take effect without being asked for."""
ADMIN = 2
"""Id of the administrator in every database."""


class Databases(dict[str, Database]):
    """Databases by name. What makes one raises ValueError for a name that is taken."""

    def __init__(self, settings: Settings, clock: Clock, turnstile: Turnstile) -> None:
        super().__init__()
        self._settings, self._clock, self._turnstile = settings, clock, turnstile
        self._left_out = () if DIALECTS[settings.dialect].signed_webhooks else ("webhook",)
        self.on_open: list[Callable[[Database], None]] = []
        """Called with every database that is opened or made."""

    def create(
        self,
        name: str,
        *,
        login: str = "admin",
        password: str = "admin",
        demo: bool = False,
        lang: str = "",
        users: Iterable[User] = (),
        seeds: Iterable[str | Path | Callable[[Any], Any]] = (),
        store: str = MEMORY,
    ) -> Database:
        """A database as freshly installed, with this login and password of its administrator.

        A store that holds data already is opened as it is. Raises SeedError for a seed that cannot be planted, and
        ValueError for an unknown `lang` or a user's unknown group; there is no database then.
        """

        def fill(env: Environment) -> None:
            env["res.users"].browse(ADMIN).write({"login": login, "password": password})
            if demo:
                from fauxdoo.mockserver.demo import install_demo

                install_demo(env)
            plant_users(env(su=True), users)
            if lang or seeds:
                _plant(env, lang, seeds)

        database = self._open(name, store)
        with database.store.exclusively():  # of processes that start at once, one fills it
            if database.is_new:
                self._fill(database, fill)
        if store != MEMORY:
            _watch(database)
        return database

    def _fill(self, database: Database, fill: Callable[[Environment], None]) -> None:
        try:
            with database.transaction() as env:
                fill(env)
        except BaseException:
            self.drop(database.name)
            raise
        database.keep_as_fresh()

    def duplicate(self, source: str, name: str) -> Database:
        """A copy of the database `source`."""
        return self.load(name, self[source].store.dump())

    def load(self, name: str, dump: bytes) -> Database:
        """A database with the content of a dump. Raises ValueError for what is none."""
        database = self._open(name, MEMORY)
        try:
            database.store.load(dump)
        except BaseException:
            self.drop(name)
            raise
        database.keep_as_fresh()
        return database

    def rename(self, name: str, new: str) -> None:
        """Give a database another name."""
        self._refuse_taken(new)
        database = self.pop(name)
        database.name = new
        self[new] = database

    def drop(self, name: str) -> None:
        """Give up a database and what it holds."""
        self.pop(name).close()

    def close(self) -> None:
        """Give up all databases."""
        for name in list(self):
            self.drop(name)

    def _open(self, name: str, store: str) -> Database:
        self._refuse_taken(name)
        extensions = (extension.__name__ for extension in self._settings.extensions)
        registry = Registry(catalogue_for(self._settings.modules, self._settings.catalogue), extensions, self._left_out)
        database = Database(name, open_store(store), registry, self._settings, self._clock, Access(), self._turnstile)
        self[name] = database
        for tell in self.on_open:
            tell(database)
        return database

    def _refuse_taken(self, name: str) -> None:
        if name in self:
            raise ValueError(f"database {name!r} already exists")


def _watch(database: Database) -> None:
    """Look at the tables of rules and webhooks from the start: an earlier process, or another one, may have some."""
    with database.transaction(su=True) as env:
        for model in _WATCHED:
            if model in env:
                env.registry.ensure(env, model)


def _plant(env: Environment, lang: str, seeds: Iterable[str | Path | Callable[[Any], Any]]) -> None:
    """Activate a language and make the records of seeds, as the administrator."""
    from fauxdoo.mockserver.seeds import QUIET, activate_language, plant

    env = env(user=ADMIN, su=True, context=QUIET)
    if lang:
        activate_language(env, lang)
    for seed in seeds:
        plant(env, seed)
