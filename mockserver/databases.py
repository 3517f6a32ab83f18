"""One database of a fake Odoo: a store, the registry that reads it, and transactions over both."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.orm.environment import SUPERUSER, Environment
from fauxdoo.mockserver.orm.policy import AccessPolicy
from fauxdoo.mockserver.orm.prepared import PreparedRead, Question
from fauxdoo.mockserver.orm.reading import Rows
from fauxdoo.mockserver.orm.reads import Reads
from fauxdoo.mockserver.orm.registry import Registry
from fauxdoo.mockserver.orm.transaction import Transaction
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.stores.base import Cursor, Store
from fauxdoo.mockserver.trace import Trace
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["Database"]


class Database:
    """A named database; everything that happens in it happens in `transaction`."""

    def __init__(
        self,
        name: str,
        store: Store,
        registry: Registry,
        settings: Settings,
        clock: Clock,
        access: AccessPolicy | None = None,
        turnstile: Turnstile | None = None,
    ) -> None:
        self.name, self.store, self.registry = name, store, registry
        self.settings, self.clock = settings, clock
        self.access = access or AccessPolicy()
        self.turnstile = turnstile or Turnstile(turns=False)
        self._known = store.generation
        self.generation = 0
        """Goes up whenever the whole content changes (reset, restore) or may have, for those who keep answers."""
        self.when_overtaken: list[Callable[[], None]] = []
        """Called when another process changed what this one remembers."""

    def transaction(
        self,
        uid: int = SUPERUSER,
        context: Mapping[str, Any] | None = None,
        su: bool = False,
        *,
        readonly: bool = False,
    ) -> AbstractContextManager[Environment]:
        """An environment in a transaction: committed at the end, rolled back when the body raises.

        `readonly` says that no writing is expected; SerializationFailure is raised where it comes too late.
        """
        return _Work(self, self.store.transaction(readonly=readonly), uid, context, su)

    def begin(self, cursor: Cursor) -> Transaction:
        """What environments share that work with the cursor, which has just begun."""
        if self.store.generation != self._known:
            self._overtaken(self.store.generation)
        transaction = Transaction(self.registry, cursor, self.clock, self.settings, self.store, self.access)
        custom = self.registry.custom
        if custom.stale and custom.changed_in is None:
            for model in () if self.store.is_alone else ("ir.model", "ir.model.fields"):
                transaction.ensure(model)  # another process may have made them
            custom.sync(cursor, self.store.tables)
        return transaction

    def read_again(self, question: Question, trace: Trace) -> Rows | None:
        """What a `read` answers that has come before, in a transaction of its own.

        None where it has not, or not since rights or models changed, and where not all records are found.
        """
        reads, store = self.access.reads, self.store
        known = reads.find(question.key)
        if known is None:
            return None
        rows = reads.rows(question.key, store.version())
        if rows is not None and self._still(reads, known):
            answer = known.answer(rows, question.ids, trace)
            if answer is not None:
                trace.run(known.text)  # whether it was asked before is not to be seen in what a call does
                return answer
        with store.transaction(readonly=True) as cursor:
            if not self._still(reads, known) or not known.has_tables(self.registry, store.tables):
                return None
            cursor.trace = trace
            rows = known.run(cursor, question.ids)
            reads.remember(question.key, store.version(), rows)
            return known.answer(rows, question.ids, trace)

    def _still(self, reads: Reads, known: PreparedRead) -> bool:
        """Whether what was prepared is still how it is read."""
        return self.store.generation == self._known and self.access.reads is reads and known.holds(self.registry)

    def finish(self, transaction: Transaction) -> None:
        """What is to be done once a transaction is committed."""
        if transaction.overtakes:
            self.announce()
        if transaction.after_commit:
            with self.turnstile.outside():  # a webhook's receiver may call back
                for action in transaction.after_commit:
                    action()

    @property
    def is_new(self) -> bool:
        """Whether the store holds nothing yet."""
        return self.store.is_new

    def keep_as_fresh(self) -> None:
        """Take the present content as what `reset` goes back to."""
        self.store.keep()

    def reset(self) -> None:
        """Go back to the content of a fresh database."""
        self._know_tables()
        self.store.reset()
        self._replaced()

    def snapshot(self) -> str:
        """Keep the present content; answers the name `restore` takes."""
        self._know_tables()
        return self.store.snapshot()

    def restore(self, name: str) -> None:
        """Go back to a snapshot. Raises KeyError for an unknown one."""
        self._know_tables()
        self.store.restore(name)
        self._replaced()

    def catch_up(self) -> None:
        """Forget what other processes have overtaken."""
        if self.store.look() != self._known:
            self._overtaken(self.store.look())

    def _know_tables(self) -> None:
        """Take in the tables that other processes made: what is not known is neither kept nor emptied."""
        unknown = self.store.unknown_tables()
        if not unknown:
            return
        with self.transaction(su=True) as env:
            for name in self.registry.names:
                if self.registry.table_of(name) in unknown:
                    self.registry.ensure(env, name)

    def _replaced(self) -> None:
        """Forget what was known of the content, in all processes."""
        self.announce()
        self._forget()

    def _forget(self) -> None:
        self.access.reset()
        self.registry.custom.stale = True
        self.generation += 1

    def _overtaken(self, generation: int) -> None:
        """Another process has changed what this one remembers."""
        self._known = generation
        self._forget()
        for action in self.when_overtaken:
            action()

    def announce(self) -> None:
        """Tell the other processes; where one of them did so meanwhile, this one is overtaken too."""
        if not self.store.is_alone and (now := self.store.advance()) == self._known + 1:
            self._known = now

    def close(self) -> None:
        """Give the store's resources back."""
        self.store.close()


class _Work:
    """An environment from the begin of a transaction to its end.

    It is written out because every call has one: a generator takes three times as long.
    """

    __slots__ = ("_context", "_database", "_env", "_opened", "_su", "_uid")

    def __init__(
        self,
        database: Database,
        opened: AbstractContextManager[Cursor],
        uid: int,
        context: Mapping[str, Any] | None,
        su: bool,
    ) -> None:
        self._database, self._opened = database, opened
        self._uid, self._context, self._su = uid, context, su

    def __enter__(self) -> Environment:
        cursor = self._opened.__enter__()
        try:
            self._env = Environment(self._database.begin(cursor), self._uid, self._context, self._su)
        except BaseException:
            self._opened.__exit__(*sys.exc_info())
            raise
        return self._env

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        database, env = self._database, self._env
        transaction, custom = env.transaction, database.registry.custom
        try:
            if kind is None:
                self._complete()
            self._opened.__exit__(kind, error, trace)
        finally:
            if custom.changed_in is transaction:
                custom.changed_in = None
        if kind is None:
            database.finish(transaction)

    def _complete(self) -> None:
        """Do what is left to be done within the transaction."""
        try:
            self._env.complete()
        except BaseException:
            self._opened.__exit__(*sys.exc_info())
            raise
