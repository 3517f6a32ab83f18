"""Searching records by their activities and by their phone numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest


@pytest.fixture
def partners(env: Any) -> dict[str, Any]:
    """A contact without activities, and one each with a late, a present and a coming one."""
    today = env.clock.today()
    days = {"none": None, "overdue": -1, "today": 0, "planned": 1}
    partners = {name: env["res.partner"].create({"name": name}) for name in days}
    for name, days_from_now in days.items():
        if days_from_now is not None:
            env["mail.activity"].create(
                {
                    "res_model_id": env["ir.model"].search([("model", "=", "res.partner")]).id,
                    "res_id": partners[name].id,
                    "date_deadline": today + timedelta(days=days_from_now),
                    "user_id": 2,
                }
            )
    return partners


@pytest.mark.parametrize(
    ("leaf", "names"),
    [
        (("activity_state", "=", "overdue"), ["overdue"]),
        (("activity_state", "in", ["today", "planned"]), ["today", "planned"]),
        (("activity_state", "=", False), ["none"]),
        (("activity_state", "!=", "overdue"), ["none", "today", "planned"]),
        (("activity_date_deadline", "<", "today"), ["overdue"]),
        (("activity_date_deadline", "=", False), ["none"]),
        (("activity_date_deadline", "!=", False), ["overdue", "today", "planned"]),
        (("activity_user_id", "=", 2), ["overdue", "today", "planned"]),
        (("activity_user_id", "!=", 2), ["none"]),
        (("activity_user_id", "in", [2, False]), ["none", "overdue", "today", "planned"]),
        (("my_activity_date_deadline", "<=", "today"), []),
    ],
)
def test_activities(partners: dict[str, Any], env: Any, leaf: tuple[Any, ...], names: list[str]) -> None:
    """A record is found by its activities (domain/computed-activity)."""
    ids = [partner.id for partner in partners.values()]
    found = env["res.partner"].search([("id", "in", ids), leaf], order="id")
    assert found.mapped("name") == names


def test_activity_state(partners: dict[str, Any]) -> None:
    """The state is that of the most urgent activity."""
    states = {name: partner.activity_state for name, partner in partners.items()}
    assert states == {"none": False, "overdue": "overdue", "today": "today", "planned": "planned"}


@pytest.mark.parametrize(
    ("operator", "number", "found"),
    [
        ("ilike", "475", True),
        ("=", "+32475123456", True),
        ("=", "0032 475 12 34 56", True),
        ("like", "+3247", True),
        ("like", "+475", False),
        ("=", "475123456", False),
        ("ilike", "4713", False),
    ],
)
def test_phone_numbers(env: Any, operator: str, number: str, found: bool) -> None:
    """Punctuation does not count, `+` and `00` are the same (domain/computed-lead)."""
    lead = env["crm.lead"].create({"name": "Lead", "phone": "+32 475 12.34-56"})
    search = env["crm.lead"].search([("phone_mobile_search", operator, number), ("id", "=", lead.id)])
    assert bool(search) is found
