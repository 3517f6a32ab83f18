"""Leads and opportunities."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_a_lead_starts_in_the_first_stage(env: Environment) -> None:
    """Stage, team and company follow from who makes it."""
    lead = env(user=2, su=True)["crm.lead"].create({"name": "Desks", "probability": 10})
    assert (lead.stage_id.name, lead.team_id.name, lead.user_id.id) == ("New", "Sales", 2)
    assert (lead.won_status, lead.type) == ("pending", "opportunity")


def test_revenue_is_prorated(env: Environment) -> None:
    """Half a chance of 100 is 50."""
    lead = env["crm.lead"].create({"name": "Desks", "probability": 50, "expected_revenue": 100.0})
    assert lead.prorated_revenue == 50.0


def test_won_and_lost(env: Environment) -> None:
    """Winning moves to the won stage; a won lead cannot be lost, another one is archived."""
    won, lost = env["crm.lead"].create([{"name": "Desks", "probability": 30}, {"name": "Chairs", "probability": 30}])
    won.action_set_won()
    assert (won.won_status, won.probability, won.stage_id.is_won) == ("won", 100.0, True)
    with pytest.raises(ValidationError, match="cannot be lost"):
        won.action_set_lost()
    lost.action_set_lost()
    assert (lost.active, lost.won_status, lost.probability) == (False, "lost", 0.0)


def test_contact_data_is_shared_with_the_customer(env: Environment) -> None:
    """A lead takes mail and phone of its customer, and gives new ones back."""
    partner = env["res.partner"].create({"name": "Ann", "email": "a@ex.com", "phone": "1"})
    lead = env["crm.lead"].create({"name": "Desks", "partner_id": partner.id})
    assert (lead.email_from, lead.phone, lead.contact_name) == ("a@ex.com", "1", "Ann")
    lead.write({"email_from": "b@ex.com"})
    assert partner.email == "b@ex.com"


def test_probability_is_a_percentage(env: Environment) -> None:
    """More than 100 is refused in Odoo's words."""
    with pytest.raises(ValidationError, match="between 0% and 100%"):
        env["crm.lead"].create({"name": "Desks", "probability": 150})
