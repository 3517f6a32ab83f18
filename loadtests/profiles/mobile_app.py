"""People who log in, look at leads and tasks, and write notes."""

from __future__ import annotations

import random

from locust import between, task

from fauxdoo.loadtests.shapes import *  # noqa: F403
from fauxdoo.loadtests.users import SessionUser

__all__ = ["MobileApp"]


class MobileApp(SessionUser):
    """A session per user, with time to read in between."""

    wait_time = between(1, 5)

    @task(5)
    def leads(self) -> None:
        """The newest leads, as a list view asks for them."""
        specification: dict[str, object] = {"name": {}, "partner_id": {"fields": {"display_name": {}}}, "stage_id": {}}
        self.call("crm.lead", "web_search_read", [], specification, limit=40, order="id desc")

    @task(3)
    def board(self) -> None:
        """Tasks by stage, as a board shows them."""
        self.call("project.task", "formatted_read_group", [], ["stage_id"], ["__count"])

    @task
    def note(self) -> None:
        """A note on a contact, now and then."""
        partners = self.call("res.partner", "search", [], limit=40)
        if partners:
            self.call("res.partner", "message_post", [random.choice(partners)], body="seen by the load test")
