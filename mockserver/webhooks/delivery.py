"""One delivery: what is sent for one event, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from fauxdoo.mockserver.webhooks.signing import signature

__all__ = ["Claimed", "Delivery"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """As it stands in the outbox. `state` is pending, done or dead; `status` that of the last answer, 0 for none."""

    id: int
    webhook_id: int
    event: str
    model: str
    res_id: int
    state: str
    attempts: int
    status: int
    error: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Claimed:
    """A delivery that is due, and all that is needed to send it."""

    id: int
    event: str
    model: str
    res_id: int
    payload: str
    noted: float
    attempts: int
    """Those made before."""
    url: str
    secret: str
    timeout: float
    max_attempts: int
    db: str

    @cached_property
    def body(self) -> bytes:
        """JSON, the same in every attempt; `timestamp` is when it happened, in UTC."""
        moment = datetime.fromtimestamp(self.noted, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        about = {"event": self.event, "model": self.model, "id": self.res_id, "db": self.db, "timestamp": moment}
        return json.dumps({**about, "delivery": self.id, "fields": json.loads(self.payload)}).encode()

    def headers(self, secret: str | None = None) -> dict[str, str]:
        """Those of the request; `X-Odoo-Signature` where there is a secret."""
        secret = self.secret if secret is None else secret
        signed = {"X-Odoo-Signature": signature(secret, self.body)} if secret else {}
        about = {"X-Odoo-Event": f"{self.model}.{self.event}", "X-Odoo-Delivery": str(self.id)}
        return {"Content-Type": "application/json", "User-Agent": "Fauxdoo-Webhook", **about, **signed}
