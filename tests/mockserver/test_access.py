"""Access rights, record rules, fields kept to groups, and the refusals a real Odoo words so."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.errors import AccessError, MissingError
from fauxdoo.mockserver.orm.environment import Environment

CONTACT = "\n\nContact your administrator to request access if necessary."


def _user(env: Environment, *groups: str, login: str = "u") -> Environment:
    """The environment of a new user in these groups."""
    ids = [env.ref(group).id for group in groups]
    user = env["res.users"].create([{"name": f"User {login}", "login": login, "group_ids": [(6, 0, ids)]}])
    env.flush()
    return env(user=user.id, su=False, context={})


def _refusal(action: Any) -> str:
    with pytest.raises(AccessError) as caught:
        action()
    return str(caught.value)


@pytest.mark.parametrize(
    ("operation", "verb", "groups"),
    [
        ("read", "access", ["Sales/Administrator", "Sales/User: Own Documents Only"]),
        ("write", "modify", ["Sales/Administrator", "Sales/User: Own Documents Only"]),
        ("create", "create", ["Sales/Administrator", "Sales/User: Own Documents Only"]),
        ("unlink", "delete", ["Sales/Administrator"]),
    ],
)
def test_a_missing_right_names_the_groups_that_have_it(
    env: Environment, operation: str, verb: str, groups: list[str]
) -> None:
    """The refusal has the verb of the operation and every group (recorded in access/acl-read-refused)."""
    mine = _user(env, "base.group_user")
    lines = "".join(f"\n\t- {group}" for group in groups)
    assert _refusal(lambda: mine["crm.lead"].check_access(operation)) == (
        f"You are not allowed to {verb} 'Lead' (crm.lead) records.\n\n"
        f"This operation is allowed for the following groups:{lines}{CONTACT}"
    )


def test_groups_without_a_privilege_come_last_once_per_right(env: Environment) -> None:
    """Names are listed once for every access right (recorded in auth/no-group-user)."""
    names = env.access.groups_with_access(env, "res.partner", "read")
    assert names[:2] == ["Accounting/Administrator", "Contact/Creation"]
    assert names.count("Sales/Administrator") == 2
    assert names[-3:] == ["Role / Portal", "Role / Public", "Role / User"]


def test_nobody_may_make_keys(env: Environment) -> None:
    """Where no group has the right, the refusal says so, even to the administrator."""
    admin = env(user=2, su=False)
    expected = "You are not allowed to create 'Users API Keys' (res.users.apikeys) records.\n\n"
    assert _refusal(lambda: admin["res.users.apikeys"].create([{}])) == (
        f"{expected}No group currently allows this operation.{CONTACT}"
    )


def test_an_unknown_operation_is_an_assertion_error(env: Environment) -> None:
    """Odoo asserts its operations."""
    with pytest.raises(AssertionError, match="Invalid access mode"):
        env(user=2, su=False)["res.partner"].check_access_rights("nonsense")


def test_rights_hold_as_soon_as_they_are_saved(env: Environment) -> None:
    """An access right made, changed and archived over the API takes effect at once (access/acl-made-by-case)."""
    group = env["res.groups"].create([{"name": "G"}])
    mine = _user(env, "base.group_user")
    env["res.users"].browse(mine.uid).write({"group_ids": [(4, group.id)]})
    values = {"name": "a", "model_id": env.ref("crm.model_crm_lead").id, "group_id": group.id, "perm_read": True}
    right = env["ir.model.access"].create([values])
    assert mine["crm.lead"].has_access("read")
    assert not mine["crm.lead"].has_access("write")
    right.write({"perm_write": True})
    assert mine["crm.lead"].has_access("write")
    right.write({"active": False})
    assert not mine["crm.lead"].has_access("read")


def test_group_rules_are_alternatives_and_global_rules_all_bind(env: Environment) -> None:
    """Two global rules narrow together, a group rule adds nothing they forbid (access/rule-globals-are-and)."""
    group = env["res.groups"].create([{"name": "G"}])
    mine = _user(env, "base.group_user", "sales_team.group_sale_salesman")
    tags = env["crm.tag"].create([{"name": f"zz{color}", "color": color} for color in (1, 2, 3)])
    model = env.ref("sales_team.model_crm_tag").id
    rule = env["ir.rule"].create
    rule([{"name": "over", "model_id": model, "domain_force": "[('color', '>', 1)]"}])
    rule([{"name": "under", "model_id": model, "domain_force": "[('color', '<', 3)]"}])
    assert mine["crm.tag"].search([("name", "=like", "zz%")]).ids == [tags[1].id]
    env["res.users"].browse(mine.uid).write({"group_ids": [(4, group.id)]})
    only = {"name": "g", "model_id": model, "domain_force": "[('color', '=', 3)]", "groups": [(6, 0, group.ids)]}
    rule([only])
    assert not mine["crm.tag"].search([("name", "=like", "zz%")])


def test_a_hidden_record_is_refused_in_odoos_words(env: Environment) -> None:
    """The refusal names user, operation and model (recorded in access/salesman-own-leads)."""
    mine = _user(env, "base.group_user", "sales_team.group_sale_salesman")
    tag = env["crm.tag"].create([{"name": "hidden", "color": 2}])
    model = env.ref("sales_team.model_crm_tag").id
    env["ir.rule"].create([{"name": "r", "model_id": model, "domain_force": "[('color', '=', 1)]"}])
    message = _refusal(lambda: mine["crm.tag"].browse(tag.id).read(["name"]))
    assert f"Sorry, User u (id={mine.uid}) doesn't have 'read' access to:\n- CRM Tag (crm.tag)" in message
    assert message.endswith("a batch of freshly baked cookies.")


def test_rule_domains_know_the_user_and_are_kept_per_user(env: Environment) -> None:
    """`user.id` is that of whoever asks (recorded in access/rule-with-user-in-domain)."""
    model = env.ref("sales_team.model_crm_tag").id
    env["ir.rule"].create([{"name": "r", "model_id": model, "domain_force": "[('create_uid', '=', user.id)]"}])
    first = _user(env, "base.group_user", "sales_team.group_sale_salesman")
    second = _user(env, "base.group_user", "sales_team.group_sale_salesman", login="v")
    made = first["crm.tag"].create([{"name": "mine"}])
    assert made.id in first["crm.tag"].search([]).ids
    assert made.id not in second["crm.tag"].search([]).ids


def test_rules_of_parents_bind_what_inherits_them(env: Environment) -> None:
    """A portal user sees himself only, as his contact is all he may see of contacts."""
    mine = _user(env, "base.group_portal")
    assert mine["res.partner"].search([]) == mine["res.partner"].browse(mine.user.partner_id.id)


def test_a_missing_record_is_no_hidden_one(env: Environment) -> None:
    """Where rules exist, an id without a record raises MissingError (recorded in access/salesman-has-access)."""
    mine = _user(env, "base.group_user", "sales_team.group_sale_salesman")
    with pytest.raises(MissingError, match=r"Record: crm\.lead\(999999999,\)"):
        mine["crm.lead"].browse(999999999).check_access("write")


def test_another_companys_record_hints_at_the_company(env: Environment) -> None:
    """The refusal suggests a company the user may switch to (recorded in access/multi-company-partners)."""
    company = env["res.company"].create([{"name": "Second"}])
    partner = env["res.partner"].create([{"name": "P", "company_id": company.id}])
    mine = _user(env, "base.group_user")
    assert "but you do not have access to the proper company" in _refusal(
        lambda: mine["res.partner"].browse(partner.id).read(["name"])
    )
    env["res.users"].browse(mine.uid).write({"company_ids": [(4, company.id)]})
    switched = mine(context={"allowed_company_ids": [1]})
    with pytest.raises(AccessError, match="switching to the company: Second") as caught:
        switched["res.partner"].browse(partner.id).read(["name"])
    assert caught.value.context == {"suggested_company": {"id": company.id, "display_name": "Second"}}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("base.group_user", True),
        ("base.group_system", False),
        ("base.group_system,base.group_user", True),
        ("base.group_user,!base.group_system", True),
        ("!base.group_user", False),
        (".", False),
        ("base.group_no_one", False),
    ],
)
def test_specifications_of_groups(env: Environment, spec: str, expected: bool) -> None:
    """One of the groups, none of those after an exclamation mark; "." is nobody."""
    mine = _user(env, "base.group_user")
    assert env.access.in_groups(env, mine.uid, spec) is expected


@pytest.mark.parametrize(
    ("model", "field", "groups"),
    [
        ("res.partner", "sale_order_count", "allowed for groups 'Sales / User: Own Documents Only'"),
        ("res.users.identitycheck", "request", "always forbidden"),
    ],
)
def test_a_field_of_other_groups_is_refused(env: Environment, model: str, field: str, groups: str) -> None:
    """The refusal says who may read the field (recorded in access/ and auth/)."""
    mine = _user(env, "base.group_user")
    assert _refusal(lambda: mine[model].browse(1).read([field])).endswith(f"User: {mine.uid}\nGroups: {groups}")


def test_superuser_mode_asks_nobody(env: Environment) -> None:
    """`sudo` passes rights, rules and groups of fields."""
    mine = _user(env, "base.group_user")
    assert mine["crm.lead"].sudo().search_count([]) == 0


def test_what_a_failed_transaction_changed_is_forgotten(database: Database) -> None:
    """Rights of a rolled-back user are not remembered for the next one with the same id."""

    def demote(env: Environment) -> None:
        administrator = [(6, 0, [env.ref("base.group_system").id])]
        env["res.users"].create({"name": "Other", "login": "other", "group_ids": administrator})  # one must be left
        env["res.users"].browse(2).write({"group_ids": [(6, 0, [env.ref("base.group_user").id])]})
        assert not env(user=2, su=False)["ir.cron"].has_access("read")
        raise RuntimeError

    with pytest.raises(RuntimeError), database.transaction(su=True) as env:
        demote(env)
    with database.transaction(2) as env:
        assert env["ir.cron"].has_access("read")
