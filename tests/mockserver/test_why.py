"""`odoo.why`: what stands before a record, told so that one knows what to change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.mockserver import FakeOdoo, User

USERS = (
    User("picker", groups=("stock.group_stock_user",)),
    User("seller", groups=("sales_team.group_sale_salesman",)),
    User("all", groups=("sales_team.group_sale_salesman_all_leads",)),
    User("ben", groups=("sales_team.group_sale_salesman_all_leads",), companies=("Branch",)),
)


@pytest.fixture(scope="module")
def _odoo() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo(users=USERS)
    yield odoo
    odoo.close()


@pytest.fixture
def odoo(_odoo: FakeOdoo) -> FakeOdoo:
    """A server with declared users, as just started."""
    _odoo.reset()
    return _odoo


def test_a_missing_access_right_is_named_with_the_groups_that_have_it(odoo: FakeOdoo) -> None:
    """The picker has no right on leads at all."""
    lead = odoo.env["crm.lead"].create({"name": "L"})
    why = odoo.why("crm.lead", lead.id, user="picker")
    assert [reason.kind for reason in why.reasons] == ["access right"]
    assert not why.allowed
    assert "Sales/User: Own Documents Only" in str(why)


def test_a_rule_is_told_with_its_domain_and_the_values_that_failed(odoo: FakeOdoo) -> None:
    """A salesman does not see another's lead; the leads of nobody he sees."""
    other, mine = odoo.as_user("all").uid, odoo.as_user("seller").uid
    lead = odoo.env["crm.lead"].create({"name": "L", "user_id": other})
    why = odoo.why("crm.lead", lead.id, user="seller")
    assert [reason.kind for reason in why.reasons] == ["rule"]
    assert why.reasons[0].rule
    assert f"user_id is {other}, not = {mine}" in str(why)
    assert "('user_id','=',user.id)" in str(why)
    assert odoo.why("crm.lead", lead.id, user="all").found


def test_a_company_is_told_as_such(odoo: FakeOdoo) -> None:
    """A record of a company that the user is not in."""
    main = odoo.env.company.id
    lead = odoo.env["crm.lead"].create({"name": "L", "company_id": main})
    why = odoo.why("crm.lead", lead.id, user="ben")
    assert [reason.kind for reason in why.reasons] == ["company"]
    assert f"company_id is {main}" in str(why)


def test_an_archived_record_may_be_read_but_is_not_found(odoo: FakeOdoo) -> None:
    """The `active` filter hides; it forbids nothing."""
    partner = odoo.env["res.partner"].create({"name": "P", "active": False})
    why = odoo.why("res.partner", partner.id, user="seller")
    assert why.allowed
    assert not why.found
    assert "active_test=False" in str(why)


def test_a_record_that_is_not_there_is_missing(odoo: FakeOdoo) -> None:
    """For everybody, the administrator too."""
    assert [reason.kind for reason in odoo.why("res.partner", 999_999).reasons] == ["missing"]


def test_parents_by_inherits_have_their_rules(odoo: FakeOdoo) -> None:
    """A variant is hidden by the rule on its product."""
    product = odoo.env["product.product"].create({"name": "P", "company_id": odoo.env.company.id})
    why = odoo.why("product.product", product.id, user="ben")
    assert "company" in [reason.kind for reason in why.reasons]


def test_it_agrees_with_search_and_read(odoo: FakeOdoo) -> None:
    """`found` is what search says, for every lead and user."""
    owners = [odoo.as_user(user.login).uid for user in USERS]
    leads = odoo.env["crm.lead"].create([{"name": "L", "user_id": uid, "active": uid % 2 == 0} for uid in owners])
    for user in USERS[1:]:
        seen = odoo.as_user(user.login)["crm.lead"].search([("id", "in", leads.ids)]).ids
        told = [lead for lead in leads.ids if odoo.why("crm.lead", lead, user=user.login).found]
        assert sorted(seen) == sorted(told), odoo.why("crm.lead", leads.ids[0], user=user.login)


@pytest.mark.parametrize(
    ("model", "operation", "user"),
    [("no.model", "read", None), ("res.partner", "see", None), ("res.partner", "read", "nobody")],
)
def test_questions_about_nothing_are_refused(odoo: FakeOdoo, model: str, operation: str, user: str | None) -> None:
    """Unknown models, operations and logins raise ValueError."""
    with pytest.raises(ValueError, match="no model|no operation|no user"):
        odoo.why(model, 1, user=user, operation=operation)


def test_nothing_of_it_is_journalled(odoo: FakeOdoo) -> None:
    """Asking leaves no call behind."""
    odoo.why("res.partner", 1)
    assert not len(odoo.journal)
