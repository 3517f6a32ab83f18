"""Groups: what they imply, and their names."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_names_have_the_privilege_before_them(env: Environment) -> None:
    """Privilege / name, or the name alone."""
    assert env.ref("sales_team.group_sale_manager").full_name == "Sales / Administrator"
    assert env.ref("base.group_user").display_name == "Role / User"


def test_names_are_found_as_they_are_shown(env: Environment) -> None:
    """Searching the full name looks at both parts."""
    found = env["res.groups"].search([("full_name", "=", "Sales / Administrator")])
    assert found == env.ref("sales_team.group_sale_manager")


def test_implication_is_transitive_and_has_no_end_in_a_loop(env: Environment) -> None:
    """All implied groups, the group itself among them."""
    groups = env["res.groups"].create([{"name": name} for name in "abc"])
    for one, other in zip(groups, [*list(groups)[1:], groups[0]], strict=True):
        one.write({"implied_ids": [(4, other.id)]})
    assert groups[0].all_implied_ids == groups
    assert groups[0].all_implied_by_ids == groups


def test_users_of_a_group_are_those_of_groups_above_too(env: Environment) -> None:
    """A user of an implying group counts, and can be searched so."""
    admin, user = env["res.users"].browse(2), env.ref("base.group_user")
    assert admin in user.all_user_ids
    assert admin in env["res.users"].search([("all_group_ids", "in", [user.id])])


def test_kinds_of_users_are_disjoint(env: Environment) -> None:
    """Internal, portal and public exclude each other."""
    user, portal = env.ref("base.group_user"), env.ref("base.group_portal")
    assert portal in user.disjoint_ids
    assert user not in user.disjoint_ids


def test_groups_of_settings_stay(env: Environment) -> None:
    """A field of the settings gives them."""
    with pytest.raises(ValidationError, match="You cannot delete a group linked with a settings field."):
        env.ref("product.group_product_variant").unlink()


def test_names_do_not_begin_with_a_dash(env: Environment) -> None:
    """When they are changed."""
    with pytest.raises(UserError, match='can not start with "-"'):
        env["res.groups"].create([{"name": "G"}]).write({"name": "-G"})
