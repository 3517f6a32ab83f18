"""Recordsets for the test's own process: `odoo.env["res.partner"].create({...})`, a transaction per call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import NotSimulated
from fauxdoo.mockserver.journal import Entry, Joint
from fauxdoo.mockserver.journal.callers import own_caller
from fauxdoo.mockserver.orm.recordset import Recordset
from fauxdoo.mockserver.records import Records, RecordsEnvironment

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["LocalEnvironment"]


class _Working(threading.local):
    """The transaction a thread is in."""

    env: Environment | None = None
    joint: Joint | None = None


class LocalEnvironment(RecordsEnvironment):
    """A database of this process; its recordsets hold ids, not transactions."""

    def __init__(
        self,
        odoo: FakeOdoo,
        database: str,
        uid: int,
        context: Mapping[str, Any] | None = None,
        working: _Working | None = None,
    ) -> None:
        self._odoo, self._database, self.uid = odoo, database, uid
        self.context = dict(context or {})
        self._working = working or _Working()

    @property
    def _registry(self) -> Registry:
        return self._odoo.databases[self._database].registry

    def __contains__(self, model: object) -> bool:
        return model in self._registry

    def __call__(self, *, user: Any = None, context: Mapping[str, Any] | None = None) -> LocalEnvironment:
        uid = self.uid if user is None else int(user)
        changed = self.context if context is None else context
        return LocalEnvironment(self._odoo, self._database, uid, changed, self._working)

    def as_login(self, login: str) -> LocalEnvironment:
        """The same database for the user of this login. Raises ValueError for an unknown one."""
        with self._odoo.databases[self._database].transaction() as env:
            user = env["res.users"].search([("login", "=", login)], limit=1)
        if not user:
            raise ValueError(f"no user with login {login!r}")
        return LocalEnvironment(self._odoo, self._database, user.id)

    @property
    def company(self) -> Records:
        return self.run("env.company", lambda env: env.company)  # type: ignore[no-any-return]

    def ref(self, xmlid: str) -> Records:
        return self.run("env.ref", lambda env: env.ref(xmlid))  # type: ignore[no-any-return]

    def field_type(self, model: str, name: str) -> tuple[str, str] | None:
        field = self._registry[model]._fields.get(name)
        return None if field is None else (field.type, field.comodel_name)

    def has_method(self, model: str, name: str) -> bool:
        cls = self._registry[model]
        if not hasattr(cls, name) and name in cls._methods:
            raise NotSimulated(model, name)
        return hasattr(cls, name)

    def value(self, records: Records, name: str) -> Any:
        return self.run("read", lambda env: _inner(env, records)[name], records, [[name]])

    def values(self, records: Records, name: str) -> list[Any]:
        def read(env: Environment) -> list[Any]:
            return [record[name] for record in _inner(env, records)]

        return self.run("read", read, records, [[name]])  # type: ignore[no-any-return]

    def call(self, records: Records, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if method in ("create", "write") and args:
            args = [self.outgoing(records._model, args[0]), *args[1:]]

        def call(env: Environment) -> Any:
            inner = _inner(env, records)
            result = getattr(inner, method)(*_inner(env, args), **_inner(env, kwargs))
            if "ir_webhook" in env.transaction.store.tables:
                inner._tell_call(method)
            return result

        return self.run(method, call, records, args, kwargs)

    @contextmanager
    def grouped(self) -> Iterator[None]:
        """Calls within the block share one transaction."""
        if self._working.env is not None:
            yield
            return
        joint = Joint()
        try:
            with self._odoo.databases[self._database].transaction(self.uid, self.context) as env:
                self._working.env, self._working.joint = env, joint
                try:
                    yield
                finally:
                    self._working.env = self._working.joint = None
        except BaseException:
            joint.undone = True
            raise

    @property
    def _within(self) -> Environment:
        """The transaction that is open, for this user and context."""
        env = self._working.env
        assert env is not None
        return env if (env.uid, env.context) == (self.uid, self.context) else env(user=self.uid, context=self.context)

    def run(
        self,
        name: str,
        action: Callable[[Environment], Any],
        records: Records | None = None,
        args: Iterable[Any] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Do something in a transaction and journal it, as a method of `records`; recordsets come back as `Records`."""
        model, ids = ("", None) if records is None else (records._model, records.ids)
        call = Call("python", self._database, self.uid, model, name, [*args], kwargs or {}, ids)
        entry, started = Entry(call, self._working.joint), perf_counter()
        entry.caller = own_caller()
        try:
            with self.grouped():
                env = self._within
                env.cr.trace = entry.trace
                entry.result = result = self._wrapped(action(env))
                return result
        except Exception as error:
            entry.error = error
            raise
        finally:
            entry.duration, entry.at = perf_counter() - started, self._odoo.clock.now()
            self._odoo.journal.add(entry)

    def _wrapped(self, value: Any) -> Any:
        if isinstance(value, Recordset):
            return Records(self, value._name, value._ids)
        return [self._wrapped(item) for item in value] if isinstance(value, list) else value


def _inner(env: Environment, value: Any) -> Any:
    """The value with `Records` turned into recordsets of the transaction."""
    if isinstance(value, Records):
        return env[value._model].browse(value.ids)
    if isinstance(value, dict):
        return {key: _inner(env, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_inner(env, item) for item in value)
    return value
