"""Orders and the companies of their customers."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError


def test_a_contact_of_another_company_is_no_customer(env: Any) -> None:
    """An order's contacts belong to its company or to none."""
    other = env["res.company"].create({"name": "Branch"})
    partner = env["res.partner"].create({"name": "P", "company_id": other.id})
    with pytest.raises(UserError, match="belongs to another company"):
        env["sale.order"].create({"partner_id": partner.id, "company_id": env.company.id})
    partner.company_id = False
    assert env["sale.order"].create({"partner_id": partner.id}).partner_id == partner
