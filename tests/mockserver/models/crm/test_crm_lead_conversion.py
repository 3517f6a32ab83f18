"""Leads become opportunities, several become one."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


def test_a_lead_is_converted_with_a_new_customer(env: Environment) -> None:
    """The wizard makes company and person of what the lead knows."""
    lead = env["crm.lead"].create(
        {"name": "Desks", "type": "lead", "contact_name": "Ann", "partner_name": "Azure", "email_from": "a@ex.com"}
    )
    context = {"active_model": "crm.lead", "active_id": lead.id, "active_ids": lead.ids}
    wizard = env["crm.lead2opportunity.partner"].with_context(**context).create({"name": "convert", "action": "create"})
    assert wizard.action_apply()["res_id"] == lead.id
    assert (lead.type, lead.partner_id.name, lead.partner_id.parent_id.name) == ("opportunity", "Ann", "Azure")


def test_merging_keeps_the_first_with_what_the_others_knew(env: Environment) -> None:
    """The others are deleted, their phone stays."""
    first, second = env["crm.lead"].create([{"name": "A", "email_from": "a@ex.com"}, {"name": "B", "phone": "1"}])
    assert (first | second).merge_opportunity() == first
    assert (first.phone, first.email_from, bool(second.exists())) == ("1", "a@ex.com", False)
    with pytest.raises(UserError, match="more than one"):
        first.merge_opportunity()


def test_a_confirmed_order_raises_the_expectation(env: Environment) -> None:
    """What is sold is expected at least."""
    partner = env["res.partner"].create({"name": "Azure"})
    desk = env["product.product"].create({"name": "Desk", "list_price": 80.0, "type": "service"})
    lead = env["crm.lead"].create({"name": "Desks", "partner_id": partner.id, "expected_revenue": 10.0})
    lines = [(0, 0, {"product_id": desk.id})]
    order = env["sale.order"].create({"partner_id": partner.id, "opportunity_id": lead.id, "order_line": lines})
    order.action_confirm()
    assert (lead.expected_revenue, lead.sale_order_count, lead.sale_amount_total) == (80.0, 1, 80.0)
