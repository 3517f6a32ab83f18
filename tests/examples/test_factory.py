import pytest


def team(env):
    """Three salespeople; their xmlids are `team.seller_0` and so on."""
    group = env.ref("sales_team.group_sale_salesman").id
    names = [f"seller_{number}" for number in range(3)]
    return {name: env["res.users"].create({"name": name, "login": name, "group_ids": [(4, group)]}) for name in names}


@pytest.mark.fauxdoo(seed=team)
def test_seller_makes_a_quotation(odoo):
    """A salesperson's quotation is theirs."""
    seller = odoo.as_user("seller_1")
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    order = seller["sale.order"].create({"partner_id": partner.id})
    assert order.user_id == odoo.env.ref("team.seller_1")
