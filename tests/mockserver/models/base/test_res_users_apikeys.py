"""API keys and the password check before they are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from fauxdoo.mockserver.calls import http_session
from fauxdoo.mockserver.errors import AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.fixture
def session() -> Iterator[dict[str, Any]]:
    """A running HTTP request with a session."""
    kept: dict[str, Any] = {}
    token = http_session.set(kept)
    yield kept
    http_session.reset(token)


@pytest.fixture
def mine(env: Environment) -> Environment:
    """The environment of an internal user."""
    user = env["res.users"].create([{"name": "U", "login": "u", "password": "pw"}])
    return env(user=user.id, su=False, context={})


def _wizard(env: Environment, **values: Any) -> Any:
    return env["res.users.apikeys.description"].create([{"name": "k", **values}])


def test_keys_are_made_over_http_only(mine: Environment) -> None:
    """Without a request there is nobody to ask (recorded in auth/apikey-create-over-rpc-refused)."""
    with pytest.raises(UserError, match="This method can only be accessed over HTTP"):
        _wizard(mine).make_key()


def test_a_key_is_shown_once_the_password_is_given(mine: Environment, session: dict[str, Any]) -> None:
    """The check runs the waiting method, and lasts for ten minutes (recorded in auth/apikey-full-life)."""
    asked = _wizard(mine).make_key()
    assert asked["res_model"] == "res.users.identitycheck"
    check = mine["res.users.identitycheck"].browse(asked["res_id"])
    with pytest.raises(UserError, match="Incorrect Password"):
        check.with_context(password="bad").run_check()
    shown = check.with_context(password="pw").run_check()
    assert len(shown["context"]["default_key"]) == 40
    assert mine["res.users.apikeys"].search([]).mapped("name") == ["k"]
    assert _wizard(mine).make_key()["res_model"] == "res.users.apikeys.show"
    mine.clock.move(minutes=11)
    try:
        assert _wizard(mine).make_key()["res_model"] == "res.users.identitycheck"
    finally:
        mine.clock.reset()


def test_one_removes_ones_own_keys(mine: Environment, session: dict[str, Any]) -> None:
    """`remove` needs no right, but the key must be one's own."""
    session["identity-check-last"] = mine.clock.now().isoformat()
    _wizard(mine).make_key()
    key = mine["res.users.apikeys"].search([])
    other = mine(su=True)["res.users"].create([{"name": "V", "login": "v"}])
    with pytest.raises(AccessError, match="You can not remove API keys"):
        key.with_user(other.id).remove()
    assert key.remove() == {"type": "ir.actions.act_window_close"}
    assert not mine["res.users.apikeys"].search([])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"duration": "365"}, "You cannot exceed 90.0 days."),
        ({"duration": "0"}, "The API key must have an expiration date"),
        ({"duration": "-1"}, "The API key must have an expiration date"),
        ({"duration": "-1", "expiration_date": "2999-01-01 00:00:00"}, "You cannot exceed 90.0 days."),
        ({"duration": "90"}, None),
    ],
)
def test_how_long_keys_last(mine: Environment, values: dict[str, Any], message: str | None) -> None:
    """Ordinary users are held to what their groups allow (recorded in auth/apikey-durations)."""
    if message is None:
        wizard = _wizard(mine, **values)
        assert wizard.expiration_date - mine.clock.now() > timedelta(days=89)
    else:
        with pytest.raises(ValidationError) as caught:
            _wizard(mine, **values)
        assert str(caught.value) == message


def test_the_durations_one_may_choose(env: Environment, mine: Environment) -> None:
    """Fewer for ordinary users."""

    def choices(env: Environment) -> list[str]:
        described = env["res.users.apikeys.description"].fields_get(["duration"], ["selection"])
        return [value for value, _label in described["duration"]["selection"]]

    assert choices(mine) == ["1", "7", "30", "90", "-1"]
    assert choices(env(user=2, su=False)) == ["1", "7", "30", "90", "180", "365", "0", "-1"]


def test_customers_make_no_keys(env: Environment) -> None:
    """Only internal users (recorded in auth/apikey-portal)."""
    portal = env.ref("base.group_portal").id
    user = env["res.users"].create([{"name": "P", "login": "p", "group_ids": [(6, 0, [portal])]}])
    with pytest.raises(AccessError, match="Only internal users can create API keys"):
        env(user=user.id, su=False)["res.users.apikeys.description"].check_access_make_key()
