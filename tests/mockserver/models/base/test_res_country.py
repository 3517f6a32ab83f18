"""Countries and states."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_a_code_comes_before_names(env: Environment) -> None:
    """Two letters find the country of that code first."""
    assert env["res.country"].name_search("be")[0] == (env.ref("base.be").id, "Belgium")


def test_codes_are_upper_case(env: Environment) -> None:
    """Whatever is typed."""
    assert env["res.country"].create([{"name": "Nowhere", "code": "zy"}]).code == "ZY"


def test_states_show_their_country(env: Environment) -> None:
    """The code of the country follows the name."""
    assert env.ref("base.state_us_27").display_name == "New York (US)"


def test_parts_of_an_address(env: Environment) -> None:
    """The names in the country's format."""
    assert {"street", "city", "zip"} <= set(env.ref("base.us").get_address_fields())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("CA", "California (US)"),
        ("California (US)", "California (US)"),
        ("california (united sta)", "California (US)"),
        ("Nowhere (US)", None),
    ],
)
def test_states_are_found_by_code_and_by_what_they_are_shown_as(env: Environment, text: str, first: str | None) -> None:
    """The code comes before all names; a country may be a part of its name."""
    found = [shown for _id, shown in env["res.country.state"].name_search(text, limit=5)]
    assert (found[0] if found else None) == first


def test_states_are_those_of_the_country_in_the_context(env: Environment) -> None:
    """And the search by several names asks for each of them."""
    states = env["res.country.state"]
    mexico = env.ref("base.mx")
    found = states.with_context(country_id=mexico.id).name_search("California")
    assert [shown for _id, shown in found] == ["Baja California (MX)", "Baja California Sur (MX)"]
    texas, utah = env.ref("base.state_us_44"), env.ref("base.state_us_45")
    assert states.name_search(["Texas (US)", "Utah (US)"], operator="in", limit=2) == [
        (texas.id, "Texas (US)"),
        (utah.id, "Utah (US)"),
    ]


def test_codes_of_country_groups_are_upper_case_and_unique(env: Environment) -> None:
    """As those of countries."""
    group = env["res.country.group"].create({"name": "Here", "code": "hr-x"})
    assert group.code == "HR-X"
    with pytest.raises(ValidationError, match="The country group code must be unique!"):
        env["res.country.group"].create({"name": "There", "code": "Hr-X"})


def test_a_format_names_what_addresses_have(env: Environment) -> None:
    """Nothing else."""
    with pytest.raises(UserError, match="The layout contains an invalid format key"):
        env["res.country"].create([{"name": "Nowhere", "code": "zy", "address_format": "%(planet)s"}])
