"""Users: groups, companies, own preferences and passwords."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.errors import AccessDenied, AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.fixture
def user(env: Environment) -> Any:
    """An internal user, as the superuser sees him."""
    return env["res.users"].create([{"name": "U", "login": "u", "password": "pw"}])


def test_what_a_new_user_starts_with(user: Any) -> None:
    """Company, signature and group are given (recorded in auth/user-defaults)."""
    assert (user.company_ids.ids, user.signature, user.share, user.role) == ([1], "<div>U</div>", False, "group_user")
    assert (user.state, user.password, user.partner_id.name) == ("new", "", "U")


def test_groups_imply_groups(env: Environment, user: Any) -> None:
    """`has_group` counts implied groups, unknown ones are false, the debug group always is."""
    user.write({"group_ids": [(6, 0, [env.ref("base.group_system").id])]})
    assert user.has_group("base.group_user")
    assert user.role == "group_system"
    assert not user.has_group("no.such")
    assert not user.has_group("nodot")
    assert not user.has_group("base.group_no_one")


def test_has_group_is_about_one_user(env: Environment) -> None:
    """The empty recordset is a ValueError."""
    with pytest.raises(ValueError, match=r"Expected singleton: res\.users\(\)"):
        env["res.users"].has_group("base.group_user")


def test_portal_users_ask_about_themselves_only(env: Environment) -> None:
    """A customer does not learn the groups of others (recorded in auth/portal-login)."""
    portal = env.ref("base.group_portal").id
    mine = env["res.users"].create([{"name": "P", "login": "p", "group_ids": [(6, 0, [portal])]}])
    users = env(user=mine.id, su=False)["res.users"]
    assert users.browse(mine.id).has_group("base.group_portal")
    with pytest.raises(AccessError, match=r"You can ony call user\.has_group"):
        users.browse(2).has_group("base.group_portal")


@pytest.mark.parametrize(
    ("first", "then", "names"),
    [
        (["user", "portal"], None, "'Role / User', 'Role / Portal'"),
        (["portal"], "user", "'Role / Portal', 'Role / User'"),
    ],
)
def test_kinds_of_users_exclude_each_other(env: Environment, first: list[str], then: str | None, names: str) -> None:
    """The error names the kinds in the order they came (recorded in auth/user-types-exclusive)."""
    ids = [env.ref(f"base.group_{name}").id for name in first]

    def make() -> None:
        made = env["res.users"].create([{"name": "B", "login": "b", "group_ids": [(6, 0, ids)]}])
        if then:
            made.write({"group_ids": [(4, env.ref(f"base.group_{then}").id)]})

    with pytest.raises(ValidationError) as caught:
        make()
    assert str(caught.value) == f"User 'B' cannot be at the same time in exclusive groups {names}."


def test_the_company_is_one_of_the_allowed(env: Environment, user: Any) -> None:
    """A user's company is among his companies (recorded in access/multi-company-consistency)."""
    company = env["res.company"].create([{"name": "Co"}])
    with pytest.raises(ValidationError) as caught:
        user.write({"company_id": company.id})
    assert str(caught.value) == "Company Co is not in the allowed companies for user U (My Company)."


def test_several_companies_bring_a_group(env: Environment, user: Any) -> None:
    """Who may use two companies is in the multi-company group."""
    company = env["res.company"].create([{"name": "Co"}])
    user.write({"company_ids": [(4, company.id)]})
    assert user.has_group("base.group_multi_company")
    user.write({"company_ids": [(3, company.id)]})
    assert not user.has_group("base.group_multi_company")


@pytest.mark.parametrize(
    ("values", "allowed"),
    [
        ({"signature": "<p>s</p>"}, True),
        ({"name": "New", "tz": "Europe/Brussels"}, True),
        ({"login": "x"}, False),
        ({"password": "x"}, False),
        ({"signature": "x", "login": "x"}, False),
    ],
)
def test_ones_own_record(env: Environment, user: Any, values: dict[str, Any], allowed: bool) -> None:
    """Preferences are everybody's own, the rest needs the right (recorded in auth/user-writes-own-record)."""
    mine = env(user=user.id, su=False)["res.users"].browse(user.id)
    if allowed:
        assert mine.write(values) is True
    else:
        with pytest.raises(AccessError, match="You are not allowed to modify 'User'"):
            mine.write(values)


def test_an_unknown_company_of_ones_own_is_dropped(env: Environment) -> None:
    """Silently, as Odoo does (recorded in access/multi-company-consistency)."""
    admin = env(user=2, su=False)["res.users"].browse(2)
    assert admin.write({"company_id": 999999}) is True
    assert admin.company_id.id == 1


@pytest.mark.parametrize(
    ("id", "values", "message"),
    [
        (2, {"active": False}, "You cannot deactivate the user you're currently logged in as."),
        (1, {"active": True}, "You cannot activate the superuser."),
    ],
)
def test_activity_that_is_refused(env: Environment, id: int, values: dict[str, Any], message: str) -> None:
    """Nobody locks himself out, the superuser stays archived."""
    with pytest.raises(UserError) as caught:
        env(user=2, su=False)["res.users"].browse(id).write(values)
    assert str(caught.value) == message


def test_passwords_are_hashed_and_never_read(user: Any) -> None:
    """A password is checked, not shown."""
    user._check_password("pw")
    assert user.read(["password"])[0]["password"] == ""
    with pytest.raises(AccessDenied):
        user._check_password("PW")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("wrong", "new", AccessDenied),
        ("", "new", AccessDenied),
        ("pw", "", UserError),
        ("pw", "   ", UserError),
        ("pw", " new ", None),
    ],
)
def test_changing_ones_own_password(env: Environment, user: Any, old: str, new: str, error: Any) -> None:
    """The old one must be right, the new one is stripped (recorded in auth/change-own-password)."""
    users = env(user=user.id, su=False)["res.users"]
    if error:
        with pytest.raises(error):
            users.change_password(old, new)
    else:
        assert users.change_password(old, new) is True
        user._check_password("new")


def test_what_a_password_may_be(user: Any) -> None:
    """False is a TypeError, an empty text and `new_password` change nothing (recorded in auth/admin-sets-password)."""
    with pytest.raises(TypeError, match="secret must be unicode or bytes, not bool"):
        user.write({"password": False})
    user.write({"password": ""})
    user.write({"new_password": "other"})
    user._check_password("pw")


def test_credentials_are_looked_up_anew_after_a_commit(database: Database) -> None:
    """Whoever remembers passwords is told when users change."""
    before = database.registry.users_version
    with database.transaction(su=True) as env:
        env["res.users"].browse(2).write({"password": "other"})
    assert database.registry.users_version > before


def test_copies_need_a_login_of_their_own(user: Any) -> None:
    """Name and login say "(copy)" (recorded in auth/copy-user)."""
    copy = user.copy()
    assert (copy.name, copy.login) == ("U (copy)", "u (copy)")
    assert user.copy({"login": "v"}).login == "v"


def test_users_are_found_by_login_first(env: Environment, user: Any) -> None:
    """An exact login is the only answer (recorded in crud/name-search-others)."""
    assert env["res.users"].name_search("u") == [(user.id, "U")]


def test_the_context_of_a_user(env: Environment, user: Any) -> None:
    """Language, time zone, id."""
    user.partner_id.tz = "Europe/Brussels"
    assert env(user=user.id, su=False)["res.users"].context_get() == {
        "lang": "en_US",
        "tz": "Europe/Brussels",
        "uid": user.id,
    }


@pytest.mark.parametrize(
    ("xmlid", "message"),
    [
        ("base.public_user", "Deleting the public user is not allowed"),
        ("base.template_portal_user_id", "Deleting the template users is not allowed"),
        ("base.user_admin", "You cannot delete the admin user"),
        ("base.user_root", "You can not remove the admin user"),
    ],
)
def test_users_that_are_needed_stay(env: Any, xmlid: str, message: str) -> None:
    """Each with its own reason."""
    with pytest.raises(UserError, match=message):
        env.ref(xmlid).unlink()


def test_somebody_has_to_be_administrator(env: Any) -> None:
    """The last one keeps the group."""
    system = env.ref("base.group_system")
    with pytest.raises(ValidationError, match="You must have at least an administrator user."):
        env.ref("base.user_admin").write({"group_ids": [(3, system.id)]})


def test_a_user_comes_back_with_the_contact(env: Any) -> None:
    """Which was archived after the user."""
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    user.active = False
    user.partner_id.active = False
    user.write({"active": True})
    assert user.partner_id.active


def test_users_are_found_by_whether_they_have_logged_in(env: Environment) -> None:
    """Those who have not are new."""
    user = env["res.users"].create({"name": "U", "login": "u-state"})
    for state, there in (("new", True), ("active", False)):
        assert (user in env["res.users"].search([("state", "=", state)])) is there
        assert (user in env["res.users"].search([("state", "!=", state)])) is not there
