"""Access rights as records; what they do is tested with the policy."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.environment import Environment


def test_rights_are_asked(env: Environment) -> None:
    """True, False, or the refusal (recorded in access/check-access-methods)."""
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    rights = env(user=user.id, su=False)["ir.model.access"]
    assert rights.check("res.partner", "read") is True
    assert rights.check("res.partner", "write", False) is False
    assert rights.check("no.such.model", "read", False) is False
    with pytest.raises(AccessError, match="You are not allowed to modify 'Contact'"):
        rights.check("res.partner", "write")


def test_groups_with_a_right(env: Environment) -> None:
    """Their names; none for an unknown model (recorded in access/group-names-with-access)."""
    rights = env["ir.model.access"]
    assert rights.group_names_with_access("crm.lead", "unlink") == ["Sales/Administrator"]
    assert rights.group_names_with_access("no.such", "read") == []
    with pytest.raises(AssertionError, match="Invalid access mode"):
        rights.group_names_with_access("crm.lead", "nope")
