"""The only door to the models: one call, one transaction, the rights of one user."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.errors import NotFound, UnknownDatabase, Unprocessable, UserError
from fauxdoo.mockserver.journal import Entry, Joint, Journal
from fauxdoo.mockserver.orm.prepared import Question
from fauxdoo.mockserver.orm.reading import Rows
from fauxdoo.mockserver.orm.recordset import Recordset
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.retrying import Retrying
from fauxdoo.mockserver.signatures import Signature, public_method
from fauxdoo.mockserver.stores.base import SerializationFailure
from fauxdoo.mockserver.trace import Trace

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["READING", "Dispatch", "plain"]

_Result = TypeVar("_Result")

READING = frozenset(
    {
        "check_access_rights",
        "default_get",
        "export_data",
        "fields_get",
        "formatted_read_group",
        "get_views",
        "has_access",
        "name_search",
        "read",
        "read_group",
        "search",
        "search_count",
        "search_read",
        "web_name_search",
        "web_read",
        "web_read_group",
        "web_search_read",
    }
)
"""Methods that seldom write: in a file others may write meanwhile."""


class Meter(Protocol):
    """Told of a call that has its own transaction, before it begins and after it has ended."""

    def before(self, call: Call) -> None:
        """Where it may write."""

    def after(self, call: Call, result: Any) -> None:
        """Where it only reads."""


class _Working(threading.local):
    """The transaction that a thread's calls share, if they do."""

    env: Environment | None = None
    joint: Joint | None = None
    rehearsal: Trace | None = None
    """Notes what is done, where all of it is to be undone."""


class _Rehearsed(BaseException):
    """Ends the transaction of a rehearsal."""


class Dispatch:
    """Carries out calls on the databases of one fake Odoo."""

    def __init__(
        self, databases: dict[str, Database], journal: Journal, clock: Clock, retrying: Retrying | None = None
    ) -> None:
        self._databases, self._journal, self._clock = databases, journal, clock
        self.retrying = retrying or Retrying()
        self._working = _Working()
        self.around: Callable[[Call, Callable[[], Any]], Any] | None = None
        """Carries out a call that has its own transaction, given it and how; None as long as no fault is set."""
        self.meter: Meter | None = None
        """Lets calls take their time, where the settings have a capacity."""
        self.after_begin: Callable[[Call], None] | None = None
        """Told within the transaction of a call before its work: what others commit from then on it does not see."""
        self.before_commit: Callable[[Call], None] | None = None
        """Told within the transaction of a call when its work is done."""

    def database(self, name: str) -> Database:
        """The database of this name. Raises UnknownDatabase."""
        try:
            return self._databases[name]
        except (KeyError, TypeError):
            raise UnknownDatabase(str(name)) from None

    def call_kw(self, call: Call) -> Any:
        """What the method answers, as plain values (bytes stay bytes). Raises OdooError or, as Odoo does, Python's own.

        A failing call leaves no trace but in the journal; dates are strings, recordsets lists of ids, the result of
        `create` with one dictionary a single id.
        """
        working = self._working
        entry, started = Entry(call, working.joint), perf_counter()
        try:
            if working.env is not None:
                result = self._perform(working.env, call, entry.trace)
            elif self.meter is None and self.around is None:
                result = self._carry_out(call, entry.trace)
            else:
                result = self._metered(call, lambda: self._carry_out(call, entry.trace))
            entry.result = result
            return result
        except BaseException as error:
            entry.error = error
            raise
        finally:
            entry.duration, entry.at = perf_counter() - started, self._clock.now()
            if working.rehearsal is None:
                self._journal.add(entry)

    def together(self, main: Call, action: Callable[[Environment], _Result], *, readonly: bool = False) -> _Result:
        """What the action answers; its calls share one transaction, of which nothing stays if it raises.

        They are to be of the database and user of the `main` one, which stands for all of them before faults.
        `readonly` says that no writing is expected. The action runs again where its transaction met another's work,
        and where writing comes that was not expected.
        """
        begun = False

        def work() -> _Result:
            nonlocal begun
            begun = True
            return self._join(main, action, readonly)

        try:
            result: _Result = self._metered(main, work)
        except BaseException as error:
            if not begun:
                self._note(main, error)
            raise
        return result

    def _metered(self, call: Call, work: Callable[[], Any]) -> Any:
        """Carry out a call of its own transaction, with what faults and capacity have to do with it."""
        if self.meter is not None:
            self.meter.before(call)
        result = work() if self.around is None else self.around(call, work)
        if self.meter is not None:
            self.meter.after(call, result)
        return result

    def _note(self, call: Call, error: BaseException) -> None:
        """Put a call into the journal that was not made."""
        entry = Entry(call)
        entry.error, entry.at = error, self._clock.now()
        self._journal.add(entry)

    def _join(self, main: Call, action: Callable[[Environment], _Result], readonly: bool) -> _Result:
        if readonly:
            with suppress(SerializationFailure):
                return self._share(main, action, readonly=True)
        return self.retrying(lambda: self._share(main, action, readonly=False))

    def _share(self, main: Call, action: Callable[[Environment], _Result], *, readonly: bool) -> _Result:
        joint = Joint()
        try:
            with self.database(main.database).transaction(main.uid, readonly=readonly) as env:
                self._begin(env, main)
                self._working.env, self._working.joint = env, joint
                try:
                    result = action(env)
                finally:
                    self._working.env = self._working.joint = None
                self._finish(main)
                return result
        except BaseException:
            joint.undone = True
            raise

    def rehearse(self, work: Callable[[], Any]) -> dict[str, list[int]]:
        """The records that calls would make, by model; they are undone, and not in the journal.

        What they raise counts as making none.
        """
        self._working.rehearsal = trace = Trace()
        try:
            work()
        except _Rehearsed:
            return trace.records("created")
        except Exception:
            return {}
        finally:
            self._working.rehearsal = None
        return {}

    def _carry_out(self, call: Call, trace: Trace) -> Any:
        """In one transaction; a reading call starts without the lock for writing, and again with it where it must.

        Where the transaction met another's work, it is tried again.
        """
        database = self.database(call.database)
        if call.method in READING:
            try:
                return self._read(database, call, trace)
            except SerializationFailure:
                trace.clear()
        return self.retrying(lambda: self._transact(database, call, trace, readonly=False), trace.clear)

    def _read(self, database: Database, call: Call, trace: Trace) -> Any:
        """Without the lock for writing; what comes again is prepared, unless somebody is told of its begin or end."""
        watched = self.after_begin is not None or self.before_commit is not None or self._working.rehearsal is not None
        question = None if watched else Question.of(call)
        if question is not None:
            if (rows := database.read_again(question, trace)) is not None:
                return rows
            trace.clear()
        return self._transact(database, call, trace, readonly=True, question=question)

    def _transact(
        self, database: Database, call: Call, trace: Trace, *, readonly: bool, question: Question | None = None
    ) -> Any:
        reads = database.access.reads  # what is found out belongs to the rights from before
        with database.transaction(call.uid, readonly=readonly) as env:
            self._begin(env, call)
            result = self._perform(env, call, trace)
            if question is not None:
                question.prepare(env, reads)
            self._finish(call)
            return result

    def _begin(self, env: Environment, call: Call) -> None:
        if self.after_begin is not None and self._working.rehearsal is None:
            env.cr.execute(SQL("SELECT 1"))  # PostgreSQL takes its snapshot at the first statement
            self.after_begin(call)

    def _finish(self, call: Call) -> None:
        """Within the transaction, when the work is done."""
        if self._working.rehearsal is not None:
            raise _Rehearsed()
        if self.before_commit is not None:
            self.before_commit(call)

    def _perform(self, env: Environment, call: Call, trace: Trace) -> Any:
        env.cr.trace = self._working.rehearsal or trace
        if call.model not in env.registry:
            raise UserError(f"Object {call.model} doesn't exist")
        result = self._run(env, call)
        env.flush()
        return plain(result)

    def _run(self, env: Environment, call: Call) -> Any:
        kwargs = dict(call.kwargs)
        context = kwargs.pop("context", None) or {}
        signature = (
            public_method(env, call.model, call.method) if call.ids is None else _json2_method(env, call, kwargs)
        )
        ids, args = call.ids, call.args
        if ids is None and not signature.on_model:
            ids, args = args[0], args[1:]
        args = list(args)
        if context or env.context:
            env = env(context=dict(context))
        records = env[call.model]
        if not signature.on_model:
            records = records.browse(_ids(ids))
        signature.check(args, kwargs)
        method: Callable[..., Any] = getattr(records, call.method)
        result = method(*args, **kwargs)
        if call.method not in READING and "ir_webhook" in env.transaction.store.tables:
            records._tell_call(call.method)
        return _downgraded(call, args, result)


def _json2_method(env: Environment, call: Call, kwargs: Mapping[str, Any]) -> Signature:
    """The signature, once JSON-2's own checks have passed; each has an HTTP status (recordings protocol/json2-…)."""
    try:
        signature = public_method(env, call.model, call.method)
    except AttributeError as error:
        raise NotFound(*error.args) from None
    if signature.on_model and call.ids:
        raise Unprocessable(f"cannot call {call.model}.{call.method} with ids")
    try:
        signature.python.bind(**kwargs)
    except TypeError as error:
        raise Unprocessable(*error.args) from None
    return signature


def _ids(value: Any) -> Any:
    """As `browse` takes them: nothing falsy is an id (recording protocol/object-ids-shapes)."""
    if not value:
        return ()
    if type(value) is int:
        return (value,)
    return tuple(value)


def _downgraded(call: Call, args: list[Any], result: Any) -> Any:
    """`create` of one dictionary answers one id (not over JSON-2, whose `create` always answers a list).

    Odoo looks at the first positional argument, with an IndexError where there is none.
    """
    if call.method == "create" and call.ids is None and isinstance(args[0], Mapping):
        return result.id if isinstance(result, Recordset) else result
    return result


_ATOMS = frozenset((type(None), str, int, float, bool, bytes))


def plain(value: Any) -> Any:
    """The value with recordsets as ids, dates as strings, tuples and sets as lists."""
    kind = type(value)
    if kind in _ATOMS or kind is Rows:
        return value
    if kind is dict:
        return {key: item if type(item) in _ATOMS else plain(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [item if type(item) in _ATOMS else plain(item) for item in value]
    if isinstance(value, Recordset):
        return list(value._ids)
    if isinstance(value, Mapping):
        return plain(dict(value))
    if isinstance(value, (list, tuple, set, frozenset)):
        return plain(list(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value
