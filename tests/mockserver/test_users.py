"""Users that the settings declare, several databases, and databases that may not be listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.harness.clients import JsonRpc, RemoteError, Target, result_of
from fauxdoo.mockserver import FakeOdoo, User
from fauxdoo.mockserver.errors import AccessDenied, AccessError

KEY = "0123456789abcdef0123456789abcdef01234567"
USERS = (
    User("picker", "s3cret", ("stock.group_stock_user",), api_key=KEY),
    User("emma", groups=("base.group_portal",), name="Emma"),
    User("ben", companies=("Branch One", "Branch Two")),
    User("gone", active=False),
)


@pytest.fixture(scope="module")
def _odoo() -> Iterator[FakeOdoo]:
    with FakeOdoo(users=USERS, databases=["first", "second"], list_db=False, dialect="odoo") as odoo:
        yield odoo


@pytest.fixture
def odoo(_odoo: FakeOdoo) -> FakeOdoo:
    """A server with declared users, as just started."""
    _odoo.reset()
    return _odoo


def test_a_declared_user_has_exactly_the_groups_and_what_they_imply(odoo: FakeOdoo) -> None:
    """The picker is an internal user by implication, and may not read leads."""
    picker = odoo.as_user("picker")
    assert picker.user.has_group("base.group_user")
    assert not picker.user.has_group("base.group_system")
    with pytest.raises(AccessError):
        picker["crm.lead"].search([])


def test_password_and_key_both_log_in(odoo: FakeOdoo) -> None:
    """The password is the declared one, the key stands for it; anything else is denied."""
    uid = odoo.as_user("picker").uid
    assert odoo.auth.login("first", "picker", "s3cret") == uid
    assert odoo.auth.login("first", "picker", KEY) == uid
    assert odoo.auth.by_key(KEY) == ("first", uid)
    with pytest.raises(AccessDenied):
        odoo.auth.login("first", "picker", "picker")


def test_a_user_without_password_logs_in_with_the_login(odoo: FakeOdoo) -> None:
    """A declaration of one word is enough, for portal users too."""
    assert odoo.auth.login("first", "emma", "emma") == odoo.as_user("emma").uid
    assert odoo.as_user("emma").user.share


def test_an_inactive_user_is_denied(odoo: FakeOdoo) -> None:
    """An archived user exists and cannot log in."""
    with pytest.raises(AccessDenied):
        odoo.auth.login("first", "gone", "gone")


def test_companies_by_name_are_made_once(odoo: FakeOdoo) -> None:
    """The first company is the user's own, the others are allowed."""
    user = odoo.as_user("ben").user
    assert user.company_id.name == "Branch One"
    assert sorted(user.company_ids.mapped("name")) == ["Branch One", "Branch Two"]


@pytest.mark.parametrize(
    "user",
    [
        User("x", groups=("stock.group_of_nobody",)),
        User("x", groups=("base.main_company",)),
        User("x", groups=(999_999,)),
        User("x", companies=("base.no_company",)),
        User("admin"),
    ],
)
def test_what_cannot_be_declared_is_named(user: User) -> None:
    """Unknown groups and companies and taken logins are errors at the start, not surprises later."""
    with pytest.raises(ValueError, match=r"no group|no company|login 'admin'"):
        FakeOdoo(users=(user,))


def test_a_user_does_not_tell_its_secrets() -> None:
    """What a failing test prints of the settings holds neither password nor key."""
    assert "s3cret" not in repr(USERS)
    assert KEY not in repr(USERS)


def test_all_databases_start_alike_and_come_back(odoo: FakeOdoo) -> None:
    """The first is the default; one that was dropped or filled is fresh after a reset."""
    assert odoo.db == "first"
    assert sorted(odoo.databases) == ["first", "second"]
    odoo.databases.rename("first", "renamed")
    with odoo.databases["second"].transaction(su=True) as env:
        partner = env["res.partner"].create({"name": "Only here"}).id
    odoo.reset()
    assert sorted(odoo.databases) == ["first", "second"]
    with odoo.databases["second"].transaction(su=True) as env:
        assert not env["res.partner"].browse(partner).exists()
    assert odoo.auth.by_key(KEY)[0] == "first"


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("list", []),
        ("create_database", ["admin", "third", False, "en_US"]),
        ("duplicate_database", ["admin", "first", "third"]),
        ("drop", ["admin", "second"]),
        ("rename", ["admin", "second", "third"]),
        ("dump", ["admin", "second", "zip"]),
        ("restore", ["admin", "third", ""]),
    ],
)
def test_without_list_db_nobody_manages_databases(odoo: FakeOdoo, method: str, params: list[object]) -> None:
    """The right master password does not help, and nothing happens."""
    client = JsonRpc(Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key))
    with pytest.raises(RemoteError, match="Access Denied"):
        result_of(client.service("db", method, params))
    client.close()
    assert sorted(odoo.databases) == ["first", "second"]


def test_without_list_db_one_may_ask_for_a_database_by_name(odoo: FakeOdoo) -> None:
    """What only confirms a name stays allowed."""
    client = JsonRpc(Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key))
    assert result_of(client.service("db", "db_exist", ["second"])) is True
    client.close()
