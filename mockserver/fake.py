"""The fake Odoo as one object: databases, users, a server on a port, and the environment a test works in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from threading import Thread
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.access import OPERATIONS, Explanation, explain
from fauxdoo.mockserver.assertions import Calls
from fauxdoo.mockserver.assertions.arguments import Arguments
from fauxdoo.mockserver.auth import Auth
from fauxdoo.mockserver.capacity import Meter, capacity_of
from fauxdoo.mockserver.certificates import Certificates
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.cluster import ADMIN, Databases
from fauxdoo.mockserver.copies import Copies, Copy
from fauxdoo.mockserver.crons import Job, run_due
from fauxdoo.mockserver.dialects import DIALECTS, Dialect
from fauxdoo.mockserver.dispatch import Dispatch
from fauxdoo.mockserver.errors import AccessDenied
from fauxdoo.mockserver.faults import Faults
from fauxdoo.mockserver.journal import Journal
from fauxdoo.mockserver.local import LocalEnvironment
from fauxdoo.mockserver.retrying import Retrying
from fauxdoo.mockserver.sessions import Sessions
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.sharing import Kept
from fauxdoo.mockserver.stores import MEMORY, Store, is_embedded
from fauxdoo.mockserver.stubs import Stub
from fauxdoo.mockserver.turnstile import Turnstile
from fauxdoo.mockserver.validation import Violations
from fauxdoo.mockserver.webhooks import Webhooks

if TYPE_CHECKING:
    from types import TracebackType

    from werkzeug.serving import BaseWSGIServer

    from fauxdoo.mockserver.privileges import Privileges
    from fauxdoo.mockserver.validation.validator import Validator

__all__ = ["FakeOdoo"]

_POLL = 0.02
"""Seconds between two looks of the server's thread at whether it is to stop."""


class FakeOdoo:
    """A fake Odoo server. As a context manager it listens on `url` until the block ends.

    `FakeOdoo(port=8069, demo=True)` is short for `FakeOdoo(Settings(port=8069, demo=True))`.
    """

    def __init__(self, settings: Settings | None = None, **overrides: Any) -> None:
        self.settings = _with_default_database(replace(settings or Settings(), **overrides))
        self.clock = Clock()
        self.turnstile = Turnstile(turns=is_embedded(self.settings.store))
        self.dialect: Dialect = DIALECTS[self.settings.dialect]
        self.databases = Databases(self.settings, self.clock, self.turnstile)
        self.certificates = Certificates(self.settings.host)
        self.journal = Journal()
        self.dispatch = Dispatch(self.databases, self.journal, self.clock, Retrying(self.settings.backoff))
        self.faults = Faults(self.dispatch, self.turnstile, self.clock, self.settings.seed, self.settings.faults)
        shared = self.settings.store != MEMORY
        self.webhooks = Webhooks(self.databases, self.clock, self.settings.db, self.settings.seed, shared=shared)
        self._create_databases()
        self._alone = self._store.is_alone
        self.shared = self._store.shared
        """What all processes on the default database's store see."""
        self.answered: Kept[dict[str, Any]] | None = None if self._alone else Kept(self.shared, "answer ", dict)
        """What REST answered to requests with an Idempotency-Key, where other processes are to know it."""
        self.sessions = Sessions(self.clock, self.settings.seed, None if self._alone else self.shared)
        self.auth = Auth(self)
        self.api_key = self.settings.api_key or _derived_key(self.settings.seed)
        self._give_keys()
        self._share("clock", self.clock, tuple[float, str | None])
        self._share("faults", self.faults, list)
        self._server: BaseWSGIServer | None = None
        self._thread: Thread | None = None
        self._wsgi_app: Callable[..., Any] | None = None
        self._snapshots: Kept[dict[str, str]] = Kept(self.shared, "snapshot ", dict)
        self._local: LocalEnvironment | None = None
        self._stubs: list[Stub] = []
        self.copies = Copies(self)
        self.meter: Meter | None = None
        if self.settings.capacity:
            self.meter = Meter(capacity_of(self.settings.capacity), self.turnstile, self.settings.seed)
            self.dispatch.meter = self.meter
        self.violations = Violations()
        self.validator: Validator | None = None
        if self.settings.validate:
            from fauxdoo.mockserver.validation.validator import Validator

            self.validator = Validator(self)
        if self.settings.crons:
            self.clock.subscribe(self.run_crons)

    def _create_databases(self) -> None:
        """The databases of the settings that are not there."""
        given = self.settings
        for name in (given.db, *given.databases):
            if name not in self.databases:
                self.databases.create(
                    name,
                    login=given.login,
                    password=given.password,
                    demo=given.demo,
                    lang=given.lang,
                    users=given.users,
                    seeds=given.seeds,
                    store=given.store if name == given.db else MEMORY,
                )

    @property
    def _store(self) -> Store:
        return self.databases[self.db].store

    def _give_keys(self) -> None:
        """The administrator's key and those of the settings' users; of processes that start at once, one makes them."""
        with self._store.exclusively():
            self._give_key(ADMIN, "Fauxdoo", self.api_key)
            for user in self.settings.users:
                if user.api_key:
                    self._give_key(self._uid_of(user.login), user.login, user.api_key)

    def _share(self, name: str, part: Clock | Faults, kind: Callable[[Any], Any]) -> None:
        """Let all processes on the store live in the same time, and with the same faults."""
        if self._alone:
            return
        settings = Kept(self.shared, name, kind)
        database = self.databases[self.db]

        def take() -> None:
            part.setting = settings.get("", part.setting)

        def give() -> None:
            settings[""] = part.setting
            database.announce()

        take()
        part.when_set = give
        database.when_overtaken.append(take)

    def catch_up(self) -> None:
        """Learn what other processes on the store have changed: the clock, rights, models, the content."""
        if not self._alone:
            self.databases[self.db].catch_up()

    def _uid_of(self, login: str) -> int:
        """The user of a login in the default database, be it active or not."""
        with self.databases[self.db].transaction(context={"active_test": False}) as env:
            return int(env["res.users"].search([("login", "=", login)]).id)

    def _give_key(self, uid: int, name: str, key: str) -> None:
        """The user's key to the default database, as long as nobody took it away."""
        try:
            self.auth.by_key(key, self.db)
        except AccessDenied:
            self.auth.make_key(self.db, uid, name, key)
            self.databases[self.db].keep_as_fresh()

    # ---------------------------------------------------------------- what a test uses

    @property
    def db(self) -> str:
        """Name of the default database."""
        return self.settings.db

    @property
    def login(self) -> str:
        """The administrator's login."""
        return self.settings.login

    @property
    def password(self) -> str:
        """The administrator's password."""
        return self.settings.password

    @property
    def env(self) -> LocalEnvironment:
        """Recordsets of the default database as the administrator: every call its own transaction, all journalled."""
        if self._local is None:
            self._local = LocalEnvironment(self, self.db, ADMIN)
        return self._local

    @contextmanager
    def transaction(self) -> Iterator[LocalEnvironment]:
        """Within the block `env` works in one transaction, undone if the block raises."""
        with self.env.grouped():
            yield self.env

    def as_user(self, login: str) -> LocalEnvironment:
        """Recordsets as another user. Raises ValueError for an unknown login."""
        return self.env.as_login(login)

    def why(
        self,
        model: str,
        id: int,
        *,
        user: str | None = None,
        operation: str = "read",
        context: Mapping[str, Any] | None = None,
    ) -> Explanation:
        """Why a user (a login; the administrator by default) does not find a record, or may not write or unlink it.

        Its text serves as the message of an assertion; `context` is that of the call, such as `allowed_company_ids`.
        Raises ValueError for an unknown model, operation or login.
        """
        database = self.databases[self.db]
        if model not in database.registry or operation not in OPERATIONS:
            raise ValueError(f"no model {model!r} or no operation {operation!r} (of {', '.join(OPERATIONS)})")
        uid = ADMIN if user is None else self.as_user(user).uid
        with database.transaction(uid, context, readonly=True) as env:
            return explain(env, model, id, operation)

    def least_privilege(self, user: str | None = None) -> Privileges:
        """The fewest groups under which the user's calls since the reset answer the same, found by replaying them.

        `user` is a login, needed where several called. Raises ValueError where nobody did. It takes as long as the
        calls took, some tens of times; `print` shows groups and access rights.
        """
        from fauxdoo.mockserver.privileges import least_privileges

        return least_privileges(self, user)

    def database(self) -> Copy:
        """Another database on the same port, as the default one is when fresh, until it is closed or the server reset.

        For tests and threads that are not to share state; it costs about a millisecond once the first is made.
        """
        return self.copies.take()

    @property
    def calls(self) -> Calls:
        """What clients called over any protocol: to look at, and to make assertions about.

        What the test itself does by `env` is not among it; `journal` has everything.
        """
        arguments = Arguments(self.databases, self.db)
        return Calls(lambda: [entry for entry in self.journal if entry.protocol != "python"], arguments)

    def stub(self, model: str, method: str, *, returns: Any = None, calls: Callable[..., Any] | None = None) -> Stub:
        """Put a stub in the place of a method, for everybody who calls it, until it is removed or the server reset.

        It answers `returns`, or what `calls(records, *args, **kwargs)` does. As a context manager it ends with the
        block. Raises ValueError for a model or method that a real Odoo does not have either.
        """
        stub = Stub(self.databases[self.db].registry, model, method, returns, calls)
        self._stubs.append(stub)
        return stub

    def run_crons(self) -> list[Job]:
        """Run the scheduled actions of the default database that are due by `odoo.clock`, as Odoo's scheduler does.

        Those of Odoo's whose code is not simulated end with an error, which is in the answer.
        """
        return run_due(self.databases[self.db])

    def reset(self) -> None:
        """Everything as just started: databases, sessions, journal, clock, stubs, faults."""
        while self._stubs:
            self._stubs.pop().remove()
        self.faults.clear()
        self.copies.release()
        declared = {self.db, *self.settings.databases}
        for name in [name for name in self.databases if name not in declared]:
            self.databases.drop(name)
        for database in self.databases.values():
            database.reset()
        if declared - set(self.databases):  # dropped or renamed
            self._create_databases()
            self._give_keys()
        if self.answered is not None:
            self.answered.clear()
        self.webhooks.reset()
        self.sessions.clear()
        self.auth.clear()
        self.journal.clear()
        self.violations.clear()
        self.clock.reset()

    def snapshot(self) -> str:
        """Keep the present content of all databases; answers the name `restore` takes."""
        name = f"snapshot-{len(self._snapshots) + 1}"
        self._snapshots[name] = {db: database.snapshot() for db, database in self.databases.items()}
        return name

    def restore(self, name: str) -> None:
        """Go back to a snapshot. Raises KeyError for an unknown one."""
        for db, kept in self._snapshots[name].items():
            if db in self.databases:
                self.databases[db].restore(kept)
        if self.answered is not None:
            self.answered.clear()
        self.auth.clear()

    # ---------------------------------------------------------------- serving

    @property
    def wsgi_app(self) -> Callable[..., Any]:
        """The WSGI application, for any server or for a test client."""
        if self._wsgi_app is None:
            from fauxdoo.mockserver.app import App

            self._wsgi_app = App(self)
        return self._wsgi_app

    def wrap(self, middleware: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
        """Put a WSGI middleware around the application, be it served already or not."""
        self._wsgi_app = middleware(self.wsgi_app)
        if self._server is not None:
            self._server.app = self._wsgi_app

    @property
    def url(self) -> str:
        """Where the server listens, without a slash at the end. Raises RuntimeError when it is not started."""
        if self._server is None:
            raise RuntimeError("the server is not started: use `with FakeOdoo(...) as odoo:` or `odoo.start()`")
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        return f"{'https' if self.settings.tls else 'http'}://{host}:{self._server.server_port}"

    @property
    def ca_file(self) -> str:
        """Path of the certificate that clients are to trust where the server speaks HTTPS (`tls=True`)."""
        if not self.settings.tls:
            raise RuntimeError("the server speaks HTTP: use `FakeOdoo(tls=True)`")
        return str(self.certificates.authority)

    def start(self) -> FakeOdoo:
        """Listen on the port of the settings (0: any free one), in threads of this process."""
        from fauxdoo.mockserver.serving import make_server

        context = self.certificates.server_context() if self.settings.tls else None
        self._server = make_server(self.settings.host, self.settings.port, self.wsgi_app, context)
        self._thread = Thread(target=self._server.serve_forever, args=(_POLL,), name="fauxdoo", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening; the databases stay."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        if self._thread is not None:
            self._thread.join()
        self._server = self._thread = None

    def close(self) -> None:
        """Stop, and give up the databases."""
        self.stop()
        self.webhooks.close()
        self.copies.close()
        self.databases.close()
        self.certificates.close()

    def __enter__(self) -> FakeOdoo:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _derived_key(seed: int) -> str:
    """A key of 40 hex digits, the same for the same seed."""
    return f"{Random(f'api key {seed}').getrandbits(160):040x}"


def _with_default_database(settings: Settings) -> Settings:
    """The settings with `db` among `databases`, where these are given."""
    names = tuple(settings.databases)
    default = settings.db if not names or settings.db in names else names[0]
    return replace(settings, db=default, databases=names, users=tuple(settings.users))
