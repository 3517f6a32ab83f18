"""Who may use the portal."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError


def _person(env: Any, **values: Any) -> Any:
    """The line of a new contact in the wizard."""
    partner = env["res.partner"].create([{"name": "P", **values}])
    wizard = env["portal.wizard"].with_context(active_ids=partner.ids).create([{}])
    return wizard.user_ids


def test_people_of_a_company(env: Any) -> None:
    """The wizard has the contact and its people, but none of its addresses."""
    people = [(0, 0, {"name": "One"}), (0, 0, {"name": "Two", "type": "delivery"})]
    company = env["res.partner"].create([{"name": "Co", "child_ids": people}])
    wizard = env["portal.wizard"].with_context(active_ids=company.ids).create([{}])
    assert sorted(wizard.user_ids.partner_id.mapped("name")) == ["Co", "One"]


def test_in_and_out(env: Any) -> None:
    """A user of the portal is made, archived among the public, and let in again as the same user."""
    person = _person(env, email="P <P@b.example>")
    assert (person.email_state, person.is_portal, person.is_internal) == ("ok", False, False)
    assert person.action_grant_access()["res_id"] == person.wizard_id.id
    user = person.user_id
    assert (user.login, user.share, user.active) == ("p@b.example", True, True)
    assert user.group_ids == env.ref("base.group_portal")
    assert person.is_portal
    with pytest.raises(UserError, match="already has the portal access"):
        person.action_grant_access()
    person.action_invite_again()
    person.action_revoke_access()
    assert (user.active, user.group_ids) == (False, env.ref("base.group_public"))
    for refused in (person.action_revoke_access, person.action_invite_again):
        with pytest.raises(UserError, match="portal access"):
            refused()
    person.action_grant_access()
    assert (person.user_id, user.active, user.group_ids) == (user, True, env.ref("base.group_portal"))


def test_an_address_typed_into_the_wizard(env: Any) -> None:
    """It becomes the contact's."""
    person = _person(env, email="p@b.example")
    person.email = "q@b.example"
    person.action_grant_access()
    assert (person.partner_id.email, person.user_id.login) == ("q@b.example", "q@b.example")


@pytest.mark.parametrize(
    ("email", "state", "words"),
    [("nobody", "ko", "valid email"), (False, "ko", "valid email"), ("taken@b.example", "exist", "same email")],
)
def test_addresses_that_do_not_serve(env: Any, email: Any, state: str, words: str) -> None:
    """One that is none, and one that another user has as login."""
    env["res.users"].create([{"name": "T", "login": "taken@b.example"}])
    person = _person(env, email=email)
    assert person.email_state == state
    with pytest.raises(UserError, match=words):
        person.action_grant_access()


def test_somebody_of_the_house(env: Any) -> None:
    """Internal users need no portal, and cannot be shown out by it."""
    person = _person(env, email="h@b.example")
    env["res.users"].create([{"name": "H", "login": "h@b.example", "partner_id": person.partner_id.id}])
    person = env["portal.wizard"].with_context(active_ids=person.partner_id.ids).create([{}]).user_ids
    assert person.is_internal
    for refused in (person.action_grant_access, person.action_revoke_access):
        with pytest.raises(UserError, match="portal access"):
            refused()


def test_the_action_that_opens_it(env: Any) -> None:
    """It shows a wizard that is there."""
    action = env["portal.wizard"].with_context(active_ids=[1]).action_open_wizard()
    assert env["portal.wizard"].browse(action["res_id"]).partner_ids.ids
