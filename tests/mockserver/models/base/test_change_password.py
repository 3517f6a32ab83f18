"""The wizards that set passwords."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_the_administrator_sets_passwords_of_others(env: Environment) -> None:
    """The typed password is forgotten (recorded in auth/change-password-wizard)."""
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    lines = [(0, 0, {"user_id": user.id, "new_passwd": "wiz"})]
    wizard = env["change.password.wizard"].create([{"user_ids": lines}])
    assert wizard.change_password_button() == {"type": "ir.actions.act_window_close"}
    user._check_password("wiz")
    assert (wizard.user_ids.new_passwd, wizard.user_ids.user_login) == (False, "u")


def test_ones_own_is_typed_twice_and_needs_a_session(env: Environment) -> None:
    """Recorded in auth/change-password-own-wizard."""
    wizards = env["change.password.own"]
    with pytest.raises(ValidationError, match="must be identical"):
        wizards.create([{"new_password": "a", "confirm_password": "b"}])
    with pytest.raises(UserError, match="only be accessed over HTTP"):
        wizards.create([{"new_password": "a", "confirm_password": "a"}]).change_password()
