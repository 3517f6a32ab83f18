"""Addresses of contacts: shown by context, shared with company and contacts."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment

ADDRESS = "Main 1\nBox 2\nNew York NY 10001\nUnited States"


@pytest.fixture
def company(env: Environment) -> Any:
    """A company with an address."""
    values = {"name": "Co", "is_company": True, "street": "Main 1", "street2": "Box 2", "zip": "10001"}
    place = {"city": "New York", "state_id": env.ref("base.state_us_27").id, "country_id": env.ref("base.us").id}
    return env["res.partner"].create([{**values, **place, "email": "co@ex.com", "vat": "V1"}])


@pytest.mark.parametrize(
    ("context", "name"),
    [
        ({}, "Co"),
        ({"show_address": True}, f"Co\n{ADDRESS}"),
        ({"show_email": True}, "Co <co@ex.com>"),
        ({"show_vat": True}, "Co - V1"),
        ({"show_address": True, "show_vat": True}, f"Co\n{ADDRESS}\n V1"),
        ({"show_address": True, "show_email": True}, f"Co <co@ex.com>\n{ADDRESS}"),
        ({"formatted_display_name": True, "show_email": True}, "Co \t --co@ex.com--"),
    ],
)
def test_the_context_says_what_a_name_shows(company: Any, context: dict[str, Any], name: str) -> None:
    """Each key of the context adds its part (recorded in crud/display-name-partner)."""
    assert company.with_context(**context).display_name == name


@pytest.mark.parametrize(
    ("context", "name"),
    [
        ({"partner_display_name_hide_company": True}, "Kid"),
        ({"formatted_display_name": True}, "Co \t --Kid--"),
        ({"show_address": True}, f"Co, Kid\n{ADDRESS}"),
    ],
)
def test_a_contact_shows_with_its_company_or_without(
    env: Environment, company: Any, context: dict[str, Any], name: str
) -> None:
    """The context may hide the company or set the contact apart."""
    kid = env["res.partner"].create([{"name": "Kid", "parent_id": company.id}])
    assert kid.with_context(**context).display_name == name


def test_the_full_address_starts_with_the_company(company: Any) -> None:
    """`contact_address` is what goes on an envelope."""
    assert company.contact_address == f"Co\n{ADDRESS}"
    assert company.contact_address_inline == "Co, Main 1, Box 2, New York NY 10001, United States"


def test_a_new_contact_takes_the_companys_address(env: Environment, company: Any) -> None:
    """Contacts take address and tax id, addresses of other types the tax id alone (crud/write-address-sync)."""
    kid = env["res.partner"].create([{"name": "Kid", "parent_id": company.id}])
    invoice = env["res.partner"].create([{"name": "Inv", "parent_id": company.id, "type": "invoice", "street": "S2"}])
    assert (kid.street, kid.city, kid.vat) == ("Main 1", "New York", "V1")
    assert (invoice.street, invoice.city, invoice.vat) == ("S2", False, "V1")


def test_a_contacts_address_goes_up_and_down(env: Environment, company: Any) -> None:
    """Writing a contact's street changes company and siblings, not other addresses."""
    one, two = env["res.partner"].create([{"name": name, "parent_id": company.id} for name in ("One", "Two")])
    invoice = env["res.partner"].create([{"name": "Inv", "parent_id": company.id, "type": "invoice"}])
    one.write({"street": "Own 3"})
    assert (company.street, two.street, invoice.street) == ("Own 3", "Own 3", False)


def test_who_leaves_a_company_keeps_its_address(env: Environment, company: Any) -> None:
    """Without the company, address and tax id stay."""
    kid = env["res.partner"].create([{"name": "Kid", "parent_id": company.id}])
    kid.write({"parent_id": False})
    assert (kid.street, kid.vat, kid.commercial_partner_id) == ("Main 1", "V1", kid)


def test_the_first_contact_gives_an_empty_company_its_address(env: Environment) -> None:
    """A company without an address takes that of its only contact."""
    company = env["res.partner"].create([{"name": "Co", "is_company": True}])
    env["res.partner"].create([{"name": "Kid", "parent_id": company.id, "city": "Gent"}])
    assert company.city == "Gent"


def test_addresses_by_type(env: Environment, company: Any) -> None:
    """`address_get` finds the contact for a purpose, else the contact itself (recorded in sale/partner-addresses)."""
    invoice = env["res.partner"].create([{"name": "Inv", "parent_id": company.id, "type": "invoice"}])
    kid = env["res.partner"].create([{"name": "Kid", "parent_id": company.id}])
    assert company.address_get(["invoice", "delivery"]) == {
        "contact": company.id,
        "invoice": invoice.id,
        "delivery": company.id,
    }
    assert kid.address_get(["invoice"])["invoice"] == invoice.id
