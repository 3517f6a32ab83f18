"""The outbox of one database, in SQL: what is due is claimed, so that two senders never have the same at once."""

from __future__ import annotations

import json
from typing import Any

from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.webhooks.delivery import Claimed, Delivery

__all__ = ["Outbox"]

_CLAIM = 20.0
"""Seconds, besides the time a receiver has, after which somebody else may take over what a sender has claimed."""
_SELECT = """
SELECT d.id, d.event, d.model, d.res_id, d.payload, d.noted, d.attempts,
  w.url, w.secret_value, w.timeout, w.max_attempts
FROM ir_webhook_delivery d JOIN ir_webhook w ON w.id = d.webhook_id
"""
_DUE = f"""{_SELECT}
WHERE d.state = 'pending' AND d.due <= %s AND d.payload IS NOT NULL AND (d.claimed IS NULL OR d.claimed <= %s)
AND NOT EXISTS (
  SELECT 1 FROM ir_webhook_delivery e WHERE e.webhook_id = d.webhook_id AND e.res_id = d.res_id
  AND e.state = 'pending' AND e.id < d.id AND COALESCE(e.held, 0) = 0
)
ORDER BY d.id LIMIT %s
"""
_ALL = """
SELECT id, webhook_id, event, model, res_id, state, attempts, status, error, payload
FROM ir_webhook_delivery WHERE payload IS NOT NULL ORDER BY id
"""


class Outbox:
    """Works in transactions of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def exists(self) -> bool:
        """Whether anything was ever noted."""
        return "ir_webhook_delivery" in self.database.store.tables

    def claim(self, now: float, limit: int = 100) -> list[Claimed]:
        """What is due, of each record and webhook the first; the claim ends by itself."""
        if not self.exists:
            return []
        with self.database.transaction() as env:
            rows = env.cr.execute(SQL(_DUE, now, now, limit))
            for row in rows:
                self.write(env, row[0], claimed=now + _CLAIM + (row[9] or 5.0))
        return [self._claimed(row) for row in rows]

    def one(self, env: Any, id: int) -> Claimed:
        """A delivery as its own transaction sees it."""
        (row,) = env.cr.execute(SQL(f"{_SELECT} WHERE d.id = %s", id))
        return self._claimed(row)

    def _claimed(self, row: tuple[Any, ...]) -> Claimed:
        *told, url, secret, timeout, most = row
        return Claimed(*told, url, secret or "", timeout or 5.0, most or 1, self.database.name)  # type: ignore[call-arg]

    def settle(self, outcomes: dict[int, dict[str, Any]]) -> None:
        """Write down what became of deliveries: columns by id."""
        with self.database.transaction() as env:
            for id, values in outcomes.items():
                self.write(env, id, claimed=None, **values)

    def next_due(self) -> float | None:
        """When something is due next, None for never; what is claimed counts from the end of the claim."""
        if not self.exists:
            return None
        with self.database.transaction(readonly=True) as env:
            statement = """SELECT MIN(CASE WHEN claimed IS NULL OR claimed < due THEN due ELSE claimed END)
            FROM ir_webhook_delivery WHERE state = 'pending' AND payload IS NOT NULL"""
            ((moment,),) = env.cr.execute(SQL(statement))
        return None if moment is None else float(moment)

    def deliveries(self) -> list[Delivery]:
        """All of them, oldest first."""
        if not self.exists:
            return []
        with self.database.transaction(readonly=True) as env:
            rows = env.cr.execute(SQL(_ALL))
        return [_delivery(*row) for row in rows]

    def again(self, id: int, now: float) -> bool:
        """Make a delivery due now, whatever became of it; False where there is none."""
        if not self.exists:
            return False
        with self.database.transaction() as env:
            known = env.cr.execute(SQL("SELECT 1 FROM ir_webhook_delivery WHERE id = %s", id))
            self.write(env, id, state="pending", due=now, claimed=None, attempts=0)
        return bool(known)

    @staticmethod
    def write(env: Any, id: int, **values: Any) -> None:
        """Set columns of a delivery."""
        assignments = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items())
        env.cr.execute(SQL("UPDATE ir_webhook_delivery SET %s WHERE id = %s", assignments, id))
        env.transaction.invalidate()


def _delivery(
    id: int,
    webhook_id: int,
    event: str,
    model: str,
    res_id: int,
    state: str,
    attempts: int,
    status: int | None,
    error: str | None,
    payload: str,
) -> Delivery:
    fields = json.loads(payload)
    return Delivery(id, webhook_id, event, model, res_id, state, attempts, status or 0, error or "", fields)
