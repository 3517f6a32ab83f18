"""Users that the settings declare: who they are, their groups, companies and API keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["User", "plant_users"]

Reference = str | int
"""An xmlid or an id; of a company also its name."""


@dataclass(frozen=True, slots=True)
class User:
    """A user that databases start with: `User("picker", groups=("stock.group_stock_user",))`.

    Groups imply others as in Odoo; an internal user needs no more than `base.group_user`, which is the default, a
    customer is in `base.group_portal`.
    """

    login: str
    password: str = ""
    """Empty: the login is the password, so that a test can log in."""
    groups: tuple[Reference, ...] = ("base.group_user",)
    """Xmlids or ids; these and what they imply, no others."""
    name: str = ""
    """Empty: the login."""
    companies: tuple[Reference, ...] = ()
    """The first is the user's own; they may be names, and one that is unknown is made. Empty: the main company."""
    api_key: str = ""
    """A key that opens the default database; empty: none."""
    lang: str = ""
    active: bool = True

    def __repr__(self) -> str:
        return f"User({self.login!r}, groups={self.groups!r})"


def plant_users(env: Environment, users: Iterable[User]) -> None:
    """Make the users, as superuser. Raises ValueError for an unknown group or company and for a taken login."""
    for user in users:
        _refuse_taken(env, user)
        env["res.users"].create([_values(env, user)])


def _refuse_taken(env: Environment, user: User) -> None:
    if env["res.users"].with_context(active_test=False).search([("login", "=", user.login)]):
        raise ValueError(f"there is a user with login {user.login!r} already")


def _values(env: Environment, user: User) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": user.name or user.login,
        "login": user.login,
        "password": user.password or user.login,
        "group_ids": [(6, 0, [_group(env, group, user) for group in user.groups])],
        "active": user.active,
    }
    if user.lang:
        values["lang"] = user.lang
    if user.companies:
        companies = [_company(env, company) for company in user.companies]
        values |= {"company_id": companies[0], "company_ids": [(6, 0, companies)]}
    return values


def _group(env: Environment, reference: Reference, user: User) -> int:
    found = _record(env, "res.groups", reference)
    if found is None:
        raise ValueError(f"user {user.login!r}: there is no group {reference!r}")
    return found


def _company(env: Environment, reference: Reference) -> int:
    found = _record(env, "res.company", reference)
    if found is not None:
        return found
    if isinstance(reference, int) or ("." in reference and " " not in reference):
        raise ValueError(f"there is no company {reference!r}")
    return int(env["res.company"].create([{"name": reference}]).id)


def _record(env: Environment, model: str, reference: Reference) -> int | None:
    """The id of the record that an id, an xmlid or, for companies, a name stands for."""
    if isinstance(reference, int):
        return reference if env[model].browse(reference).exists() else None
    if "." in reference:
        record = env.ref(reference, raise_if_not_found=False)
        if record is not None and record._name == model:
            return int(record.id)
    found = env[model].search([("name", "=", reference)], limit=1) if model == "res.company" else env[model]
    return int(found.id) if found else None
