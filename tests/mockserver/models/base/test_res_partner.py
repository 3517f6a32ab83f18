"""Contacts: names, e-mail, hierarchy, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import MissingError, UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"name": "Kid"}, "Co, Kid"),
        ({"name": "Sub", "is_company": True}, "Sub"),
        ({"type": "invoice"}, "Co, Invoice"),
        ({"type": "delivery", "name": "Gate"}, "Co, Gate"),
    ],
)
def test_contacts_show_their_company(env: Environment, values: dict[str, Any], name: str) -> None:
    """A contact is shown with its company, a company alone (recorded in crud/display-name-partner)."""
    company = env["res.partner"].create([{"name": "Co", "is_company": True}])
    assert env["res.partner"].create([{**values, "parent_id": company.id}]).complete_name == name


def test_a_typed_company_name_is_shown_too(env: Environment) -> None:
    """`company_name` stands for a company that is no contact."""
    assert env["res.partner"].create([{"name": "Free", "company_name": "Loose Co"}]).display_name == "Loose Co, Free"


def test_renaming_the_company_renames_its_contacts(env: Environment) -> None:
    """Complete names follow the company's name."""
    company = env["res.partner"].create([{"name": "Co", "is_company": True, "child_ids": [(0, 0, {"name": "Kid"})]}])
    company.write({"name": "New"})
    assert company.child_ids.complete_name == "New, Kid"


def test_the_commercial_entity_is_the_nearest_company(env: Environment) -> None:
    """Contacts belong to the company above them, a company to itself."""
    company = env["res.partner"].create([{"name": "Co", "is_company": True}])
    kid = env["res.partner"].create([{"name": "Kid", "parent_id": company.id}])
    grandchild = env["res.partner"].create([{"name": "Grandchild", "parent_id": kid.id}])
    assert grandchild.commercial_partner_id == company
    assert grandchild.commercial_company_name == "Co"
    assert company.commercial_partner_id == company


def test_company_type_sets_is_company(env: Environment) -> None:
    """The two-valued selection writes the flag."""
    partner = env["res.partner"].create([{"name": "A"}])
    partner.write({"company_type": "company"})
    assert partner.is_company


@pytest.mark.parametrize(
    ("email", "normalized", "formatted"),
    [
        (" Some.One@Ex.COM ", "some.one@ex.com", '"A" <some.one@ex.com>'),
        ("a@b.co, c@d.co", "a@b.co", '"A" <a@b.co,c@d.co>'),
        ("not an email", False, '"A" <not an email>'),
        (False, False, False),
    ],
)
def test_email_is_normalized_and_formatted(env: Environment, email: Any, normalized: Any, formatted: Any) -> None:
    """The first address in lower case, all of them in the header (recorded in field/partner-email-phone-website)."""
    partner = env["res.partner"].create([{"name": "A", "email": email}])
    assert partner.email_normalized == normalized
    assert (partner.email_formatted or False) == formatted


@pytest.mark.parametrize(
    ("site", "kept"), [("www.ex.com/x", "http://www.ex.com/x"), ("ftp://x", "ftp://x"), ("", ""), (False, False)]
)
def test_a_site_gets_a_scheme(env: Environment, site: Any, kept: Any) -> None:
    """Only an address without a scheme is changed."""
    partner = env["res.partner"].create([{"name": "A", "website": "https://old"}])
    partner.write({"website": site})
    assert partner.website == kept


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [("Foo <Foo@ex.com>", "Foo", "foo@ex.com"), ("bar@ex.com", "bar@ex.com", "bar@ex.com"), ("Baz", "Baz", False)],
)
def test_a_contact_is_made_of_a_line(env: Environment, text: str, name: str, email: Any) -> None:
    """`name_create` takes the address out of the name."""
    partner = env["res.partner"].browse(env["res.partner"].name_create(text)[0])
    assert (partner.name, partner.email) == (name, email)


def test_find_or_create_finds_by_address(env: Environment) -> None:
    """The same address is the same contact (recorded in error/record-results-become-ids)."""
    made = env["res.partner"].find_or_create("Foo <foo@ex.com>")
    assert env["res.partner"].find_or_create("FOO@ex.com") == made
    with pytest.raises(ValueError, match="An email is required"):
        env["res.partner"].find_or_create("")


@pytest.mark.parametrize("where", ["parent_id", "child_ids"])
def test_a_contact_is_not_above_itself(env: Environment, where: str) -> None:
    """Hierarchies have no loops, whichever side is written (recorded in error/recursion-partner)."""
    top = env["res.partner"].create([{"name": "A"}])
    below = env["res.partner"].create([{"name": "B", "parent_id": top.id}])
    values = {"parent_id": below.id} if where == "parent_id" else {"child_ids": [(4, top.id)]}
    with pytest.raises(ValidationError, match="You cannot create recursive Partner hierarchies"):
        top.write(values)


def test_contacts_require_a_name(env: Environment) -> None:
    """Only addresses may be nameless."""
    with pytest.raises(ValidationError, match="The operation cannot be completed: Contacts require a name"):
        env["res.partner"].create([{"city": "x"}])


@pytest.mark.parametrize(
    ("ids", "values", "error"),
    [
        ([999999999], {"city": "x"}, MissingError),
        ([999999999], {}, MissingError),
        ([1], {"nope": 1}, KeyError),
        ([1], {"country_id": 999999999}, MissingError),
        ([1], {"user_id": 999999999}, ValidationError),
        ([1], {"parent_id": [[4, 1]]}, TypeError),
        ([1], None, TypeError),
        ([1], [], AttributeError),
    ],
)
def test_what_write_refuses(env: Environment, ids: list[int], values: Any, error: type[Exception]) -> None:
    """Contacts are read before they are written, with the errors that gives (recorded in crud/ and field/)."""
    with pytest.raises(error):
        env["res.partner"].browse(ids).write(values)


def test_an_empty_recordset_is_written_unchecked(env: Environment) -> None:
    """Even an unknown field passes where there is no record (recorded in crud/write-unknown-field)."""
    assert env["res.partner"].write({"nope": 1}) is True


def test_barcodes_are_unique(env: Environment) -> None:
    """Two contacts never share a barcode."""
    env["res.partner"].create([{"name": "A", "barcode": "B1"}])
    with pytest.raises(ValidationError, match="Another partner already has this barcode"):
        env["res.partner"].create([{"name": "B", "barcode": "B1"}])


def test_a_user_keeps_his_contact_active(env: Environment) -> None:
    """A contact of an active user is not archived."""
    with pytest.raises(UserError, match="You cannot archive contacts linked to an active user"):
        env["res.users"].browse(2).partner_id.write({"active": False})


def test_archived_contacts_stay_hidden(env: Environment) -> None:
    """`child_ids` never shows archived ones (recorded in crud/archive-in-relations)."""
    lines = [(0, 0, {"name": "On"}), (0, 0, {"name": "Off", "active": False})]
    company = env["res.partner"].create([{"name": "Co", "child_ids": lines}])
    assert company.with_context(active_test=False).child_ids.mapped("name") == ["On"]


def test_copies_say_so(env: Environment) -> None:
    """A copy has "(copy)" in its name unless a name is given."""
    partner = env["res.partner"].create([{"name": "A", "city": "Gent"}])
    assert partner.copy().name == "A (copy)"
    assert partner.copy({"name": "B"}).name == "B"


def test_accounts_follow_the_name_of_their_holder(env: Environment) -> None:
    """An account held in the contact's own name is renamed with it."""
    partner = env["res.partner"].create([{"name": "A", "bank_ids": [(0, 0, {"acc_number": "1"})]}])
    partner.write({"name": "B"})
    assert partner.bank_ids.acc_holder_name == "B"
