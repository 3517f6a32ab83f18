"""Invitations and second factors."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.calls import http_session
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.fixture
def user(env: Environment) -> Any:
    """Somebody with an e-mail address."""
    return env["res.users"].create([{"name": "Una", "login": "una", "email": "una@example.com"}])


def test_a_link_needs_an_address(env: Environment, user: Any) -> None:
    """And a user who is there; the contact says what the link is for."""
    action = user.action_reset_password()
    assert (action["tag"], user.partner_id.signup_type) == ("display_notification", "reset")
    user.email = False
    with pytest.raises(UserError, match="Cannot send email: user Una has no email address."):
        user.action_reset_password()
    user.active = False
    with pytest.raises(UserError, match="You cannot perform this action on an archived user."):
        user.action_reset_password()


def test_a_link_by_login_or_address(env: Environment, user: Any) -> None:
    """Of just one user."""
    for name in ("una", "una@example.com"):
        assert env["res.users"].reset_password(name)["tag"] == "display_notification"
    with pytest.raises(Exception, match="No account found for this login"):
        env["res.users"].reset_password("nobody")


def test_a_second_factor_is_for_oneself(env: Environment, user: Any) -> None:
    """After the password was asked for, in a session; the secret is another one each time."""
    with pytest.raises(UserError, match="only be accessed over HTTP"):
        user.action_totp_enable_wizard()
    token = http_session.set({"identity-check-last": env.clock.now().isoformat()})
    try:
        with pytest.raises(UserError, match="can only be enabled for yourself"):
            user.action_totp_enable_wizard()
        actions = [user.with_user(user.id).action_totp_enable_wizard() for _ in range(2)]
        assert {action["res_model"] for action in actions} == {"auth_totp.wizard"}
        secrets = [env["auth_totp.wizard"].browse(action["res_id"]).secret for action in actions]
        assert secrets[0] != secrets[1]
    finally:
        http_session.reset(token)


def test_the_form_of_passwords_has_the_chosen_users(env: Environment, user: Any) -> None:
    """A line each."""
    assert user.action_change_password_wizard()["res_model"] == "change.password.wizard"
    wizards = env["change.password.wizard"]
    assert wizards.default_get(["user_ids"]) == {"user_ids": []}
    chosen = wizards.with_context(active_model="res.users", active_ids=user.ids)
    assert chosen.create([{}]).user_ids.mapped("user_login") == ["una"]


def test_what_a_user_may_do_is_listed(env: Environment, user: Any) -> None:
    """By groups, rights and rules."""
    action = user.action_show_groups()
    assert action["domain"] == [("id", "in", user.all_group_ids.ids)]
    assert [user.action_show_accesses()["res_model"], user.action_show_rules()["res_model"]] == [
        "ir.model.access",
        "ir.rule",
    ]
