"""Leads alike, and what becomes of them."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm.environment import Environment


def _leads(env: Environment, *vals: dict[str, Any]) -> Any:
    return env["crm.lead"].create([{"name": f"Lead {number}", **each} for number, each in enumerate(vals)])


def test_leads_with_the_same_domain_number_or_customer(env: Environment) -> None:
    """A lead is among its own duplicates, but is not counted."""
    customer = env["res.partner"].create({"name": "Customer", "email": "d@elsewhere.example"})
    leads = _leads(
        env,
        {"email_from": "a@shop.example", "partner_id": customer.id},
        {"email_from": "b@shop.example"},
        {"partner_id": customer.id, "email_from": "d@elsewhere.example"},
        {"email_from": "c@other.example"},
    )
    assert set(leads[0].duplicate_lead_ids) == set(leads[:3])
    assert leads.mapped("duplicate_lead_count") == [2, 1, 1, 0]
    assert leads[3].duplicate_lead_ids == leads[3]


def test_a_shared_mailbox_says_nothing(env: Environment) -> None:
    leads = _leads(env, *[{"email_from": f"{number}@shop.example"} for number in range(22)])
    assert leads[0].duplicate_lead_count == 0


def test_meetings_come_or_have_been(env: Environment) -> None:
    lead = _leads(env, {})
    assert (lead.meeting_display_label, lead.meeting_display_date) == ("No Meeting", False)
    meeting = {"name": "Talk", "opportunity_id": lead.id, "start": "2020-01-02 08:00:00", "stop": "2020-01-02 09:00:00"}
    env["calendar.event"].create(meeting)
    assert lead.meeting_display_label == "Last Meeting"
    assert str(lead.meeting_display_date) == "2020-01-02"


def test_the_wizard_merges_what_was_chosen(env: Environment) -> None:
    leads = _leads(env, {"type": "opportunity"}, {"type": "opportunity", "phone": "123"})
    action = env["crm.merge.opportunity"].create({"opportunity_ids": [(6, 0, leads.ids)]}).action_merge()
    assert (action["res_id"], action["domain"]) == (leads[0].id, [("type", "=", "opportunity")])
    assert leads[0].phone == "123"
    assert not leads[1].exists()
