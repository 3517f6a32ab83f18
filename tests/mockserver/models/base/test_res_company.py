"""Companies and their contacts."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
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


def test_the_hierarchy_stays(env: Environment) -> None:
    """A branch has the currency of its root, from the beginning and when that changes."""
    euro = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    root = env["res.company"].create([{"name": "Root", "currency_id": euro.id}])
    branch = env["res.company"].create([{"name": "Branch", "parent_id": root.id}])
    assert (branch.currency_id, euro.active) == (euro, True)
    with pytest.raises(UserError, match="The company hierarchy cannot be changed."):
        branch.write({"parent_id": False})
    root.currency_id = env.ref("base.USD").id
    assert branch.currency_id == env.ref("base.USD")
    with pytest.raises(ValidationError, match="The Currency of a subsidiary"):
        branch.write({"currency_id": euro.id})


def test_a_company_in_use_stays(env: Environment) -> None:
    """Users have it as theirs."""
    with pytest.raises(ValidationError, match="still used as the default company of 1 users"):
        env.ref("base.main_company").write({"active": False})


def test_companies_are_not_duplicated(env: Environment) -> None:
    """There is too much behind one."""
    with pytest.raises(UserError, match="Duplicating a company is not allowed"):
        env.ref("base.main_company").copy()
