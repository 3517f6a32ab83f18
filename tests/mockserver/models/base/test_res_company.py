"""Companies and their contacts."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_a_new_company_has_a_contact_and_joins_its_maker(env: Environment) -> None:
    """Recorded in access/multi-company-partners."""
    admin = env(user=2, su=False)
    company = admin["res.company"].create([{"name": "Co", "email": "co@ex.com"}])
    assert (company.partner_id.name, company.partner_id.is_company, company.email) == ("Co", True, "co@ex.com")
    assert company in admin.user.company_ids


def test_its_address_is_that_of_the_contact(env: Environment) -> None:
    """Both ways."""
    company = env["res.company"].create([{"name": "Co", "city": "Gent"}])
    assert company.partner_id.city == "Gent"
    company.write({"street": "Main 1", "country_id": env.ref("base.be").id})
    assert (company.partner_id.street, company.partner_id.city) == ("Main 1", "Gent")
    company.partner_id.write({"zip": "9000"})
    assert company.zip == "9000"


def test_names_are_unique(env: Environment) -> None:
    """Two companies never share a name."""
    with pytest.raises(ValidationError, match="The company name must be unique!"):
        env["res.company"].create([{"name": "My Company"}])
