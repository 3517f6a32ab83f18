"""The webhooks of a fake Odoo: configured, sent, tried again, sent by hand, and hindered on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC
from random import Random
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.orm.outbox import OutboxListener
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores.base import SerializationFailure
from fauxdoo.mockserver.webhooks.adversary import Adversary
from fauxdoo.mockserver.webhooks.delivery import Claimed, Delivery
from fauxdoo.mockserver.webhooks.outbox import Outbox
from fauxdoo.mockserver.webhooks.sending import Sender
from fauxdoo.mockserver.webhooks.worker import Worker

if TYPE_CHECKING:
    from fauxdoo.mockserver.clock import Clock
    from fauxdoo.mockserver.cluster import Databases
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Webhooks"]

_AT_ONCE = 4
"""Receivers that are sent to at the same time."""
_LONG = 2.0
"""Seconds that one receiver may take of a round."""
_LONGEST = 3600.0
_SHARED_POLL = 5.0
"""Seconds after which a store that others may share is looked at again: they may have died with work left."""


class Webhooks:
    """`odoo.webhooks`. A transaction's events are sent after its commit, by a thread of its own."""

    def __init__(self, databases: Databases, clock: Clock, default: str, seed: int, *, shared: bool) -> None:
        self._databases, self._clock, self._default = databases, clock, default
        self._seed, self._shared = seed, shared
        self._adversary: Adversary | None = None
        self._outboxes: dict[str, Outbox] = {}
        self._senders: dict[str, Sender] = {}
        self._sending = RLock()
        self.on_send: Callable[[bytes], None] | None = None
        """Shown each body before it is sent."""
        self._worker = Worker(self._work)
        databases.on_open.append(self._adopt)
        self._forget_clock = clock.subscribe(self._on_clock)

    # ---------------------------------------------------------------- what a test uses

    def register(
        self,
        model: str,
        trigger: str,
        url: str,
        *,
        secret: str = "",
        domain: Iterable[Any] = (),
        fields: Iterable[str] = (),
        **values: Any,
    ) -> int:
        """Make an `ir.webhook`; answers its id. A trigger besides create, write and unlink is the name of a method.

        Raises ValidationError for what makes no sense.
        """
        known = trigger in ("create", "write", "unlink")
        vals = {"model": model, "trigger": trigger if known else "method", "url": url, "secret": secret, **values}
        vals |= {"domain": repr([*domain]), "fields": ", ".join(fields), "method": False if known else trigger}
        with self._database().transaction(su=True) as env:
            return int(env["ir.webhook"].create([vals]).id)

    @property
    def deliveries(self) -> list[Delivery]:
        """Those of the default database, oldest first."""
        return Outbox(self._database()).deliveries()

    def trigger(self, model: str, event: str, id: int) -> int:
        """Put an event of a record into the outbox as if it had happened; answers how many webhooks it concerns."""
        with self._database().transaction(su=True) as env:
            known = event in ("create", "write", "unlink")
            webhooks = env["ir.webhook"]._of_model(model, event if known else f"method:{event}")
            for webhook in webhooks:
                webhook._note(env[model].browse(id), event)
            return len(webhooks)

    def resend(self, id: int) -> None:
        """Send a delivery again, whatever became of it. Raises KeyError for an unknown one."""
        if not Outbox(self._database()).again(id, self._now()):
            raise KeyError(id)
        self._worker.wake()

    def flush(self) -> None:
        """Send everything that is due, here and now; what fails is due later."""
        while self._deliver():
            pass

    def adversary(self, **chances: Any) -> Adversary:
        """Hinder what is sent from now on; see `Adversary`. Without chances nobody hinders any more."""
        adversary = Adversary(**chances)
        self._adversary = adversary if chances else None
        return adversary

    # ---------------------------------------------------------------- the server's side

    def reset(self) -> None:
        """Forget the adversary."""
        self._adversary = None

    def close(self) -> None:
        """Stop sending."""
        self._forget_clock()
        self._worker.stop()
        for sender in self._senders.values():
            sender.close()

    def _adopt(self, database: Database) -> None:
        outbox = self._outboxes[database.name] = Outbox(database)
        database.registry.outbox = _Listener(self, outbox)
        if self._shared:  # an earlier process may have left something
            self._worker.wake()

    def _database(self) -> Database:
        database = self._databases[self._default]
        if "ir.webhook" not in database.registry:
            raise ValueError(
                "a real Odoo 19, as which this server speaks, has no signed webhooks: use the dialect 'guide'"
            )
        return database

    def _now(self) -> float:
        return self._clock.now().replace(tzinfo=UTC).timestamp()

    def _on_clock(self) -> None:
        """What has become due by moving the clock is sent before the mover goes on."""
        if any(outbox.exists for outbox in self._living()):
            self.flush()

    def _living(self) -> list[Outbox]:
        known = self._databases
        return [outbox for name, outbox in self._outboxes.items() if known.get(name) is outbox.database]

    def _work(self) -> float | None:
        self.flush()
        due = [moment for outbox in self._living() if (moment := outbox.next_due()) is not None]
        waits = [max(0.01, min(due) - self._now())] if due and not self._clock.frozen else []
        return min([*waits, *([_SHARED_POLL] if self._shared else [])], default=None)

    def _deliver(self) -> bool:
        """Send what is due now, once; whether there was anything."""
        with self._sending:
            found = False
            for outbox in self._living():
                with suppress(SerializationFailure):  # another process was faster
                    found |= self._deliver_from(outbox)
            return found

    def _deliver_from(self, outbox: Outbox) -> bool:
        claimed = outbox.claim(self._now())
        groups: dict[str, list[Claimed]] = {}
        for delivery in claimed:
            groups.setdefault(delivery.url, []).append(delivery)
        if len(groups) > 1:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(_AT_ONCE) as pool:
                parts = [*pool.map(self._send_all, groups, groups.values())]
        else:
            parts = [self._send_all(url, group) for url, group in groups.items()]
        if claimed:
            outbox.settle({id: values for part in parts for id, values in part.items()})
        return bool(claimed)

    def _send_all(self, url: str, deliveries: list[Claimed]) -> dict[int, dict[str, Any]]:
        """What became of deliveries to one receiver; those after one that took long are left for the next time."""
        sender, outcomes = self._senders.setdefault(url, Sender()), dict[int, dict[str, Any]]()
        started = monotonic()
        for delivery in deliveries:
            outcomes[delivery.id] = self._send(sender, delivery) if monotonic() - started < _LONG else {}
        return outcomes

    def _send(self, sender: Sender, delivery: Claimed) -> dict[str, Any]:
        plan = (self._adversary or Adversary()).plan(delivery.id, delivery.attempts)
        headers = delivery.headers(f"not {delivery.secret}" if plan.spoiled else None)
        if self.on_send is not None:
            self.on_send(delivery.body)
        status, error = (0, "receiver down") if plan.down else (200, "")
        for _ in range(0 if plan.down else plan.copies):
            status, error = sender.post(delivery.url, delivery.body, headers, delivery.timeout)
        if plan.repeated and not error:
            error = "answer lost"
        attempts = delivery.attempts + 1
        told = {"attempts": attempts, "status": status, "error": error}
        if not error:
            return {**told, "state": "done"}
        if attempts >= delivery.max_attempts:
            return {**told, "state": "dead"}
        return {**told, "due": self._now() + self._backoff(delivery.id, attempts)}

    def _backoff(self, id: int, attempts: int) -> float:
        """Seconds until the next attempt: 1, 2, 4 … up to an hour, a fifth more or less."""
        seconds = min(_LONGEST, 2.0 ** (attempts - 1))
        return seconds * Random(f"{self._seed}/{id}/{attempts}").uniform(0.8, 1.2)


class _Listener(OutboxListener):
    """What the ORM tells; the adversary has its say before the commit."""

    def __init__(self, webhooks: Webhooks, outbox: Outbox) -> None:
        self._webhooks, self._outbox = webhooks, outbox

    def committed(self) -> None:
        self._webhooks._worker.wake()

    def before_commit(self, env: Environment) -> None:
        adversary = self._webhooks._adversary
        if adversary is None:
            return
        statement = "SELECT id, due FROM ir_webhook_delivery WHERE state = 'pending' AND attempts = 0 AND due >= %s"
        for id, due in env.cr.execute(SQL(statement, env.transaction.now.replace(tzinfo=UTC).timestamp())):
            if adversary.strikes("early", id):
                self._outbox.write(env, id, **self._webhooks._send(Sender(), self._outbox.one(env, id)))
            elif adversary.strikes("delay", id):
                self._outbox.write(env, id, due=due + adversary.delay_seconds)
            elif adversary.strikes("reorder", id):
                self._outbox.write(env, id, due=due + 1.0, held=1)
