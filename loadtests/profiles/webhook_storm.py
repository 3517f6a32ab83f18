"""Events that come in all at once at /web/hook/<uuid>, where an automation rule makes a record of each."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from locust import constant, events, task
from locust.env import Environment
from locust.runners import WorkerRunner

from fauxdoo.loadtests.seeding import ensure_hook
from fauxdoo.loadtests.shapes import *  # noqa: F403
from fauxdoo.loadtests.users import OdooUser

__all__ = ["WebhookStorm"]

_HOOK = "6d8b2f5e-3c1a-4f8e-9b7d-10ad00000001"


@events.test_start.add_listener  # type: ignore[untyped-decorator]
def _prepare(environment: Environment, **_more: Any) -> None:
    if not isinstance(environment.runner, WorkerRunner):
        ensure_hook(str(environment.host), _HOOK)


class WebhookStorm(OdooUser):
    """As fast as it goes."""

    protocol = "hook"
    wait_time = constant(0)

    @task
    def event(self) -> None:
        """One event."""
        body = {"event": "order.paid", "reference": uuid4().hex}
        self._exchange(f"/web/hook/{_HOOK}", "event", lambda response: response.json(), json=body)
