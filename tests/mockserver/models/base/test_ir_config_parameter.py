"""System parameters."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import AccessError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize(("value", "kept"), [("v", "v"), (5, "5"), (True, "True"), (False, False), (None, False)])
def test_values_are_texts(env: Environment, value: Any, kept: Any) -> None:
    """Anything becomes a text, False and None delete (recorded in crud/config-parameter)."""
    parameters = env["ir.config_parameter"]
    assert parameters.set_param("p", "old") is False
    assert parameters.set_param("p", value) == "old"
    assert parameters.get_param("p") == kept


def test_an_empty_text_counts_as_missing(env: Environment) -> None:
    """`get_param` answers the default for it."""
    env["ir.config_parameter"].create([{"key": "e", "value": ""}])
    assert env["ir.config_parameter"].get_param("e", "dflt") == "dflt"


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("write", "You cannot rename config parameters with keys database.uuid"),
        ("unlink", "You cannot delete the database.uuid record."),
    ],
)
def test_the_databases_own_are_protected(env: Environment, action: str, message: str) -> None:
    """Neither renamed nor deleted (recorded in config/config-parameter-record)."""
    own = env["ir.config_parameter"].search([("key", "=", "database.uuid")])
    with pytest.raises(ValidationError) as caught:
        own.write({"key": "x"}) if action == "write" else own.unlink()
    assert str(caught.value) == message


def test_only_system_users_read_them(env: Environment) -> None:
    """Ordinary users have no right, not even through `get_param`."""
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    with pytest.raises(AccessError):
        env(user=user.id, su=False)["ir.config_parameter"].get_param("web.base.url")
