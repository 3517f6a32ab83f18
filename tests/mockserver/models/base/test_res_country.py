"""Countries and states."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError
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


def test_a_format_names_what_addresses_have(env: Environment) -> None:
    """Nothing else."""
    with pytest.raises(UserError, match="The layout contains an invalid format key"):
        env["res.country"].create([{"name": "Nowhere", "code": "zy", "address_format": "%(planet)s"}])
