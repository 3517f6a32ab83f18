"""Least privileges: what the calls of a run needed, proven by replaying them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.harness.clients import JsonRpc, Target
from fauxdoo.harness.receiver import WebhookReceiver
from fauxdoo.mockserver import FakeOdoo, User

GROUPS = ("sales_team.group_sale_manager", "stock.group_stock_manager")


@pytest.fixture(scope="module")
def _odoo() -> Iterator[FakeOdoo]:
    with FakeOdoo(users=(User("bridge", groups=GROUPS), User("idle")), modules=("sale", "stock", "crm")) as odoo:
        yield odoo


@pytest.fixture
def odoo(_odoo: FakeOdoo) -> FakeOdoo:
    """A server with users of many rights, as just started."""
    _odoo.reset()
    return _odoo


@pytest.fixture
def bridge(odoo: FakeOdoo) -> Iterator[JsonRpc]:
    """An integration that runs with more rights than it needs."""
    client = JsonRpc(Target(odoo.url, odoo.db, "bridge", "bridge"))
    yield client
    client.close()


def test_reading_partners_needs_no_more_than_an_internal_user(odoo: FakeOdoo, bridge: JsonRpc) -> None:
    """Groups nobody made use of go, and the access rights in use are named."""
    bridge.call("res.partner", "search_read", [], ["name"])
    needs = odoo.least_privilege("bridge")
    assert needs.groups == ("base.group_user",)
    assert needs.rights["res.partner"] == ("read",)
    assert needs.calls == 1


def test_a_group_whose_rights_are_used_stays(odoo: FakeOdoo, bridge: JsonRpc) -> None:
    """Whoever registers lots is a stock user, and no manager."""
    product = odoo.env["product.product"].create({"name": "P", "tracking": "lot"}).id
    bridge.call("stock.lot", "create", {"name": "L1", "product_id": product})
    assert odoo.least_privilege().groups == ("stock.group_stock_user",)


def test_a_call_that_would_find_less_does_not_count_as_the_same(odoo: FakeOdoo, bridge: JsonRpc) -> None:
    """With own leads only, the search would answer without error and leave out another's lead."""
    odoo.env["crm.lead"].create({"name": "Another's", "user_id": odoo.as_user("idle").uid})
    assert bridge.call("crm.lead", "search_count", [["name", "=", "Another's"]]) == 1
    assert odoo.least_privilege().groups == ("sales_team.group_sale_salesman_all_leads",)


def test_the_advice_holds(odoo: FakeOdoo, bridge: JsonRpc) -> None:
    """A user in the advised groups makes the same calls; without any one of them some fail."""
    lead = bridge.call("crm.lead", "create", {"name": "L"})
    bridge.call("crm.lead", "write", [lead], {"name": "M"})
    groups = odoo.least_privilege().groups
    with FakeOdoo(users=(User("bridge", groups=groups),), modules=("crm",)) as other:
        client = JsonRpc(Target(other.url, other.db, "bridge", "bridge"))
        made = client.call("crm.lead", "create", {"name": "L"})
        assert client.call("crm.lead", "write", [made], {"name": "M"}) is True
        client.close()


def test_users_made_by_the_test_are_advised_too(odoo: FakeOdoo) -> None:
    """What the test sets up is done again without asking for rights."""
    group = odoo.env.ref("stock.group_stock_manager").id
    values = {"name": "Late", "login": "late", "password": "late", "group_ids": [(6, 0, [group])]}
    odoo.env["res.users"].create(values)
    client = JsonRpc(Target(odoo.url, odoo.db, "late", "late"))
    client.call("res.partner", "search_count", [])
    client.close()
    assert odoo.least_privilege().groups == ("base.group_user",)


def test_it_changes_nothing(odoo: FakeOdoo, bridge: JsonRpc) -> None:
    """Neither journal nor records nor the user's groups are touched by the replay."""
    groups = odoo.as_user("bridge").user.group_ids.ids
    bridge.call("res.partner", "create", {"name": "P"})
    before = len(odoo.journal)
    odoo.least_privilege("bridge")
    assert len(odoo.journal) == before
    assert odoo.as_user("bridge").user.group_ids.ids == groups
    assert odoo.env["res.partner"].search_count([("name", "=", "P")]) == 1


def test_nothing_to_go_by(odoo: FakeOdoo) -> None:
    """Without calls there is no advice."""
    with pytest.raises(ValueError, match="0 users"):
        odoo.least_privilege()
    with pytest.raises(ValueError, match="made no calls"):
        odoo.least_privilege("idle")


def test_the_report_names_user_groups_and_rights(odoo: FakeOdoo, bridge: JsonRpc) -> None:
    """Printed, it says what to set up."""
    bridge.call("res.partner", "search_count", [])
    text = str(odoo.least_privilege())
    assert text.splitlines()[0].startswith("bridge needs base.group_user for its 1 calls (of ")
    assert "  res.partner: read" in text


def test_no_webhook_is_sent_again(odoo: FakeOdoo, bridge: JsonRpc, odoo_webhooks: WebhookReceiver) -> None:
    """What the replay does is told to nobody."""
    odoo.webhooks.register("res.partner", "create", odoo_webhooks.url, secret=odoo_webhooks.secret)
    bridge.call("res.partner", "create", {"name": "P"})
    odoo.webhooks.flush()
    assert len(odoo_webhooks.received) == 1
    assert odoo.least_privilege("bridge").calls == 1
    odoo.webhooks.flush()
    assert len(odoo_webhooks.received) == 1
