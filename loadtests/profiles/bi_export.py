"""A report that reads all contacts by pages of 1000; at least `FAUXDOO_LOAD_RECORDS` (100,000) are made before."""

from __future__ import annotations

import os
from typing import Any

from locust import constant, events, task
from locust.env import Environment
from locust.runners import WorkerRunner

from fauxdoo.loadtests.seeding import ensure_records
from fauxdoo.loadtests.shapes import *  # noqa: F403
from fauxdoo.loadtests.users import Json2User

__all__ = ["BiExport"]

_PAGE = 1000


@events.test_start.add_listener  # type: ignore[untyped-decorator]
def _prepare(environment: Environment, **_more: Any) -> None:
    if not isinstance(environment.runner, WorkerRunner):
        ensure_records(str(environment.host), int(os.environ.get("FAUXDOO_LOAD_RECORDS") or 100_000))


class BiExport(Json2User):
    """Page after page by id, from the start again at the end."""

    wait_time = constant(0)
    last = 0

    @task
    def page(self) -> None:
        """The next thousand."""
        fields = ["name", "city", "country_id", "create_date"]
        domain = [["id", ">", self.last]]
        rows = self.call("res.partner", "search_read", domain=domain, fields=fields, limit=_PAGE, order="id")
        self.last = rows[-1]["id"] if rows else 0
