import pytest

from fauxdoo.harness.clients import JsonRpc, RemoteError, Target
from fauxdoo.mockserver import FakeOdoo, User

USERS = (
    User("bridge", "s3cret", groups=("sales_team.group_sale_manager", "stock.group_stock_manager")),
    User("seller", groups=("sales_team.group_sale_salesman",)),
)


@pytest.fixture
def shop():
    """A fake Odoo with the users of the shop."""
    with FakeOdoo(users=USERS, modules=("crm", "sale", "stock")) as odoo:
        yield odoo


def test_a_seller_sees_own_leads_only(shop):
    """Another's lead is not found, and `why` says which rule is in the way."""
    lead = shop.env["crm.lead"].create({"name": "Another's", "user_id": shop.as_user("bridge").uid})
    found = shop.as_user("seller")["crm.lead"].search([])
    why = shop.why("crm.lead", lead.id, user="seller")
    assert lead.id not in found.ids, why
    assert '"Personal Leads"' in str(why)


def test_a_seller_may_not_delete(shop):
    """A client is denied as by a real Odoo."""
    seller = JsonRpc(Target(shop.url, shop.db, "seller", "seller"))
    lead = seller.call("crm.lead", "create", {"name": "Mine"})
    with pytest.raises(RemoteError, match="You are not allowed to delete 'Lead'"):
        seller.call("crm.lead", "unlink", [lead])


def test_what_the_bridge_needs(shop):
    """It runs as a manager of sales and stock, and needs neither."""
    bridge = JsonRpc(Target(shop.url, shop.db, "bridge", "s3cret"))
    bridge.call("res.partner", "search_read", [["is_company", "=", True]], ["name"])
    needs = shop.least_privilege("bridge")
    print(needs)
    assert needs.groups == ("base.group_user",)
