"""Recordsets for the test's own process: `odoo.env["res.partner"].create({...})`, a transaction per call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import NotSimulated
from fauxdoo.mockserver.journal import Entry
from fauxdoo.mockserver.orm.recordset import Recordset

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["LocalEnvironment", "LocalRecords"]


class _Working(threading.local):
    """The transaction a thread is in."""

    env: Environment | None = None


class LocalEnvironment:
    """`env[model]` in a test: recordsets that hold ids, not transactions."""

    def __init__(self, odoo: FakeOdoo, database: str, uid: int, context: dict[str, Any] | None = None) -> None:
        self._odoo, self._database, self.uid = odoo, database, uid
        self.context = dict(context or {})
        self._working = _Working()

    def __getitem__(self, model: str) -> LocalRecords:
        if model not in self._odoo.databases[self._database].registry:
            raise KeyError(model)
        return LocalRecords(self, model, ())

    def __contains__(self, model: object) -> bool:
        return model in self._odoo.databases[self._database].registry

    def __call__(self, **changes: Any) -> LocalEnvironment:
        """The same database for another `user` (id) or `context`."""
        user = changes.get("user", self.uid)
        return LocalEnvironment(self._odoo, self._database, int(user), changes.get("context", self.context))

    @property
    def user(self) -> LocalRecords:
        """The user the environment works as."""
        return LocalRecords(self, "res.users", (self.uid,))

    @property
    def company(self) -> LocalRecords:
        """The company the environment works in."""
        return self.run("env.company", lambda env: env.company)  # type: ignore[no-any-return]

    def ref(self, xmlid: str) -> LocalRecords:
        """The record of an xmlid. Raises ValueError for an unknown one."""
        return self.run("env.ref", lambda env: env.ref(xmlid))  # type: ignore[no-any-return]

    @contextmanager
    def grouped(self) -> Iterator[None]:
        """Calls within the block share one transaction."""
        if self._working.env is not None:
            yield
            return
        with self._odoo.databases[self._database].transaction(self.uid, self.context) as env:
            self._working.env = env
            try:
                yield
            finally:
                self._working.env = None

    def run(
        self, name: str, action: Callable[[Environment], Any], model: str = "", arguments: Iterable[Any] = ()
    ) -> Any:
        """Do something in a transaction and journal it; recordsets come back as `LocalRecords`."""
        started, error, result = perf_counter(), None, None
        try:
            with self.grouped():
                assert self._working.env is not None
                result = self._wrapped(action(self._working.env))
                return result
        except Exception as raised:
            error = raised
            raise
        finally:
            self._odoo.journal.add(
                Entry(
                    protocol="python",
                    database=self._database,
                    user=self.uid,
                    model=model,
                    method=name,
                    args=list(arguments),
                    kwargs={},
                    result=result,
                    error=error,
                    duration=perf_counter() - started,
                    at=self._odoo.clock.now(),
                )
            )

    def _wrapped(self, value: Any) -> Any:
        if isinstance(value, Recordset):
            return LocalRecords(self, value._name, tuple(value._ids))
        return value


class LocalRecords:
    """Records of one model by id; fields and methods are those of the model."""

    __slots__ = ("_model", "env", "ids")

    def __init__(self, env: LocalEnvironment, model: str, ids: tuple[int, ...]) -> None:
        object.__setattr__(self, "env", env)
        object.__setattr__(self, "_model", model)
        object.__setattr__(self, "ids", list(ids))

    env: LocalEnvironment
    _model: str
    ids: list[int]

    @property
    def id(self) -> int | bool:
        """The id of the one record, False of none."""
        if len(self.ids) > 1:
            raise ValueError(f"Expected singleton: {self!r}")
        return self.ids[0] if self.ids else False

    def browse(self, ids: int | Iterable[int] = ()) -> LocalRecords:
        """Records of these ids."""
        return LocalRecords(self.env, self._model, (ids,) if isinstance(ids, int) else tuple(ids))

    def with_context(self, **context: Any) -> LocalRecords:
        """The same records with context keys added."""
        return LocalRecords(self.env(context={**self.env.context, **context}), self._model, tuple(self.ids))

    def with_user(self, user: Any) -> LocalRecords:
        """The same records as another user (id or record)."""
        return LocalRecords(self.env(user=getattr(user, "id", user)), self._model, tuple(self.ids))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        cls = self.env._odoo.databases[self.env._database].registry[self._model]
        if name in cls._fields:
            return self.env.run("read", lambda env: self._records(env)[name], self._model, [self.ids, [name]])
        if not hasattr(cls, name):
            if name in cls._methods:
                raise NotSimulated(self._model, name)
            raise AttributeError(f"'{self._model}' object has no attribute {name!r}")

        def method(*args: Any, **kwargs: Any) -> Any:
            def call(env: Environment) -> Any:
                return getattr(self._records(env), name)(*_inner(env, args), **_inner(env, kwargs))

            return self.env.run(name, call, self._model, [self.ids, *args])

        return method

    def __setattr__(self, name: str, value: Any) -> None:
        self.env.run("write", lambda env: self._records(env).write(_inner(env, {name: value})), self._model, [self.ids])

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return getattr(self, key)
        return self.browse(self.ids[key])

    def _records(self, env: Environment) -> Any:
        return env[self._model].browse(self.ids)

    def __iter__(self) -> Iterator[LocalRecords]:
        return (self.browse(id) for id in self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def __bool__(self) -> bool:
        return bool(self.ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LocalRecords) and (self._model, set(self.ids)) == (other._model, set(other.ids))

    def __hash__(self) -> int:
        return hash((self._model, frozenset(self.ids)))

    def __or__(self, other: LocalRecords) -> LocalRecords:
        return LocalRecords(self.env, self._model, tuple(dict.fromkeys([*self.ids, *other.ids])))

    def __sub__(self, other: LocalRecords) -> LocalRecords:
        return LocalRecords(self.env, self._model, tuple(id for id in self.ids if id not in other.ids))

    def __repr__(self) -> str:
        return f"{self._model}({', '.join(map(str, self.ids))})"


def _inner(env: Environment, value: Any) -> Any:
    """The value with `LocalRecords` turned into recordsets of the transaction."""
    if isinstance(value, LocalRecords):
        return env[value._model].browse(value.ids)
    if isinstance(value, dict):
        return {key: _inner(env, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_inner(env, item) for item in value)
    return value
